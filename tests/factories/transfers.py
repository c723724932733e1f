"""Moves between two units, as small as a test needs them."""

from members.actions import ask_transfer
from tests.factories.members import make_member
from tests.factories.units import make_unit, make_user


def make_transfer(*, member=None, to_unit=None, lets_go=False, by=None):
    """A move that has been asked for; `lets_go`: the old unit has agreed."""
    member = member or make_member()
    to_unit = to_unit or make_unit(parent=make_unit())
    return ask_transfer(
        member=member, to_unit=to_unit, reason="Chuyển nơi làm việc.", lets_go=lets_go, by=by or make_user()
    )
