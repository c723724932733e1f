"""Pairs of records that may be one person, and a picture of every table to compare."""

from django.apps import apps
from django.utils import timezone

from members import actions
from members.models import Affiliation, DuplicatePair
from tests.factories.members import make_member
from tests.factories.units import make_user

# What only ever grows: histories, the audit trail, and the record of the merge itself.
JOURNALS = {"core.auditentry", "members.historicalmember", "members.membermerge"}


def make_at_home(*, unit, starts_on, **facts):
    """A member with the open home affiliation that the portal always writes."""
    member = make_member(unit=unit, **facts)
    Affiliation.objects.create(member=member, unit=unit, kind=Affiliation.Kind.HOME, starts_on=starts_on)
    return member


def make_pair(first, second, **facts):
    first, second = sorted((first, second), key=lambda member: member.pk)
    now = timezone.now()
    defaults = {"weight": 70, "reasons": ["Cùng tên"], "found_at": now, "seen_at": now}
    return DuplicatePair.objects.create(first_member=first, second_member=second, **defaults | facts)


def make_merge(*, keep, other, chosen_fields=(), by=None):
    return actions.merge_members(keep=keep, other=other, chosen_fields=chosen_fields, by=by or make_user())


def scan():
    asked = actions.ask_duplicate_scan(by=None)
    actions.work_on_duplicate_scan(scan_id=asked.pk)
    asked.refresh_from_db()
    return asked


def dump():
    """Every row of every table but the journals, as it stands."""
    return {
        model._meta.label_lower: [_row(row) for row in model._base_manager.order_by("pk").values()]
        for model in apps.get_models()
        if model._meta.label_lower not in JOURNALS
    }


def _row(row):
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}
