"""What members do beside their home unit, as small as a test needs it."""

from datetime import date

from django.utils import timezone

from members.actions import begin_stay
from tests.factories.members import make_member
from tests.factories.units import make_unit, make_user


def make_stay(
    *, member=None, unit=None, kind="residence", starts_on: date | None = None, ends_on=None, by=None
):
    member = member or make_member()
    return begin_stay(
        member=member,
        unit=unit or make_unit(parent=make_unit()),
        kind=kind,
        starts_on=starts_on or timezone.localdate(),
        ends_on=ends_on,
        by=by or make_user(),
    )
