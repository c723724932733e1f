"""What carrying a plan out would do, without doing it: blockers first, then every unit with what it holds."""

from dataclasses import dataclass

from units.models import RestructuringChange, Unit
from units.queries.planning import Holding, Kind, PlanMap, children_of, holdings_of
from units.rules.restructuring import closing_problems, end_problems

BRANCHES = "Chi đoàn, đơn vị cấp dưới"


@dataclass(frozen=True)
class PreviewLine:
    """One line of the plan, with what hangs on its unit: (of what, how many)."""

    change: RestructuringChange
    told: list[tuple[str, int]]

    @property
    def key(self) -> str:
        """The line's key as a form sends it back."""
        return str(self.change.pk)


@dataclass(frozen=True)
class PreviewGroup:
    """One unit that receives, or the units that end without a successor, with its lines."""

    title: str
    is_new: bool
    lines: list[PreviewLine]


@dataclass(frozen=True)
class Preview:
    """All of it. `fates` say in words what becomes of each kind of thing."""

    blockers: list[str]
    groups: list[PreviewGroup]
    fates: list[tuple[str, int, str]]
    ending_count: int
    opening_count: int


def preview_of(plan_map: PlanMap) -> Preview:
    """The preview of a plan, in a number of queries that does not grow with it."""
    plan = plan_map.plan
    touched = [change.source for change in plan_map.changes]
    below = _left_below(plan_map, touched)
    holdings = [
        Holding(BRANCHES, {pk: len(units) for pk, units in below.items()}, "chuyển theo", ""),
        *holdings_of(sorted(plan_map.by_source), day=plan.effective_on),
    ]
    shown = [holding for holding in holdings if holding.total]
    return Preview(
        blockers=end_problems(plan, plan_map.changes) + held_problems(plan_map, holdings, below),
        groups=_groups(plan_map, shown),
        fates=[fate for holding in shown for fate in _fates(plan_map, holding)],
        ending_count=len(plan_map.ending),
        opening_count=len(plan_map.planned),
    )


def blockers_of(plan_map: PlanMap) -> list[str]:
    """Every reason against carrying the plan out now."""
    return preview_of(plan_map).blockers


def held_problems(plan_map: PlanMap, holdings: list[Holding], below: dict[int, list[Unit]]) -> list[str]:
    """What hangs on units that are divided or end, and has nowhere to go."""
    problems = [blocker for holding in holdings for blocker in holding.blockers]
    for change in plan_map.of_kinds(Kind.CLOSE):
        for holding in holdings:
            count = holding.by_unit.get(change.source_id, 0)
            if count and holding.stays_open:
                problems.append(closing_problems(change.source, holding.title, count))
    for key in plan_map.divided:
        names = ", ".join(unit.name for unit in below.get(key, [])[:5])
        if names:
            source = plan_map.ending[key]
            problems.append(
                f"{source.title} chia tách: hãy thêm dòng Chuyển cấp trên cho từng đơn vị cấp dưới ({names})."
            )
    return problems


def _left_below(plan_map: PlanMap, touched: list[Unit]) -> dict[int, list[Unit]]:
    """The standing units below each, without those that have a line of their own."""
    found = children_of(list({unit.pk: unit for unit in touched}.values()))
    own = plan_map.by_source.keys()
    left = {key: [unit for unit in units if unit.pk not in own] for key, units in found.items()}
    return {key: units for key, units in left.items() if units}


def _groups(plan_map: PlanMap, holdings: list[Holding]) -> list[PreviewGroup]:
    found: dict[tuple, PreviewGroup] = {}
    for change in plan_map.changes:
        end = change.end
        key = ("planned", change.planned_id) if change.planned_id else ("unit", change.target_id)
        if key not in found:
            title = str(end) if end else "Kết thúc, không có đơn vị kế thừa"
            found[key] = PreviewGroup(title, change.planned_id is not None, [])
        told = [
            (one.title, one.by_unit[change.source_id]) for one in holdings if change.source_id in one.by_unit
        ]
        found[key].lines.append(PreviewLine(change, told))
    return sorted(found.values(), key=lambda group: (not group.is_new, -len(group.lines), group.title))


def _fates(plan_map: PlanMap, holding: Holding) -> list[tuple[str, int, str]]:
    whole = {change.source_id for change in plan_map.whole}
    told = []
    for keys, words in ((whole, holding.whole), (plan_map.divided, holding.divided)):
        count = sum(holding.by_unit.get(key, 0) for key in keys)
        if count and words:
            told.append((holding.title, count, words))
    return told
