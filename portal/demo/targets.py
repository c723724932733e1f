"""Targets of this year and of 2023, and the figures that units declared."""

from collections.abc import Iterable
from datetime import date, timedelta

from portal.demo.activities import YEAR_GOAL
from portal.demo.world import World
from programs.actions import create_indicator
from programs.models import Campaign, Figure, Indicator, Target
from reports.queries.counters import count
from units.models import Unit

AI_LEARNERS = {
    "code": "nguoi-hoc-ai",
    "name": "Người học xong bài AI cơ bản",
    "measure": "người",
    "aggregation": Indicator.Aggregation.SUM,
    "source": Indicator.Source.DECLARED,
    "place": 20,
}
STUDIED = {
    "code": "hoc-nghi-quyet",
    "name": "Cán bộ Đoàn, đoàn viên học tập, quán triệt nghị quyết",
    "measure": "%",
    "aggregation": Indicator.Aggregation.LAST,
    "source": Indicator.Source.DECLARED,
    "place": 21,
}
# Goal, then what the province declared up to the end of each quarter of 2023; volunteering is counted.
OF_2023 = {
    "hoc-nghi-quyet": (100, [62, 91, 100, 100]),
    "luot-tinh-nguyen": (8_000, []),
    "y-tuong": (100, [18, 36, 31, 27]),
    "cay-xanh": (100_000, [61_500, 24_300, 9_800, 8_150]),
    "xa-nong-thon-moi": (6, [0, 1, 2, 3]),
    "von-vay": (2_000, [350, 620, 540, 610]),
    "du-an-khoi-nghiep": (10, [2, 3, 2, 2]),
}
COUNTED_THIS_YEAR = {
    "nguoi-hoc-xong": 1.08,
    "luot-tinh-nguyen": 0.97,
    "luot-du-su-kien": 0.92,
}
SHARE_OF_CAMPAIGN = {"youth_month": 0.12, "summer": 0.31}


def add_targets(world: World) -> None:
    """What the province and its communes are to reach, and what was declared so far."""
    create_indicator(by=world.admin, **AI_LEARNERS)
    create_indicator(by=world.admin, **STUDIED)
    known = {indicator.code: indicator for indicator in Indicator.objects.all()}
    _add_helped(world, known["luot-ho-tro"])
    _add_province(world, known)
    _add_declared(world, known)
    _add_2023(world, known)


def _target(campaign: Campaign, indicator: Indicator, unit: Unit, value: int) -> Target:
    return Target(
        indicator=indicator,
        unit=unit,
        program=campaign.program,
        campaign=campaign,
        value=max(value, 1),
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
    )


def _add_helped(world: World, indicator: Indicator) -> None:
    """Turns of help: the whole year and its campaigns, for the province and every commune."""
    shares = {"year": 1.0} | SHARE_OF_CAMPAIGN
    targets = []
    for key, share in shares.items():
        campaign = world.campaigns[key]
        goals = [round(world.goals[unit.pk] * share) for unit in world.communes]
        whole = YEAR_GOAL if key == "year" else sum(goals)
        targets.append(_target(campaign, indicator, world.province, whole))
        targets += [
            _target(campaign, indicator, unit, goal) for unit, goal in zip(world.communes, goals, strict=True)
        ]
    Target.objects.bulk_create(targets)


def _add_province(world: World, known: dict[str, Indicator]) -> None:
    """The province's other goals of the year, set where the counted numbers of today make sense."""
    campaign = world.campaigns["year"]
    share = max((world.today - world.year_starts).days / 365, 0.05)
    goals = {"doi-hinh": len(world.communes) + 8, "xa-co-doi-hinh": len(world.communes)}
    for code, ahead in COUNTED_THIS_YEAR.items():
        now = count(known[code].counter, unit=world.province, first=world.year_starts, last=world.today)
        goals[code] = _round_up(now / share / ahead)
    goals |= {"lop-hoc-so": 300, "giao-vien-so": 460, "so-hoa-di-tich": 2}
    Target.objects.bulk_create(
        [_target(campaign, known[code], world.province, goal) for code, goal in goals.items()]
        + [_target(world.campaigns["ai_year"], known["nguoi-hoc-ai"], world.province, 12_000)]
    )


def _round_up(number: float) -> int:
    """The number as people set goals: 940 is 950, 12 480 is 12 500."""
    step = 500 if number > 5_000 else 50 if number > 500 else 10
    return max(-(-int(number) // step) * step, step)


def _add_declared(world: World, known: dict[str, Indicator]) -> None:
    """What units that report declared at the end of each month; a late unit declares every other month."""
    ends = [day for day in _month_ends(world.year) if day <= world.today]
    figures = []
    for place, day in enumerate(ends, start=1):
        learners = world.rng.randint(780, 1_150)
        figures.append(_figure(world, known["nguoi-hoc-ai"], world.province, day, learners))
        for unit in world.communes:
            if world.paces[unit.pk] == "ok" or (world.paces[unit.pk] == "late" and place % 2 == 0):
                classes = 1 + place // 5 + world.rng.randrange(2)
                teachers = classes + world.rng.randint(1, 3)
                figures.append(_figure(world, known["lop-hoc-so"], unit, day, classes))
                figures.append(_figure(world, known["giao-vien-so"], unit, day, teachers))
    if len(ends) >= 6:
        note = "Công trình số hóa di tích lịch sử, đã bàn giao"
        figures.append(_figure(world, known["so-hoa-di-tich"], world.province, ends[5], 1, note))
    Figure.objects.bulk_create(figures, batch_size=1000)


def _add_2023(world: World, known: dict[str, Indicator]) -> None:
    campaign = world.campaigns["2023"]
    Target.objects.bulk_create(
        _target(campaign, known[code], world.province, goal) for code, (goal, _) in OF_2023.items()
    )
    quarters = _month_ends(2023)[2::3]
    Figure.objects.bulk_create(
        _figure(world, known[code], world.province, day, value)
        for code, (_, values) in OF_2023.items()
        for day, value in zip(quarters, values, strict=False)
    )


def _figure(world: World, indicator: Indicator, unit: Unit, day: date, value: int, note: str = "") -> Figure:
    by = world.staff["bithu"] if unit == world.home else world.staff["chuyenvien"]
    declared_at = world.now - timedelta(days=(world.today - day).days)
    return Figure(
        indicator=indicator,
        unit=unit,
        day=day,
        value=value,
        note=note,
        declared_by=by,
        declared_at=declared_at,
    )


def _month_ends(year: int) -> list[date]:
    firsts: Iterable[date] = (date(year + month // 12, month % 12 + 1, 1) for month in range(1, 13))
    return [first - timedelta(days=1) for first in firsts]
