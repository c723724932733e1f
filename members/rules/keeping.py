"""What a member record may not say, whoever writes it by hand."""

from collections.abc import Mapping
from datetime import date

from members.dates import PartialDate
from members.models import Member
from units.models import Unit

EARLIEST_BIRTH = 1900


def keeping_problems(
    facts: Mapping[str, str], *, unit: Unit, member: Member | None = None, on: date
) -> list[str]:
    """Why a record of the unit cannot say this. `member` is the record itself when there is one already."""
    problems = []
    if not facts.get("full_name", member.full_name if member else ""):
        problems.append("Chưa nhập họ và tên.")
    if unit.is_closed and (member is None or member.unit_id != unit.pk):
        problems.append(f"{unit} đã kết thúc hoạt động, không nhận thêm đoàn viên.")
    problems += _standing_problems(facts, member)
    born = _date(facts, "born", member.born if member else None)
    joined = _date(facts, "joined", member.joined if member else None)
    if born and not (born.year >= EARLIEST_BIRTH and born.first_day() <= on):
        problems.append(f"Ngày sinh {born} không thể có. Hãy xem lại năm.")
    if joined and joined.first_day() > on:
        problems.append(f"Ngày vào Đoàn {joined} ở tương lai. Hãy xem lại năm.")
    if born and joined and joined.year <= born.year:
        problems.append(f"Ngày vào Đoàn {joined} không sau ngày sinh {born}.")
    return problems


def _standing_problems(facts: Mapping[str, str], member: Member | None) -> list[str]:
    """Who leaves the Union by age does so by a ceremony and nowhere else, and comes back the same way."""
    was = member.status if member else ""
    now = facts.get("status", was)
    if now == was:
        return []
    if now == Member.Status.GROWN:
        return ["Trưởng thành Đoàn được ghi ở trang “Tuổi Đoàn”, khi ghi lễ trưởng thành."]
    if member and member.growings.filter(withdrawn_at=None).exists():
        return ["Hồ sơ này đã có lễ trưởng thành Đoàn. Hãy rút đoàn viên khỏi lễ nếu đã ghi nhầm."]
    return []


def _date(facts: Mapping[str, str], name: str, known: PartialDate | None) -> PartialDate | None:
    if name not in facts:
        return known
    return PartialDate.from_iso(facts[name]) if facts[name] else None


def repeats(member: Member) -> bool:
    """Whether the unit already has this person: same name, and the same full birth date or all else alike."""
    alike = Member.objects.filter(
        unit=member.unit,
        full_name=member.full_name,
        born_on=member.born_on,
        born_precision=member.born_precision,
    )
    if member.born_precision != Member.Precision.DAY:
        alike = alike.filter(branch_name=member.branch_name, phone=member.phone, sex=member.sex)
    return alike.exists()
