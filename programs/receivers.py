"""What programs do when something happens below them."""

from django.dispatch import receiver
from django.utils import timezone

from members.signals import attached_asked, member_erasing, members_merging, members_parting
from programs import actions, queries
from units.signals import units_asked, units_succeeded


@receiver(members_merging)
def join_stays(journal, **_):
    """Nobody stands twice in one squad or club."""
    actions.join_stays(journal=journal)


@receiver(members_parting)
def hold_parted(steps, **_):
    """The squads and clubs whose stays a merge moved are held while it is taken back."""
    return actions.hold_parted(steps=steps)


@receiver(member_erasing)
def end_stays(member, **_):
    """Who is erased serves in no squad and no club any more."""
    actions.end_stays(member=member, on=timezone.localdate())


@receiver(attached_asked)
def stays_attached(members, **_):
    """The squads and clubs that hang on records about to be merged."""
    return queries.stays_of(members)


@receiver(units_asked)
def programs_held(units, day, **_):
    """The squads, clubs, programs and targets that hang on units about to end."""
    return queries.holdings_of(units, day=day)


@receiver(units_succeeded)
def follow_units(journal, **_):
    """Squads, clubs and programs go over to the successor of their unit; running targets are summed up."""
    actions.pass_to_successors(journal=journal)
