"""A member takes part in another unit beside their home: where they live, or for a while."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import DomainError
from members.models import Affiliation, Member
from members.rules import stays as rules
from notifications.actions import enqueue
from units.models import Unit
from units.queries import keepers_of
from units.roles import Can


class StayRefused(DomainError):
    """Raised with every reason why the stay does not begin or does not end."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def begin_stay(
    *, member: Member, unit: Unit, kind: str, starts_on: date, ends_on: date | None = None, by: Any
) -> Affiliation:
    """Let the member take part in the unit for that stretch; their home stays where it is.

    Stays of one member begin in turn. The same once more, as by a double click, changes nothing.
    """
    member = Member.objects.locked().select_related("unit").get(pk=member.pk)
    today = timezone.localdate()
    known = member.affiliations.filter(unit=unit, kind=kind, starts_on=starts_on, ends_on=ends_on).first()
    if known is not None and kind in Affiliation.STAYS:
        return known
    problems = rules.stay_problems(
        member, unit=unit, kind=kind, starts_on=starts_on, ends_on=ends_on, on=today
    )
    if problems:
        raise StayRefused(problems)

    stay = Affiliation.objects.create(
        member=member, unit=unit, kind=kind, starts_on=starts_on, ends_on=ends_on
    )
    audit.record("stay.begun", by=by, target=stay, unit=member.unit, detail={"kind": kind})
    _tell(stay, "begun", by=by)
    return stay


@transaction.atomic
def end_stay(*, stay: Affiliation, ends_on: date, by: Any) -> Affiliation:
    """Let the stay end with that day, be it earlier or later than was planned. Twice changes nothing."""
    member = Member.objects.locked().select_related("unit").get(pk=stay.member_id)
    stay = Affiliation.objects.locked().select_related("unit").get(pk=stay.pk)
    stay.member = member
    if stay.ends_on == ends_on:
        return stay
    if problems := rules.ending_problems(stay, ends_on=ends_on, on=timezone.localdate()):
        raise StayRefused(problems)

    stay.ends_on = ends_on
    stay.save(update_fields=["ends_on"])
    audit.record("stay.ended", by=by, target=stay, unit=member.unit, detail={"kind": stay.kind})
    _tell(stay, "ended", by=by)
    return stay


def end_stays_at_home(*, member: Member, home: Unit, on: date) -> None:
    """End the stays in the unit that becomes the member's home that day, or in one above it.

    Called inside the transaction of the action that moves the member.
    """
    rows = Affiliation.objects.stays().running(on).filter(member=member).select_related("unit")
    inside = [stay.pk for stay in rows if home.path.startswith(stay.unit.path)]
    own = Affiliation.objects.filter(pk__in=inside)
    own.filter(starts_on__gte=on).delete()
    own.update(ends_on=on - timedelta(days=1))


def _tell(stay: Affiliation, done: str, *, by: Any) -> None:
    """Tell those who keep the members of both units, but for who did it; each once for each day."""
    sides = [*keepers_of(stay.unit, Can.EDIT_MEMBERS), *keepers_of(stay.member.unit, Can.EDIT_MEMBERS)]
    context = {"stay": stay, "member": stay.member, "begun": done == "begun"}
    for user in {user.pk: user for user in sides if by is None or user.pk != by.pk}.values():
        enqueue(
            key=f"stay:{stay.pk}:{done}:{stay.ends_on or ''}:{user.pk}",
            address=user.email or "",
            user=user,
            template="members/notices/stay_told",
            context=context,
        )
