"""Reads over the tree and the roles held in it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Case, Count, Model, Q, QuerySet, When
from django.utils import timezone
from django.utils.formats import number_format

from accounts.models import User
from core.models import AuditEntry
from core.text import fold, spelling_key
from units.models import ResetSlip, RoleAssignment, SupportVisit, Unit
from units.roles import ABILITIES, DESK_ROLES, NEVER_SEEN_FOR_OTHERS, Can
from units.scope import Scope

SAME_CHANGE = timedelta(seconds=2)  # a version and its audit entry are written one after the other


def roles_of(user, *, on: date | None = None) -> list[RoleAssignment]:
    """The roles the person holds on that day (today), highest unit first."""
    if not user.is_authenticated or not user.is_active:
        return []
    held = RoleAssignment.objects.filter(user=user).held_on(on or timezone.localdate())
    return list(held.select_related("unit").order_by("unit__path", "pk"))


def scope_for(user, ability: Can, *, on: date | None = None) -> Scope:
    """The branches in which the person has this ability on that day (today). One query."""
    if not user.is_authenticated or not user.is_active or is_kept_from(user, ability):
        return Scope()
    held = RoleAssignment.objects.filter(user=user).held_on(on or timezone.localdate())
    return Scope.of(held.bringing(ability).values_list("unit__path", flat=True))


def is_kept_from(user, ability: Can) -> bool:
    """Whether the portal is looked at for this person by the support, who does not get this ability."""
    return ability in NEVER_SEEN_FOR_OTHERS and getattr(user, "seen_by", None) is not None


def answering_above(unit: Unit, ability: Can, *, without: Iterable[User]) -> list[User]:
    """Who has the ability at the nearest level above the unit; at the top of the tree, the others there."""
    step = Unit.steplen
    above = [unit.path[:end] for end in range(len(unit.path) - step, 0, -step)] or [unit.path]
    held = RoleAssignment.objects.held_on(timezone.localdate()).bringing(ability)
    people = User.objects.filter(is_active=True).exclude(pk__in=[user.pk for user in without])
    for path in above:
        found = list(people.filter(pk__in=held.filter(unit__path=path).values("user")).order_by("pk"))
        if found:
            return found
    return []


def acting_unit(user, ability: Can, unit: Unit) -> Unit | None:
    """The highest unit in which the person holds a role that brings the ability over this unit."""
    covering = (held.unit for held in roles_of(user) if ability in ABILITIES[held.role])
    return next((top for top in covering if unit.path.startswith(top.path)), None)


def account_unit(user, scope: Scope) -> Unit | None:
    """The unit an account is answered for in: that of its highest role, else the top of the scope."""
    return home_unit(user) or top_unit(scope)


def account_events(user) -> tuple[list[ResetSlip], list[SupportVisit]]:
    """What others did to the account: slips printed for it and visits of the support, latest first."""
    slips = user.reset_slips.select_related("issued_by", "unit").order_by("-created_at", "-pk")
    visits = user.support_visits.select_related("by").order_by("-started_at", "-pk")
    return list(slips[:50]), list(visits[:50])


def events_since(user, moment: datetime) -> list[str]:
    """What others did to the account after that moment, as sentences for its owner."""
    slips, visits = account_events(user)
    told = [
        f"{slip.issued_by} ({slip.unit.title}) đã cấp phiếu đặt lại mật khẩu cho tài khoản này "
        f"lúc {timezone.localtime(slip.created_at):%H:%M %d/%m/%Y}."
        for slip in slips
        if slip.created_at > moment
    ]
    told += [
        f"{visit.by} đã xem cổng như tài khoản này "
        f"lúc {timezone.localtime(visit.started_at):%H:%M %d/%m/%Y}. Lý do: {visit.reason}"
        for visit in visits
        if visit.started_at > moment
    ]
    return told


def top_unit(scope: Scope) -> Unit | None:
    """The unit at the top of the scope's first branch: where to note what hangs on no unit of its own."""
    return Unit.objects.filter(path__in=scope.paths[:1]).first()


def home_unit(user) -> Unit | None:
    """The highest unit in which the person (None: the portal itself) holds a role today, if any."""
    held = roles_of(user) if user else []
    return held[0].unit if held else None


def abilities_of(user, *, on: date | None = None) -> frozenset[Can]:
    """Every ability the person has somewhere on that day (today)."""
    return frozenset().union(*(ABILITIES[held.role] for held in roles_of(user, on=on)))


def is_whole(scope: Scope) -> bool:
    """Whether the scope reaches the whole tree, not some branches of it only."""
    return any(len(path) == Unit.steplen for path in scope.paths)


