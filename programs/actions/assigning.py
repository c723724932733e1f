"""Squads and clubs of a divided unit go to a unit that came out of it, one by one, or end with a reason."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import DomainError
from core.text import tidy
from programs import rules
from programs.models import Club, Squad, SquadActivity, SquadPlace
from units.actions import PlanJournal, plan_that_ended, take_turn
from units.models import Unit

ASSIGNED = {Squad: "squad.assigned", Club: "club.assigned"}
ENDED = {Squad: "squad.disbanded", Club: "club.ended"}


class AssignmentRefused(DomainError):
    """The squad or club cannot go there or end so. Raised with every reason; nothing was changed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def assign_group(*, group: Squad | Club, unit: Unit, by: Any) -> bool:
    """Let the squad or club, whose unit was divided, belong to `unit` from the day of the plan on.

    The move joins the journal of that plan, so that taking the plan back takes it back too. False when it
    belongs there already, as after a double click.
    """
    take_turn()
    unit = Unit.objects.locked().get(pk=unit.pk)
    group = _locked(group)
    if group.unit_id == unit.pk:
        return False
    now, plan = timezone.now(), plan_that_ended(group.unit_id)
    problems = rules.assigning_problems(group, unit, on=timezone.localdate(now))
    if plan is None or problems:
        raise AssignmentRefused(problems)

    journal, home = PlanJournal(plan, by=by, at=now), group.unit_id
    if isinstance(group, Squad):
        _pass_deeds(journal, group, unit)
    journal.change(type(group), [group.pk], {"unit_id": home}, {"unit_id": unit.pk})
    journal.flush()
    audit.record(ASSIGNED[type(group)], by=by, target=group, unit=unit)
    return True


@transaction.atomic
def end_waiting_group(*, group: Squad | Club, ends_on: date, reason: str, by: Any) -> bool:
    """End the squad or club that no new unit takes over, and every stay in it, with that day.

    The reason stands in its history. Taking the plan back lets it stand again. False when it has ended
    already.
    """
    take_turn()
    group, now = _locked(group), timezone.now()
    if group.ended_on is not None and group.ended_on <= timezone.localdate(now):
        return False
    plan = plan_that_ended(group.unit_id)
    problems = rules.ending_problems(group, ends_on=ends_on, reason=reason, on=timezone.localdate(now))
    if plan is None or problems:
        raise AssignmentRefused(problems)

    journal = PlanJournal(plan, by=by, at=now)
    journal.change(type(group), [group.pk], {"ended_on": None}, {"ended_on": ends_on}, reason=tidy(reason))
    journal.change_all(group.memberships.all(), {"ends_on": None}, {"ends_on": ends_on})
    journal.flush()
    audit.record(ENDED[type(group)], by=by, target=group, unit=group.unit)
    return True


def _locked(group: Squad | Club) -> Squad | Club:
    return type(group).objects.locked().select_related("unit").get(pk=group.pk)


def _pass_deeds(journal: PlanJournal, squad: Squad, unit: Unit) -> None:
    """What the squad did up to the last day of the old map stays told there; what it did since goes along."""
    if not squad.places.filter(ends_on=journal.last_day).exists():
        place = SquadPlace(squad=squad, unit_id=squad.unit_id, ends_on=journal.last_day)
        journal.add([place], ends_on=journal.last_day)
    since = SquadActivity.objects.filter(squad=squad, done_on__gte=journal.day)
    journal.change_all(since, {"unit_id": squad.unit_id}, {"unit_id": unit.pk})
