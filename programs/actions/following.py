"""Units end: what programs keep for them goes over to their successors."""

from collections import defaultdict

from programs.models import Club, Program, Squad, SquadPlace, Target
from units.actions import PlanJournal
from units.actions.journal import chunks


def pass_to_successors(*, journal: PlanJournal) -> None:
    """Let squads, clubs and programs follow the units that went whole, and sum up their running targets.

    Called inside the transaction of the plan. What units declared stays with them.
    """
    standing = Squad.objects.standing_after(journal.day)
    _note_places(journal, standing)
    journal.follow(standing, "unit_id")
    journal.follow(Club.objects.standing_after(journal.day), "unit_id")
    journal.follow(Program.objects.all(), "unit_id")
    _sum_up_targets(journal)


def _note_places(journal: PlanJournal, squads) -> None:
    """What a squad did up to the last day of the old map is told under the unit it had then."""
    known = set(SquadPlace.objects.filter(ends_on=journal.last_day).values_list("squad", flat=True))
    moving = squads.filter(unit__in=journal.successors).order_by("pk").values_list("pk", "unit")
    for some in chunks([pair for pair in moving if pair[0] not in known]):
        journal.add(
            [SquadPlace(squad_id=pk, unit_id=unit, ends_on=journal.last_day) for pk, unit in some],
            ends_on=journal.last_day,
        )


def _sum_up_targets(journal: PlanJournal) -> None:
    """The successor is to reach what its parts were to reach together; their own targets stay to be read."""
    running = Target.objects.filter(unit__in=journal.successors, ends_on__gte=journal.day).order_by("pk")
    parts: dict[tuple, list[Target]] = defaultdict(list)
    for target in running:
        heir = journal.successors[target.unit_id]
        parts[heir, target.indicator_id, target.starts_on, target.ends_on].append(target)
    for (heir, indicator, starts_on, ends_on), found in parts.items():
        same = {"unit_id": heir, "indicator_id": indicator, "starts_on": starts_on, "ends_on": ends_on}
        whole = sum(part.value for part in found)
        own = Target.objects.filter(**same).first()
        if own is not None:
            journal.change(Target, [own.pk], {"value": own.value}, {"value": own.value + whole})
            continue
        first = found[0]
        facts = {"program_id": first.program_id, "campaign_id": first.campaign_id, "value": whole}
        journal.add([Target(**same, **facts)], **same, value=whole)
