"""What units are to reach."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core import audit
from core.errors import DomainError
from programs import rules
from programs.models import Program, Target
from units.models import Unit


class TargetRefused(DomainError):
    """The target cannot be given or changed. Raised with every reason at once."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def assign_target(*, by: Any, **facts: Any) -> Target:
    """Give one unit one number to reach on one indicator between two days."""
    target = Target(**facts)
    Program.objects.locked().get(pk=target.program_id)
    if problems := rules.target_problems(target):
        raise TargetRefused(problems)

    target.save()
    audit.record("target.assigned", by=by, target=target, unit=target.unit)
    return target


@transaction.atomic
def change_target(*, target: Target, value: int, by: Any) -> Target:
    """Ask for another number; the old one stays in the history."""
    Program.objects.locked().get(pk=target.program_id)
    target = Target.objects.select_related("unit", "program__unit", "campaign").get(pk=target.pk)
    target.value = value
    if problems := rules.target_problems(target):
        raise TargetRefused(problems)

    target.save(update_fields=["value"])
    audit.record("target.changed", by=by, target=target, unit=target.unit, detail={"fields": ["value"]})
    return target


@transaction.atomic
def split_target(*, target: Target, units: Iterable[Unit], by: Any) -> list[Target]:
    """Pass the target on to units below, equally; what does not divide goes to the first ones, one each.

    The parts sum up to the whole. All units get their part or none does.
    """
    Program.objects.locked().get(pk=target.program_id)
    target = Target.objects.select_related("unit", "program__unit", "campaign", "indicator").get(pk=target.pk)
    units = list(units)
    parts = [
        _part(target, unit, share)
        for unit, share in zip(units, _shares(target.value, len(units)), strict=True)
    ]
    if problems := _splitting_problems(target, parts):
        raise TargetRefused(problems)

    for part in parts:
        part.save()
    audit.record("target.split", by=by, target=target, unit=target.unit, detail={"units": len(parts)})
    return parts


def _shares(whole: int, count: int) -> list[int]:
    if not count:
        return []
    each, left = divmod(whole, count)
    return [each + 1 if place < left else each for place in range(count)]


def _part(target: Target, unit: Unit, value: int) -> Target:
    return Target(
        indicator=target.indicator,
        unit=unit,
        program=target.program,
        campaign=target.campaign,
        value=value,
        starts_on=target.starts_on,
        ends_on=target.ends_on,
    )


def _splitting_problems(target: Target, parts: list[Target]) -> list[str]:
    if not parts:
        return ["Chưa chọn đơn vị nào để phân bổ."]
    if target.value < len(parts):
        return [f"Chỉ tiêu {target.value} không đủ chia cho {len(parts)} đơn vị."]
    outside = [part.unit for part in parts if not _lies_below(part.unit, target.unit)]
    if outside:
        return [f"{outside[0]} không trực thuộc {target.unit}."]
    taken = Target.objects.filter(
        indicator=target.indicator,
        starts_on=target.starts_on,
        ends_on=target.ends_on,
        unit__in=[part.unit for part in parts],
    ).select_related("unit")
    return [f"{given.unit} đã được giao chỉ tiêu này trong kỳ." for given in taken]


def _lies_below(unit: Unit, top: Unit) -> bool:
    return unit.path.startswith(top.path) and unit.path != top.path
