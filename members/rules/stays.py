"""Whether a member may take part in another unit beside their home, from when and until when."""

from datetime import date, timedelta

from members.models import Affiliation, Member
from members.rules.transfers import MOVING
from units.models import Unit

Kind = Affiliation.Kind
AHEAD = timedelta(days=366)  # further away a date is a slip of the hand


def stay_problems(
    member: Member, *, unit: Unit, kind: str, starts_on: date, ends_on: date | None, on: date
) -> list[str]:
    """Why the member cannot begin to take part there. Empty means they can."""
    if kind not in Affiliation.STAYS:
        return ["Chỉ ghi ở đây sinh hoạt nơi cư trú hoặc tạm thời."]
    problems = []
    if member.erased_at is not None or member.status not in MOVING:
        problems.append("Hồ sơ này đã thôi sinh hoạt hoặc đã trưởng thành Đoàn.")
    if unit.is_closed:
        problems.append(f"{unit} đã kết thúc hoạt động, không nhận thêm đoàn viên.")
    if member.unit.path.startswith(unit.path):
        problems.append(f"Đoàn viên đang sinh hoạt chính tại {unit}.")
    if starts_on > on + AHEAD:
        problems.append("Ngày bắt đầu cách hôm nay quá một năm.")
    if kind == Kind.TEMPORARY and ends_on is None:
        problems.append("Sinh hoạt tạm thời phải có ngày kết thúc.")
    return problems + span_problems(member, kind=kind, starts_on=starts_on, ends_on=ends_on)


def span_problems(
    member: Member, *, kind: str, starts_on: date, ends_on: date | None, stay: Affiliation | None = None
) -> list[str]:
    """Why the stretch cannot be that of the stay: its days, or another stay of the kind. One query."""
    if ends_on is not None and ends_on < starts_on:
        return [f"Ngày kết thúc phải từ ngày {starts_on:%d/%m/%Y} trở đi."]
    others = member.affiliations.filter(kind=kind).overlapping(starts_on, ends_on).select_related("unit")
    known = others.exclude(pk=stay.pk if stay else None).order_by("starts_on", "pk").first()
    if known is None:
        return []
    until = f" đến hết ngày {known.ends_on:%d/%m/%Y}" if known.ends_on else ""
    what = known.get_kind_display()
    return [f"Đoàn viên đã có {what} tại {known.unit} từ ngày {known.starts_on:%d/%m/%Y}{until}."]


def ending_problems(stay: Affiliation, *, ends_on: date, on: date) -> list[str]:
    """Why the stay cannot end that day: it is no stay, or it is over already."""
    if stay.kind not in Affiliation.STAYS:
        return ["Sinh hoạt chính chỉ kết thúc khi chuyển sinh hoạt."]
    if stay.ends_on is not None and stay.ends_on < on:
        return [f"Lần sinh hoạt này đã kết thúc hết ngày {stay.ends_on:%d/%m/%Y}."]
    if ends_on > on + AHEAD:
        return ["Ngày kết thúc cách hôm nay quá một năm."]
    return span_problems(stay.member, kind=stay.kind, starts_on=stay.starts_on, ends_on=ends_on, stay=stay)
