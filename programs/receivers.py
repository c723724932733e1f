"""What programs do when something happens below them."""

from django.dispatch import receiver

from members.signals import attached_asked, members_merging
from programs import actions, queries


@receiver(members_merging)
def join_stays(journal, **_):
    """Nobody stands twice in one squad or club."""
    actions.join_stays(journal=journal)


@receiver(attached_asked)
def stays_attached(members, **_):
    """The squads and clubs that hang on records about to be merged."""
    return queries.stays_of(members)
