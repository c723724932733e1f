"""What members do when units below them in the order of packages change."""

from django.dispatch import receiver

from members import actions
from members.queries.unit_holdings import holdings_of
from units.signals import units_asked, units_succeeded


@receiver(units_asked)
def members_held(units, day, **_):
    """The members, posts and open imports that hang on units about to end."""
    return holdings_of(units, day=day)


@receiver(units_succeeded)
def follow_units(journal, **_):
    """Members go over to the successor of their unit; posts end with it."""
    actions.follow_units(journal=journal)
