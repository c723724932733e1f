"""Units and people with roles, as small as a test needs them."""

from datetime import date
from itertools import count

from accounts.models import User
from units.models import RoleAssignment, Unit
from units.roles import Role

_numbers = count(1)


def make_unit(*, parent=None, name=None, kind=None, code=None, **facts):
    """A unit under `parent`; without one, a province of its own."""
    number = next(_numbers)
    unit = Unit(
        code=code or f"t{number}",
        kind=kind or (Unit.Kind.COMMUNE if parent else Unit.Kind.PROVINCE),
        name=name or f"Nơi {number}",
        **facts,
    )
    unit.set_name_keys()
    if parent is None:
        return Unit.objects.add_root(instance=unit)
    parent.refresh_from_db()
    return Unit.objects.add_child(parent, instance=unit)


def make_user(*, email=None, full_name="Hoàng Thị Bích", password=None, **facts):
    return User.objects.create_user(
        email or f"nguoi{next(_numbers)}@example.vn", password, full_name=full_name, **facts
    )


def make_staff(*, unit, role=Role.SECRETARY, user=None, starts_on=date(2020, 1, 1), ends_on=None):
    """A person who holds a role in the unit."""
    user = user or make_user()
    RoleAssignment.objects.create(user=user, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on)
    return user
