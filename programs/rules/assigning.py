"""May a squad or club of a divided unit go to that unit, or end; and if not why."""

from datetime import date

from programs.models import Club, Squad
from programs.rules.staying import club_ending_problems, disbanding_problems
from units.models import Unit
from units.queries import successors_of
from units.queries.planning import divided_units


def waiting_problems(group: Squad | Club, *, on: date) -> list[str]:
    """Why the squad or club does not wait for a new unit. Empty means that it does."""
    if group.ended_on is not None and group.ended_on <= on:
        return [f"{group} đã kết thúc ngày {group.ended_on:%d/%m/%Y}, không phải chờ phân."]
    if not divided_units().filter(pk=group.unit_id).exists():
        return [f"{group} đang thuộc {group.unit.title}, không phải chờ phân."]
    return []


def assigning_problems(group: Squad | Club, unit: Unit, *, on: date) -> list[str]:
    """Why the squad or club cannot go to the unit: only to one that came out of its own."""
    if problems := waiting_problems(group, on=on):
        return problems
    heirs = successors_of(group.unit, on=on)
    if unit not in heirs:
        names = ", ".join(heir.title for heir in heirs)
        return [f"{group} thuộc {group.unit.title} cũ: chỉ phân về {names}."]
    return []


def ending_problems(group: Squad | Club, *, ends_on: date, reason: str, on: date) -> list[str]:
    """Why the squad or club that waits cannot end on that day."""
    if problems := waiting_problems(group, on=on):
        return problems
    problems = []
    if ends_on > on:
        problems.append("Ngày kết thúc không được ở tương lai.")
    if not reason.strip():
        problems.append("Chưa ghi lý do kết thúc.")
    if isinstance(group, Squad):
        return problems + disbanding_problems(group, ends_on=ends_on)
    return problems + club_ending_problems(group, ends_on=ends_on)
