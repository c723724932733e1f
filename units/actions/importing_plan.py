"""A plan's lines come in from a table: all of them, or none with every row that is wrong."""

from collections import Counter
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from units.actions.executing import RestructuringRefused
from units.actions.planning import note_edited, open_plan
from units.models import PlannedUnit, RestructuringChange, RestructuringPlan, Unit
from units.roster import PlanRow, read_plan_table

Kind = RestructuringChange.Kind
MOST_TOLD = 20


def import_changes(*, plan: RestructuringPlan, file: UploadedFile, by: Any) -> int:
    """Add the lines of a table to the draft and say how many. Lines that are there already stay one.

    Codes name units that stand; a code that no unit bears is to be opened, by the kind and name beside it.
    """
    return _write(plan, read_plan_table(file.read()), by)


@transaction.atomic
def _write(plan: RestructuringPlan, rows: list[PlanRow], by: Any) -> int:
    plan = open_plan(plan)
    codes = {code for row in rows for code in (row.source, row.code, row.parent) if code}
    standing = Unit.objects.active().filter(path__startswith=plan.unit.path)
    units = {unit.code: unit for unit in standing.filter(code__in=codes)}
    rest = standing.filter(official_code__in=codes - units.keys())
    units |= {unit.official_code: unit for unit in rest}
    problems: list[str] = []
    planned = _planned(plan, rows, units, problems)
    seen = Counter(row.source for row in rows), Counter(row.code for row in rows)
    lines = [_line(plan, row, seen, units, planned, problems) for row in rows]
    if problems:
        more = len(problems) - MOST_TOLD
        raise RestructuringRefused(problems[:MOST_TOLD] + ([f"Và {more} dòng khác."] if more > 0 else []))
    known = set(plan.changes.values_list("source", "target", "planned"))
    fresh = [line for line in lines if (line.source_id, line.target_id, line.planned_id) not in known]
    RestructuringChange.objects.bulk_create(fresh)
    note_edited(plan, by)
    return len(fresh)


def _planned(
    plan: RestructuringPlan, rows: list[PlanRow], units: dict[str, Unit], problems: list[str]
) -> dict[str, PlannedUnit]:
    """The units to be opened, by code: those the plan has, and those the rows add to it."""
    found = {one.code: one for one in plan.planned_units.all()}
    fresh: dict[str, PlannedUnit] = {}
    for row in rows:
        if not row.code or row.code in units or row.code in found or row.code in fresh:
            continue
        parent = units.get(row.parent) if row.parent else plan.unit
        if not (row.kind and row.name and parent):
            problems.append(
                f"Dòng {row.number}: không có đơn vị cấp trên mang mã {row.parent}."
                if parent is None
                else f"Dòng {row.number}: mã {row.code} chưa có trên cổng; lập mới thì ghi cả loại và tên."
            )
            continue
        fresh[row.code] = PlannedUnit(plan=plan, parent=parent, kind=row.kind, name=row.name, code=row.code)
    if not problems:
        PlannedUnit.objects.bulk_create(fresh.values())
    return found | fresh


def _line(
    plan: RestructuringPlan,
    row: PlanRow,
    seen: tuple[Counter, Counter],
    units: dict[str, Unit],
    planned: dict[str, PlannedUnit],
    problems: list[str],
) -> RestructuringChange:
    source = units.get(row.source)
    if source is None:
        problems.append(f"Dòng {row.number}: không có đơn vị đang hoạt động nào mang mã {row.source}.")
    target = units.get(row.code)
    kind = row.fate or _kind_of(row, seen, source, target)
    line = RestructuringChange(plan=plan, kind=kind, source=source, share=row.share)
    line.target = target
    line.planned = None if target else planned.get(row.code)
    return line


def _kind_of(row: PlanRow, seen: tuple[Counter, Counter], source: Unit | None, target: Unit | None) -> Kind:
    """What the rows say without saying it: several ends divide, several beginnings merge."""
    begun, ended = seen
    if not row.code:
        return Kind.CLOSE
    if begun[row.source] > 1:
        return Kind.SPLIT
    if target is not None or ended[row.code] > 1:
        return Kind.MERGE
    return Kind.RENAME if source is None or row.kind == source.kind else Kind.UPGRADE
