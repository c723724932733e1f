"""A commune with what is its own, and the same things in the units around it: sister, parent, child.

What lies outside bears `MARK` in the words that no public page shows, so that it is seen wherever it leaks.
"""

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from events.models import Event, TrainingRecord
from members.models import Ceremony, DataBreach, Growing, Guardian, Member, RosterImport
from programs.models import Squad, SquadActivity
from tests.factories.attendance import make_ticket
from tests.factories.desk import COMMON, ROWS
from tests.factories.events import make_event
from tests.factories.members import make_member
from tests.factories.transfers import make_transfer
from tests.factories.units import make_staff, make_unit, make_user
from units.models import Cluster, RestructuringChange, RestructuringPlan, Unit
from units.roles import ABILITIES

INSIDE, OUTSIDE = ("own", "child"), ("sister", "parent")
MARK = "NGOAIPHAMVI"  # plain letters: the same in a page, a file and JSON
MARKED = (
    (User, "full_name", "role_assignments__unit"),
    (Cluster, "name", "unit"),
    (DataBreach, "title", "unit"),
    (Event, "title", "host"),
    (Guardian, "full_name", "member__unit"),
    (Member, "full_name", "unit"),
    (RestructuringPlan, "title", "unit"),
    (RosterImport, "file_name", "unit"),
    (Squad, "name", "unit"),
    (SquadActivity, "title", "squad__unit"),
    (TrainingRecord, "title", "member__unit"),
)


@dataclass
class Place:
    """One unit and one row of every kind that is its own."""

    name: str
    unit: Unit
    rows: dict[str, Model]
    more: SimpleNamespace


@dataclass
class World:
    """The four places and, by set of abilities, an account that has them in the commune."""

    places: dict[str, Place]
    people: dict[str, User] = field(default_factory=dict)


def build_world() -> World:
    province = make_unit(name="Thái Nguyên", code="19")
    own = make_unit(parent=province, name="Bình Yên")
    units = {
        "own": own,
        "sister": make_unit(parent=province, name=f"Cam Giá {MARK}"),
        "parent": province,
        "child": make_unit(parent=own, kind=Unit.Kind.BRANCH, name="Xóm 1"),
    }
    world = World({name: fill_place(name, unit) for name, unit in units.items()})
    for name in OUTSIDE:
        mark_rows(units[name])
    for role, _ in sorted_roles():
        world.people[role] = make_staff(unit=own, role=role)
    return world


def sorted_roles() -> list[tuple[str, frozenset]]:
    """One role for every distinct set of abilities, the widest first."""
    named = {abilities: role for role, abilities in ABILITIES.items()}
    return sorted(((role, abilities) for abilities, role in named.items()), key=lambda pair: -len(pair[1]))


def fill_place(name, unit) -> Place:
    rows = {label: make(unit) for label, make in ROWS.items() if label not in COMMON}
    ceremony = Ceremony.objects.create(
        unit=unit, held_on=date(2026, 3, 26), recorded_at=timezone.now(), recorded_by=make_user()
    )
    more = SimpleNamespace(
        holder=make_member(unit=unit, user=make_user()),
        ceremony=ceremony,
        growing=Growing.objects.create(ceremony=ceremony, member=make_member(unit=unit)),
        transfer=make_transfer(member=make_member(unit=unit), to_unit=make_unit(parent=unit)),
        released=make_transfer(member=make_member(unit=unit), to_unit=make_unit(parent=unit), lets_go=True),
        draft=make_event(host=unit, published=False),
        ticket=make_ticket(event=make_event(host=unit), member=make_member(unit=unit)),
    )
    rows["members.Guardian"].paper.save("giay.pdf", ContentFile(b"%PDF-1.7"))
    more.change = RestructuringChange.objects.create(
        plan=rows["units.RestructuringPlan"], kind=RestructuringChange.Kind.CLOSE, source=unit
    )
    unit.refresh_from_db()
    return Place(name, unit, rows, more)


def mark_rows(unit):
    """Put the mark into the words of everything of the unit, and of it alone, that is not for the public."""
    for model, name, way in MARKED:
        rows = model.objects.filter(**{way: unit})
        if model is Event:
            rows = rows.filter(published_at=None)
        rows.update(**{name: f"{MARK} {name}"})
