"""Reads over the tree and the roles held in it."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Case, Count, Model, Q, QuerySet, When
from django.utils import timezone
from django.utils.formats import number_format

from accounts.models import User
from core.models import AuditEntry
from core.text import fold, spelling_key
from units.models import RoleAssignment, Unit
from units.roles import ABILITIES, DESK_ROLES, Can
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
    if not user.is_authenticated or not user.is_active:
        return Scope()
    held = RoleAssignment.objects.filter(user=user).held_on(on or timezone.localdate())
    return Scope.of(held.bringing(ability).values_list("unit__path", flat=True))


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
