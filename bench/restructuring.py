"""The reorganisation of 1/7/2025: preview, carrying out and taking back, over so many members."""

from collections.abc import Iterator

from bench.apart import spend
from bench.figures import Figure
from core.bulk import vacuum
from members.models import Affiliation, Member
from tests.factories.restructuring import (
    carry_out,
    make_many_members,
    make_old_province,
    make_reorganisation,
    take_back,
)
from units.models import RestructuringPlan, Unit
from units.queries.plan_preview import preview_of
from units.queries.planning import PlanMap


def figures(members: int) -> Iterator[Figure]:
    """280 communes become 92 in an otherwise empty portal, and 280 again."""
    province = make_old_province()
    make_many_members(list(Unit.objects.filter(depth=3).order_by("path")), members)
    plan = make_reorganisation(province)
    vacuum(Member, Affiliation, Unit)
    for name, work in (
        ("preview", lambda: preview_of(PlanMap.of(plan))),
        ("carried out", lambda: carry_out(_fresh(plan), by=plan.made_by)),
        ("taken back", lambda: take_back(_fresh(plan), by=plan.made_by)),
    ):
        spent = spend(work)
        yield Figure(f"280 communes to 92: {name}", spent.seconds, members, "members", peak_mb=spent.peak_mb)
    assert _fresh(plan).state == RestructuringPlan.State.REVERSED


def _fresh(plan: RestructuringPlan) -> RestructuringPlan:
    return RestructuringPlan.objects.get(pk=plan.pk)
