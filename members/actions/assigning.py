"""Members of a divided unit go to their new units one by one or by list, never by guess."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import DomainError
from members.actions.following import pass_stays
from members.actions.homes import move_home
from members.actions.noting import note_changed
from members.models import Affiliation, Member
from members.rules.assigning import assigning_problems
from units.actions import PlanJournal, plan_that_ended, take_turn
from units.actions.journal import chunks
from units.models import Unit


class AssignmentRefused(DomainError):
    """Raised with every reason why these members cannot go to that unit; nobody was moved."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def assign_waiting(*, codes: list[str], unit: Unit, by: Any) -> int:
    """Let the members with these codes, whose unit has ended, be at home in `unit` from the day it ended on.

    All of them or nobody. The moves join the journal of the plan that ended their unit, so that taking the
    plan back takes them back too. Who is at home there already, as after a double click, is left out.
    """
    take_turn()
    unit = Unit.objects.locked().get(pk=unit.pk)
    members = Member.objects.locked().filter(code__in=codes).select_related("unit").order_by("pk")
    found = [member for member in members if member.unit_id != unit.pk]
    known = {member.code for member in members}
    now = timezone.now()
    if problems := assigning_problems(found, unit, missing=[code for code in codes if code not in known]):
        raise AssignmentRefused(problems)

    by_home: dict[int, list[Member]] = defaultdict(list)
    for member in found:
        by_home[member.unit_id].append(member)
    for home, some in by_home.items():
        plan = plan_that_ended(home)
        if plan is None:
            _move_plainly(some, unit, by=by, at=now)
        else:
            _move(PlanJournal(plan, by=by, at=now), some, home, unit)
    if found:
        audit.record("member.assigned", by=by, target=unit, unit=unit, detail={"count": len(found)})
    return len(found)


def _move(journal: PlanJournal, members: list[Member], home: int, unit: Unit) -> None:
    for some in chunks(members):
        stays = Affiliation.objects.filter(unit=home, ends_on=None, kind="home", member__in=some)
        pass_stays(journal, stays, home, unit.pk)
        journal.change(Member, [member.pk for member in some], {"unit_id": home}, {"unit_id": unit.pk})
    journal.flush()


def _move_plainly(members: list[Member], unit: Unit, *, by: Any, at: datetime) -> None:
    """Their unit ended before the portal knew plans: they begin in the new one today."""
    for member in members:
        move_home(member=member, unit_id=unit.pk, on=timezone.localdate(at))
    Member.objects.filter(pk__in=[member.pk for member in members]).update(unit=unit, updated_at=at)
    note_changed(members, by=by, reason="phân về đơn vị mới", at=at)
