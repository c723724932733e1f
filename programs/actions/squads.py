"""Squads and who serves in them. Changes of one squad take turns on its row."""

from datetime import date
from typing import Any

from django.db import transaction

from core import audit
from core.errors import DomainError
from members.models import Member
from programs import rules
from programs.models import Squad, SquadMember


class SquadRefused(DomainError):
    """The squad cannot be ended, joined or left so. Raised with every reason at once."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


def _locked(pk: int) -> Squad:
    return Squad.objects.locked().select_related("unit").get(pk=pk)


@transaction.atomic
def found_squad(*, by: Any, **facts: Any) -> Squad:
    """A squad without members yet."""
    squad = Squad.objects.create(**facts)
    audit.record("squad.founded", by=by, target=squad, unit=squad.unit)
    return squad


@transaction.atomic
def disband_squad(*, squad: Squad, ends_on: date, by: Any) -> Squad:
    """End the squad and every stay in it with that day; what it did stays counted."""
    squad = _locked(squad.pk)
    if problems := rules.disbanding_problems(squad, ends_on=ends_on):
        raise SquadRefused(problems)

    squad.ended_on = ends_on
    squad.save(update_fields=["ended_on"])
    squad.memberships.filter(ends_on=None).update(ends_on=ends_on)
    audit.record("squad.disbanded", by=by, target=squad, unit=squad.unit)
    return squad


@transaction.atomic
def add_squad_member(
    *,
    squad: Squad,
    member: Member,
    starts_on: date,
    by: Any,
    role: str = SquadMember.Role.MEMBER,
    is_core: bool = False,
) -> SquadMember:
    """Let the member serve in the squad from that day on."""
    squad = _locked(squad.pk)
    if problems := rules.squad_stay_problems(squad, member, role=role, starts_on=starts_on):
        raise SquadRefused(problems)

    stay = squad.memberships.create(member=member, role=role, is_core=is_core, starts_on=starts_on)
    audit.record("squad.joined", by=by, target=stay, unit=squad.unit)
    return stay


@transaction.atomic
def end_squad_member(*, membership: SquadMember, ends_on: date, by: Any) -> SquadMember:
    """End the stay with that day; the service before stays on record."""
    squad = _locked(membership.squad_id)
    stay = squad.memberships.select_related("member").get(pk=membership.pk)
    if problems := rules.leaving_problems(stay, ends_on=ends_on):
        raise SquadRefused(problems)

    stay.ends_on = ends_on
    stay.save(update_fields=["ends_on"])
    audit.record("squad.left", by=by, target=stay, unit=squad.unit)
    return stay
