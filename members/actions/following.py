"""Units end: their members go over to the successor, by rule where there is one, else by hand or by list."""

from datetime import date

from django.db.models import Q, QuerySet

from members.actions.following_transfers import follow_transfers
from members.models import Affiliation, Member, Position
from units.actions import PlanJournal
from units.actions.journal import chunks


def follow_units(*, journal: PlanJournal) -> None:
    """Let members, stays, transfers and posts follow the units that went whole. Those of divided units wait.

    Called inside the transaction of the plan. The history of each member tells the move.
    """
    running = Affiliation.objects.running(journal.day).filter(unit__in=journal.successors)
    found = running.order_by("unit", "ends_on").values_list("unit", "ends_on").distinct()
    for unit, until in list(found):
        stays = running.filter(unit=unit, ends_on=until)
        pass_stays(journal, stays, unit, journal.successors[unit], until=until)
    journal.follow(Member.objects.all(), "unit_id")
    follow_transfers(journal=journal)
    _end_posts(journal)


def pass_stays(
    journal: PlanJournal, stays: QuerySet[Affiliation], unit: int, heir: int, *, until: date | None = None
) -> None:
    """End stays in `unit` with its last day and begin the same in its heir; later ones just go over.

    All of them run until the same day, or for ever.
    """
    was, ended = {"unit_id": unit, "ends_on": until}, {"unit_id": unit, "ends_on": journal.last_day}
    journal.change_all(stays.filter(starts_on__gte=journal.day), was, {"unit_id": heir, "ends_on": until})
    early = stays.filter(starts_on__lt=journal.day).order_by("pk")
    for some in chunks(list(early.values_list("pk", "member", "kind"))):
        journal.change(Affiliation, [pk for pk, *_ in some], was, ended)
        begun = [
            Affiliation(member_id=member, unit_id=heir, kind=kind, starts_on=journal.day, ends_on=until)
            for _, member, kind in some
        ]
        journal.add(begun, unit_id=heir, ends_on=until)


def _end_posts(journal: PlanJournal) -> None:
    """Posts end with their unit; where only its name or kind changed they go on in the new one."""
    held = Position.objects.filter(unit__in=journal.ended, ends_on=None)
    held = held.filter(Q(starts_on=None) | Q(starts_on__lt=journal.day))
    for unit in list(held.order_by("unit").values_list("unit", flat=True).distinct()):
        posts = list(held.filter(unit=unit).order_by("pk"))
        was, ended = {"unit_id": unit, "ends_on": None}, {"unit_id": unit, "ends_on": journal.last_day}
        for some in chunks(posts):
            journal.change(Position, [post.pk for post in some], was, ended)
            if unit in journal.continued:
                heir = journal.successors[unit]
                journal.add([_goes_on(post, heir, journal) for post in some], unit_id=heir, ends_on=None)


def _goes_on(post: Position, heir: int, journal: PlanJournal) -> Position:
    return Position(
        member_id=post.member_id,
        title=post.title,
        unit_id=heir,
        source=post.source,
        decision_no=post.decision_no,
        starts_on=journal.day,
    )
