"""What people ask about their data, and who agrees for children."""

from django.utils import timezone

from members import actions
from members.models import DataBreach, DataRequest, Guardian
from tests.factories.members import make_member
from tests.factories.units import make_unit, make_user

Kind = DataRequest.Kind


def make_request(*, member=None, kind=Kind.CORRECT, wish="Tên đệm viết sai.", channel="portal", **facts):
    return actions.ask_about_data(
        member=member or make_member(), kind=kind, wish=wish, channel=channel, by=make_user(), **facts
    )


def make_accepted(**facts):
    """A request that was answered and is to be carried out."""
    return actions.accept_request(asked=make_request(**facts), answer="Sẽ làm.", by=make_user())


def make_guardian(*, member, full_name="Ma Thị Sáu", **facts):
    return Guardian.objects.create(
        member=member,
        full_name=full_name,
        relation=facts.pop("relation", Guardian.Relation.MOTHER),
        named_at=timezone.now(),
        **facts,
    )


def make_breach(*, unit=None, **facts):
    now = timezone.now()
    defaults = {
        "title": "Gửi nhầm danh sách",
        "detected_at": now,
        "noted_at": now,
        "description": "Danh sách gửi vào nhóm chung.",
        "data_kinds": "họ tên, số điện thoại",
    }
    return DataBreach.objects.create(unit=unit or make_unit(), **defaults | facts)
