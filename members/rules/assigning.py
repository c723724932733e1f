"""Whether members of a unit that ended may go to a new unit, and if not why."""

from collections.abc import Iterable

from members.models import Member
from units.models import Unit
from units.queries import successors_of

MOST_TOLD = 10


def assigning_problems(members: Iterable[Member], unit: Unit, *, missing: list[str]) -> list[str]:
    """Why these members cannot be assigned to the unit. Empty means that they can. A query per ended unit."""
    problems = [f"Không có đoàn viên nào mang mã {code}." for code in missing]
    if unit.is_closed:
        problems.append(f"{unit.title} đã kết thúc ngày {unit.valid_to:%d/%m/%Y}, không nhận thêm đoàn viên.")
    heirs: dict[int, list[Unit]] = {}
    for member in members:
        home = member.unit
        if not home.is_closed:
            problems.append(f"{member.code} đang sinh hoạt tại {home.title}, không phải chờ phân.")
            continue
        if home.pk not in heirs:
            heirs[home.pk] = successors_of(home)
        if heirs[home.pk] and not any(unit.path.startswith(heir.path) for heir in heirs[home.pk]):
            names = ", ".join(heir.title for heir in heirs[home.pk])
            problems.append(f"{member.code} thuộc {home.title} cũ: chỉ phân về {names}.")
    more = len(problems) - MOST_TOLD
    return problems[:MOST_TOLD] + ([f"Và {more} dòng khác."] if more > 0 else [])