def accounts_within(scope: Scope) -> QuerySet[User]:
    """Accounts that hold a role in the scope; for the province also those without one."""
    if not scope:
        return User.objects.none()
    held = Q(pk__in=RoleAssignment.objects.within(scope).values("user"))
    return User.objects.filter(held | Q(role_assignments=None) if is_whole(scope) else held)


def works_at_desk(user) -> bool:
    """Whether the person holds a role whose work is done in the web admin."""
    return any(held.role in DESK_ROLES for held in roles_of(user))


def keepers_of(unit: Unit, ability: Can) -> list[User]:
    """Who has the ability today in the unit, or else in the nearest unit above that somebody keeps."""
    above = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    held = RoleAssignment.objects.held_on(timezone.localdate()).bringing(ability)
    held = held.filter(unit__path__in=above, user__is_active=True)
    nearest = held.order_by("-unit__depth").values_list("unit", flat=True).first()
    return list(User.objects.filter(pk__in=held.filter(unit=nearest).values("user")).order_by("pk"))


def province() -> Unit | None:
    """The province this portal serves, or None before its units are loaded."""
    return Unit.objects.filter(depth=1, code=settings.PROVINCE_CODE).first()


def describe_scope(scope: Scope) -> str:
    """The branches in one line: "Phạm vi: Đoàn xã Bình Yên và 24 chi đoàn trực thuộc". Two queries."""
    if not scope:
        return ""
    tops = list(Unit.objects.filter(path__in=scope.paths).order_by("path"))
    below = Unit.objects.active().within(scope).exclude(path__in=scope.paths)
    units, branches = (
        below.aggregate(
            units=Count("pk", filter=~Q(kind=Unit.Kind.BRANCH)),
            branches=Count("pk", filter=Q(kind=Unit.Kind.BRANCH)),
        )
    ).values()
    names = ", ".join(top.title for top in tops[:3])
    if len(tops) > 3:
        names += f" và {len(tops) - 3} đơn vị khác"
    parts = [f"{units} đơn vị"] if units else []
    parts += [f"{number_format(branches)} chi đoàn"] if branches else []
    return f"Phạm vi: {names}" + (f" và {', '.join(parts)} trực thuộc" if parts else "")


def search_units(text: str, scope: Scope, *, limit: int = 20) -> list[Unit]:
    """Units of the scope whose name or code holds the text, with or without accents; closed ones last.

    "văn lăng" puts Văn Lăng before Văn Lang; "van lang" finds both.
    """
    folded = fold(text)
    for word in ("doan xa ", "doan phuong ", "xa ", "phuong ", "thi tran ", "chi doan "):
        folded = folded.removeprefix(word)
    rows = Unit.objects.within(scope).filter(Q(search_name__contains=folded) | Q(code__contains=folded))
    spelled = " ".join(spelling_key(text).split()[-len(folded.split()) :])
    ranked = rows.annotate(
        rank=Case(When(spelling=spelled, then=0), When(search_name=folded, then=1), default=2),
        closed=Case(When(valid_to=None, then=0), default=1),
    )
    return list(ranked.order_by("closed", "rank", "sort_name", "pk")[:limit])


def last_change(row: Model) -> tuple[User | None, datetime | None]:
    """Who changed the facts of the row last, and when, as far as the audit trail and its history know."""
    label = row._meta.label_lower
    noted = AuditEntry.objects.filter(
        target_type=label, target_id=str(row.pk), detail__has_key="fields"
    ).select_related("by")
    changes = [(entry.at, entry.by) for entry in noted.order_by("-at", "-pk")[:1]]
    if hasattr(row._meta, "simple_history_manager_attribute"):
        versions = getattr(row, row._meta.simple_history_manager_attribute).select_related("history_user")
        newest = versions.order_by("-history_date", "-history_id")[:1]
        changes += [(version.history_date, version.history_user) for version in newest]
    if not changes:
        return None, None
    at = max(at for at, _ in changes)
    people = [user for moment, user in changes if user and at - moment <= SAME_CHANGE]
    return (people[0] if people else None), at


def successors_of(unit: Unit, *, on: date | None = None) -> list[Unit]:
    """The units standing on that day (today) that hold what the unit held; itself when it stands.

    Several mean that the unit was divided: nobody may be moved without a decision.
    """
    day = on or timezone.localdate()
    standing, seen, waiting = {}, set(), [unit]
    while waiting:
        current = waiting.pop()
        if current.pk in seen:
            continue
        seen.add(current.pk)
        if current.valid_to is None or current.valid_to >= day:
            standing[current.pk] = current
            continue
        lines = current.successions.filter(effective_on__lte=day).select_related("to_unit")
        waiting += [line.to_unit for line in lines]
    return sorted(standing.values(), key=lambda found: (found.sort_name, found.pk))
