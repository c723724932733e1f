"""Programs, targets, clubs and squads, as small as a test needs them."""

from datetime import date
from itertools import count
from uuid import uuid4

from django.utils import timezone

from programs.models import (
    Campaign,
    Club,
    ClubMember,
    Figure,
    Indicator,
    Program,
    Service,
    ServiceTally,
    Squad,
    SquadActivity,
    SquadMember,
    Target,
)
from tests.factories.members import make_member
from tests.factories.units import make_unit

_numbers = count(1)
YEAR_STARTS, YEAR_ENDS = date(2026, 1, 1), date(2026, 12, 31)


def make_program(*, unit=None, **facts):
    number = next(_numbers)
    defaults = {
        "kind": Program.Kind.MOVEMENT,
        "name": f"Bình dân học vụ số {number}",
        "slug": f"binh-dan-hoc-vu-so-{number}",
        "summary": "Mỗi đoàn viên là một giáo viên số.",
        "starts_on": date(2025, 1, 1),
        "is_published": True,
    }
    return Program.objects.create(unit=unit or make_unit(), **defaults | facts)


def make_campaign(*, program=None, **facts):
    defaults = {"name": "Tháng Thanh niên 2026", "starts_on": date(2026, 2, 28), "ends_on": date(2026, 3, 31)}
    return Campaign.objects.create(program=program or make_program(), **defaults | facts)


def make_indicator(*, counter=Indicator.Counter.PEOPLE_HELPED, **facts):
    """An automatic indicator; with counter="" one that units declare."""
    number = next(_numbers)
    defaults = {
        "code": f"chi-tieu-{number}",
        "name": f"Chỉ tiêu {number}",
        "measure": "lượt",
        "aggregation": Indicator.Aggregation.SUM,
        "source": Indicator.Source.AUTOMATIC if counter else Indicator.Source.DECLARED,
    }
    return Indicator.objects.create(counter=counter, **defaults | facts)


def make_target(*, unit, program=None, indicator=None, value=100, **facts):
    """A target for the year 2026."""
    defaults = {"starts_on": YEAR_STARTS, "ends_on": YEAR_ENDS}
    return Target.objects.create(
        unit=unit,
        program=program or make_program(unit=unit),
        indicator=indicator or make_indicator(),
        value=value,
        **defaults | facts,
    )


def make_figure(*, indicator, unit, day=date(2026, 3, 1), value=10):
    return Figure.objects.create(
        indicator=indicator, unit=unit, day=day, value=value, declared_at=timezone.now()
    )


def make_club(*, unit=None, **facts):
    number = next(_numbers)
    defaults = {
        "name": f"Câu lạc bộ Thanh niên số {number}",
        "slug": f"clb-{number}",
        "founded_on": date(2025, 1, 1),
        "is_published": True,
    }
    return Club.objects.create(unit=unit or make_unit(), **defaults | facts)


def make_club_member(*, club, member=None, starts_on=date(2025, 1, 1), **facts):
    defaults = {"sector": "student", "role": ClubMember.Role.MEMBER}
    return ClubMember.objects.create(
        club=club, member=member or make_member(unit=club.unit), starts_on=starts_on, **defaults | facts
    )


def make_squad(*, unit=None, **facts):
    defaults = {
        "name": f"Đội hình số {next(_numbers)}",
        "level": Squad.Level.COMMUNE,
        "kind": Squad.Kind.DIGITAL_LITERACY,
        "founded_on": date(2025, 1, 1),
    }
    return Squad.objects.create(unit=unit or make_unit(), **defaults | facts)


def make_squad_member(*, squad, member=None, starts_on=date(2025, 1, 1), **facts):
    return SquadMember.objects.create(
        squad=squad, member=member or make_member(unit=squad.unit), starts_on=starts_on, **facts
    )


def make_service(*, name=None):
    return Service.objects.create(name=name or f"Dịch vụ {next(_numbers)}")


def make_activity(*, squad, done_on=date(2026, 3, 1), helped=None, service=None, **facts):
    """An outing of three people; `helped` turns of one service for citizens when given."""
    defaults = {
        "title": "Hỗ trợ người dân tại nhà văn hóa",
        "volunteer_count": 3,
        "form_id": uuid4(),
        "logged_at": timezone.now(),
    }
    activity = SquadActivity.objects.create(
        squad=squad, unit=facts.pop("unit", squad.unit), done_on=done_on, **defaults | facts
    )
    if helped:
        make_tally(activity=activity, service=service, helped_count=helped)
    return activity


def make_tally(*, activity, helped_count, service=None, audience=ServiceTally.Audience.CITIZENS):
    return ServiceTally.objects.create(
        activity=activity, service=service or make_service(), audience=audience, helped_count=helped_count
    )
