"""Whether a restructuring plan can be carried out, and if not why: everything at once, unit by unit."""

from collections.abc import Iterable, Iterator

from units.models import RestructuringChange, RestructuringPlan, Unit

Kind = RestructuringChange.Kind
NO_CHANGES = "Phương án chưa có dòng nào."


def end_problems(plan: RestructuringPlan, changes: list[RestructuringChange]) -> list[str]:
    """What of the lines themselves cannot be. Empty means that they fit together. A few queries."""
    if not changes:
        return [NO_CHANGES]
    problems = [problem for change in changes for problem in _line_problems(plan, change)]
    problems += _mixed(changes)
    problems += _ended_ends(changes)
    problems += _code_problems(plan)
    problems += _elsewhere(plan, changes)
    return list(dict.fromkeys(problems))


def closing_problems(unit: Unit, title: str, count: int) -> str:
    """Why the unit cannot end without a successor."""
    return f"{unit.title} kết thúc mà còn {count} {title.lower()}: hãy chọn đơn vị nhận."


def approval_problems(plan: RestructuringPlan) -> list[str]:
    """Why the plan is not one to approve now."""
    if plan.state != RestructuringPlan.State.DRAFT:
        return [f"Phương án đang ở tình trạng “{plan.get_state_display()}” nên không duyệt được."]
    return []


def _line_problems(plan: RestructuringPlan, change: RestructuringChange) -> Iterator[str]:
    source, target = change.source, change.target
    if not source.path.startswith(plan.unit.path) or source.pk == plan.unit_id:
        yield f"{source.title} không nằm trong {plan.unit.title} nên không thuộc phương án này."
    if source.valid_to is not None:
        yield f"{source.title} đã kết thúc ngày {source.valid_to:%d/%m/%Y}."
    elif source.valid_from and source.valid_from >= plan.effective_on:
        yield f"{source.title} chỉ có từ {source.valid_from:%d/%m/%Y}, sau ngày hiệu lực của phương án."
    if target is not None:
        yield from _target_problems(plan, change, target)
    if change.planned is not None and change.planned.parent.valid_to is not None:
        yield f"{change.planned} sẽ lập dưới {change.planned.parent.title}, đơn vị này đã kết thúc."


def _target_problems(plan: RestructuringPlan, change: RestructuringChange, target: Unit) -> Iterator[str]:
    if target.pk == change.source_id:
        yield f"{target.title} không thể là đơn vị nhận của chính mình."
    elif target.path.startswith(change.source.path):
        yield f"{target.title} nằm dưới {change.source.title} nên không thể là đơn vị nhận."
    if target.valid_to is not None:
        yield f"Đơn vị nhận {target.title} đã kết thúc ngày {target.valid_to:%d/%m/%Y}."
    if not target.path.startswith(plan.unit.path):
        yield f"Đơn vị nhận {target.title} không nằm trong {plan.unit.title}."
    if change.kind in (Kind.RENAME, Kind.UPGRADE):
        label = change.get_kind_display()
        yield f"{label} {change.source.title}: hãy ghi đơn vị sẽ lập, không chọn đơn vị đang có."


def _mixed(changes: list[RestructuringChange]) -> Iterator[str]:
    """One unit has one fate: whole into one unit, or parts into several, or moved, or ended."""
    lines: dict[int, list[RestructuringChange]] = {}
    for change in changes:
        lines.setdefault(change.source_id, []).append(change)
    for found in lines.values():
        source, kinds = found[0].source, {change.kind for change in found}
        if len(kinds) > 1:
            words = " và ".join(sorted(str(Kind(kind).label).lower() for kind in kinds))
            yield f"{source.title} vừa {words}: mỗi đơn vị chỉ có một hình thức."
        elif kinds == {Kind.SPLIT}:
            yield from _split_problems(source, found)
        elif len(found) > 1:
            yield f"{source.title} có {len(found)} đơn vị nhận. Nếu chia tách, hãy chọn hình thức Chia tách."


def _split_problems(source: Unit, lines: list[RestructuringChange]) -> Iterator[str]:
    if len(lines) < 2:
        yield f"{source.title} chia tách nhưng mới có một đơn vị nhận."
    shares = [line.share for line in lines]
    known = [share for share in shares if share is not None]
    if known and (len(known) < len(shares) or sum(known) != 100):
        yield f"Tỷ lệ chia của {source.title} phải ghi cho mọi đơn vị nhận và cộng lại bằng 100."


def _ended_ends(changes: list[RestructuringChange]) -> Iterator[str]:
    """What receives must stand afterwards; a new unit is opened below one that stands."""
    ending = {change.source_id for change in changes if change.kind != Kind.MOVE}
    renamed: dict[int, list[str]] = {}
    for change in changes:
        if change.kind in (Kind.RENAME, Kind.UPGRADE) and change.planned_id:
            renamed.setdefault(change.planned_id, []).append(change.source.title)
        if change.target_id in ending:
            yield f"{change.target} nhận {change.source.title} nhưng cũng kết thúc trong phương án này."
        if change.planned is not None and change.planned.parent_id in ending:
            above = change.planned.parent.title
            yield f"{change.planned} sẽ lập dưới {above}, đơn vị này kết thúc trong phương án."
    for titles in renamed.values():
        if len(titles) > 1:
            yield f"{', '.join(titles)} cùng thành một đơn vị mới: hãy chọn hình thức Sáp nhập."


def _code_problems(plan: RestructuringPlan) -> Iterator[str]:
    planned = list(plan.planned_units.order_by("pk"))
    taken = Unit.objects.filter(code__in=[one.code for one in planned]).order_by("code")
    for unit in taken:
        yield f"Mã {unit.code} đang là của {unit.title}. Hãy ghi mã khác cho đơn vị sẽ lập."
    used = set(plan.changes.exclude(planned=None).values_list("planned", flat=True))
    for one in planned:
        if one.pk not in used:
            yield f"{one} sẽ lập nhưng không nhận đơn vị nào."


def _elsewhere(plan: RestructuringPlan, changes: Iterable[RestructuringChange]) -> Iterator[str]:
    """Units that another approved plan touches too."""
    touched = {key for change in changes for key in (change.source_id, change.target_id) if key}
    state = RestructuringPlan.State
    others = RestructuringChange.objects.exclude(plan=plan).filter(
        plan__state__in=[state.APPROVED, state.EXECUTING, state.REVERSING], source__in=touched
    )
    for other in others.select_related("plan", "source").order_by("pk"):
        yield f"{other.source.title} đang nằm trong phương án “{other.plan}” đã duyệt."
