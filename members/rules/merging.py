"""Which facts two records can differ in, which value is the better, and whether they may be merged."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from members.models import Member
from members.rules.changes import new_is_bare
from members.rules.shown import HIDDEN, shown_fact

# What is chosen together, and the columns it stands in.
FACTS: dict[str, tuple[str, ...]] = {
    "full_name": ("full_name", "search_name", "sort_key", "initials"),
    "born": ("born_on", "born_precision"),
    "sex": ("sex",),
    "phone": ("phone",),
    "phone_other": ("phone_other",),
    "email": ("email",),
    "ethnic_group": ("ethnic_group",),
    "religion": ("religion",),
    "citizen_id": ("citizen_id_hash", "citizen_id_last4"),
    "home": ("unit_id", "branch_name"),
    "position": ("position",),
    "sector": ("sector",),
    "joined": ("joined_on", "joined_precision"),
    "status": ("status",),
}
LABELS = {
    "full_name": "Họ và tên",
    "born": "Ngày sinh",
    "sex": "Giới tính",
    "phone": "Điện thoại",
    "phone_other": "Số điện thoại khác",
    "email": "Email",
    "ethnic_group": "Dân tộc",
    "religion": "Tôn giáo",
    "citizen_id": "Số căn cước",
    "home": "Đơn vị, chi đoàn",
    "position": "Chức vụ",
    "sector": "Khối đối tượng",
    "joined": "Ngày vào Đoàn",
    "status": "Trạng thái",
}
# The facts that need an ability of their own, and the column it is asked for.
SENSITIVE = {
    "phone": "phone",
    "phone_other": "phone_other",
    "ethnic_group": "ethnic_group",
    "religion": "religion",
    "citizen_id": "citizen_id_last4",
}
STANDING: list[str] = [Member.Status.ENDED, Member.Status.GROWN, Member.Status.AWAY, Member.Status.ACTIVE]

USUAL_POST = "Đoàn viên"
BOTH_CLAIMED = (
    "Cả hai hồ sơ đều đã có tài khoản nhận. Hãy hỏi chủ hồ sơ dùng tài khoản nào, "
    "gỡ liên kết tài khoản kia rồi gộp."
)


@dataclass(frozen=True)
class FactPair:
    """One fact as both records say it. `takes_second`: the second value is the better one."""

    name: str
    label: str
    first: str
    second: str
    differs: bool
    takes_second: bool


def columns_of(facts: Collection[str]) -> list[str]:
    """The columns in which these facts stand."""
    return [column for name in FACTS if name in facts for column in FACTS[name]]


def differing(first: Member, second: Member) -> list[str]:
    """The facts the two records do not agree on."""
    return [name for name in FACTS if _value(first, name) != _value(second, name)]


def fact_pairs(first: Member, second: Member) -> list[FactPair]:
    """Every fact either record has, side by side."""
    pairs = []
    unlike = set(differing(first, second))
    for name, label in LABELS.items():
        one, other = said(first, name), said(second, name)
        if one or other:
            takes = name in unlike and _is_better(second, first, name)
            pairs.append(FactPair(name, label, one, other, name in unlike, takes))
    return pairs


def said(member: Member, name: str) -> str:
    """The fact of the member in words; a blank when it is not known."""
    if name == "home":
        return ", ".join(part for part in (member.branch_name, member.unit.title) if part)
    if name == "citizen_id":
        return HIDDEN + member.citizen_id_last4 if member.citizen_id_last4 else ""
    if name in ("born", "joined"):
        return str(getattr(member, name) or "")
    if name in ("sector", "status"):
        return str(getattr(member, f"get_{name}_display")())
    return shown_fact(name, getattr(member, name))


def merge_problems(keep: Member, other: Member) -> list[str]:
    """Why the two records cannot become one. Empty means they can."""
    if keep.pk == other.pk:
        return ["Đây là một hồ sơ, không có gì để gộp."]
    if keep.erased_at or other.erased_at:
        return ["Một trong hai hồ sơ đã xóa dữ liệu, không gộp được."]
    return [BOTH_CLAIMED] if keep.user_id and other.user_id else []


def _value(member: Member, name: str) -> list[Any]:
    return [getattr(member, column) for column in FACTS[name]]


def _is_better(one: Member, other: Member, name: str) -> bool:
    """Whether the fact of the first is filled, fuller or, all else alike, of the record changed last."""
    mine, theirs = said(one, name), said(other, name)
    if not (mine and theirs):
        return bool(mine)
    if name in ("born", "joined") and _exactness(one, name) != _exactness(other, name):
        return _exactness(one, name) > _exactness(other, name)
    if name == "full_name" and mine != theirs and (new_is_bare(mine, theirs) or new_is_bare(theirs, mine)):
        return new_is_bare(mine, theirs)
    if name == "status":
        return STANDING.index(one.status) > STANDING.index(other.status)
    if name == "position" and USUAL_POST in (mine, theirs):
        return theirs == USUAL_POST
    if name == "home" and one.unit.is_closed != other.unit.is_closed:
        return other.unit.is_closed
    return one.updated_at > other.updated_at


def _exactness(member: Member, name: str) -> int:
    """How exactly the date is known."""
    return ["", "year", "month", "day"].index(getattr(member, f"{name}_precision"))
