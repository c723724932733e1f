"""Who can read a member's data today: which roles in which units, and why, without naming anybody."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from core.models import AuditEntry
from members.models import Member
from units.models import RoleAssignment, Unit
from units.roles import ABILITIES, Can, Role
from units.rules import column_words

LAST = 20

DEEDS = {
    Can.SEE_MEMBERS: "xem hồ sơ",
    Can.EDIT_MEMBERS: "sửa hồ sơ",
}
COLUMNS = {
    Can.SEE_PHONES: "số điện thoại",
    Can.SEE_ETHNIC_GROUP: "dân tộc",
    Can.SEE_RELIGION: "tôn giáo",
    Can.SEE_CITIZEN_ID: "bốn số cuối căn cước",
}


@dataclass(frozen=True)
class Reader:
    """One role in one unit whose holders read the whole record."""

    unit: str
    role: str
    people_count: int
    deeds: str


@dataclass(frozen=True)
class Sighting:
    """One time that somebody saw sensitive columns, by their role then, or took them in a file."""

    at: datetime
    who: str
    columns: str


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
        Glance(
            row.event.host.title, f"Đã đăng ký {row.event.title}", "họ tên, số điện thoại, đơn vị, điểm danh"
        )
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


def sightings_of(member: Member) -> list[Sighting]:
    """When sensitive columns were last seen on the member's page. Two queries."""
    seen = AuditEntry.objects.filter(target_type="members.member", target_id=str(member.pk))
    return _told(seen.filter(verb="sensitive.seen"))


def takings_of(member: Member) -> list[Sighting]:
    """The files with sensitive columns last taken in the member's unit or above. Two queries.

    A file may have been narrowed so that the member is not in it: nobody's name is kept with it.
    """
    path = member.unit.path
    above = [path[:end] for end in range(Unit.steplen, len(path) + 1, Unit.steplen)]
    of_lists, of_books = Q(verb="sensitive.exported"), Q(verb="member_book.taken", detail__sensitive=True)
    return _told(AuditEntry.objects.filter(of_lists | of_books, unit_path__in=above))


def _told(entries: QuerySet[AuditEntry]) -> list[Sighting]:
    last = list(entries.order_by("-at", "-pk")[:LAST])
    held = RoleAssignment.objects.filter(user__in={entry.by_id for entry in last}).select_related("unit")
    roles: dict[int | None, list[RoleAssignment]] = {}
    for role in held.order_by("unit__path", "pk"):
        roles.setdefault(role.user_id, []).append(role)
    return [
        Sighting(entry.at, _role_then(entry, roles.get(entry.by_id, [])), _columns(entry)) for entry in last
    ]


def _role_then(entry: AuditEntry, roles: list[RoleAssignment]) -> str:
    """The role above the branch of the entry that the person held on that day, without their name."""
    day = timezone.localdate(entry.at)
    for role in roles:
        is_held = role.starts_on <= day and (role.ends_on is None or role.ends_on >= day)
        if is_held and entry.unit_path.startswith(role.unit.path):
            return f"{Role(role.role).label}, {role.unit.title}"
    return "Cán bộ có quyền khi đó"


def _columns(entry: AuditEntry) -> str:
    return column_words(entry.detail.get("columns", ())) or "dữ liệu nhạy cảm"


def _deeds(role: str) -> str:
    able = ABILITIES[role]
    columns = ", ".join(words for ability, words in COLUMNS.items() if ability in able)
    deeds = [words for ability, words in DEEDS.items() if ability in able]
    return ", ".join([*deeds, f"xem {columns}"] if columns else deeds)
