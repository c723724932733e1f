"""Who can read a member's data today: which roles in which units, and why, without naming anybody."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from members.models import Member
from units.models import RoleAssignment, Unit
from units.roles import ABILITIES, Can, Role

DEEDS = {
    Can.SEE_MEMBERS: "xem hồ sơ",
    Can.EDIT_MEMBERS: "sửa hồ sơ",
    Can.SEE_SENSITIVE: "xem dân tộc, tôn giáo, bốn số cuối căn cước",
}


@dataclass(frozen=True)
class Reader:
    """One role in one unit whose holders read the whole record."""

    unit: str
    role: str
    people_count: int
    deeds: str


@dataclass(frozen=True)
class Glance:
    """One unit that reads a part of the data, for a reason that ends."""

    unit: str
    reason: str
    what: str


def readers_of(member: Member) -> list[Reader]:
    """The roles in force today above the member, from the nearest unit upwards. Two queries."""
    path = member.unit.path
    above = [path[:end] for end in range(Unit.steplen, len(path) + 1, Unit.steplen)]
    units = {unit.pk: unit for unit in Unit.objects.filter(path__in=above)}
    held = RoleAssignment.objects.held_on(timezone.localdate()).bringing(Can.SEE_MEMBERS)
    held = held.filter(unit__in=units, user__is_active=True)
    rows = held.values("unit", "role").annotate(people=Count("user", distinct=True))
    ordered = sorted(rows, key=lambda row: (-units[row["unit"]].depth, Role.values.index(row["role"])))
    return [
        Reader(units[row["unit"]].title, Role(row["role"]).label, row["people"], _deeds(row["role"]))
        for row in ordered
    ]


def glances_at(member: Member) -> list[Glance]:
    """The units that read a part: where the member moves, takes part or has registered. Five queries."""
    now, today = timezone.now(), timezone.localdate()
    found = [
        Glance(move.to_unit.title, "Đề nghị chuyển sinh hoạt đến đây", "họ tên, mã, ngày sinh")
        for move in member.transfers.open().select_related("to_unit")
    ]
    found += [
        Glance(stay.unit.title, stay.get_kind_display().capitalize(), "họ tên, mã, nơi sinh hoạt chính")
        for stay in member.affiliations.stays().running(today).select_related("unit").order_by("pk")
    ]
    live = member.registrations.live().filter(event__ends_at__gt=now).select_related("event__host")
    found += [
        Glance(row.event.host.title, f"Đã đăng ký {row.event.title}", "họ tên, đơn vị, điểm danh")
        for row in live.order_by("event__starts_at", "pk")
    ]
    squads = member.squad_memberships.staying_on(today).select_related("squad__unit").order_by("pk")
    found += [
        Glance(stay.squad.unit.title, f"Thành viên {stay.squad.name}", "họ tên, vai trò trong đội hình")
        for stay in squads
    ]
    clubs = member.club_memberships.filter(ends_on=None).select_related("club__unit").order_by("pk")
    found += [
        Glance(stay.club.unit.title, f"Thành viên {stay.club.name}", "họ tên, vai trò trong câu lạc bộ")
        for stay in clubs
    ]
    return found


def _deeds(role: str) -> str:
    return ", ".join(words for ability, words in DEEDS.items() if ability in ABILITIES[role])
