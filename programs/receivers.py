"""What programs do when something happens below them."""

from django.dispatch import receiver

from members.signals import attached_asked, members_merging, members_parting
from programs import actions, queries


@receiver(members_merging)
def join_stays(journal, **_):
    """Nobody stands twice in one squad or club."""
    actions.join_stays(journal=journal)


@receiver(members_parting)
def hold_parted(steps, **_):
    """The squads and clubs whose stays a merge moved are held while it is taken back."""
    return actions.hold_parted(steps=steps)


@receiver(attached_asked)
def stays_attached(members, **_):
    """The squads and clubs that hang on records about to be merged."""
    return queries.stays_of(members)
