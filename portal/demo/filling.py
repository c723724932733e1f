"""The demonstration from the empty portal to the last message, in the order in which it grows."""

from random import Random

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.errors import DomainError
from members.models import Member
from portal.demo.accounts import add_accounts
from portal.demo.activities import add_activities, set_goals
from portal.demo.clubs import add_club
from portal.demo.coming_events import add_coming_events
from portal.demo.forum import add_forum
from portal.demo.mail import silence_the_past
from portal.demo.map_changes import add_map_changes
from portal.demo.moves import add_ceremony, add_moves, add_stays
from portal.demo.past_events import add_past_events
from portal.demo.people import add_people
from portal.demo.programs import add_programs
from portal.demo.rights import add_rights
from portal.demo.rosters import add_roster
from portal.demo.squads import add_squads
from portal.demo.targets import add_targets
from portal.demo.world import World
from units.actions import load_province
from units.models import Unit

LEAST_MEMBERS = 200
HOME_NAME = "Bình Yên"
STEPS = [
    add_people,
    add_accounts,
    add_programs,
    add_squads,
    set_goals,
    add_activities,
    add_club,
    add_past_events,
    add_forum,
    add_targets,
    add_coming_events,
    add_rights,
    add_roster,
    add_moves,
    add_stays,
    add_ceremony,
    add_map_changes,
]


class DemonstrationRefused(DomainError):
    """The demonstration fills an empty portal only."""


@transaction.atomic
def fill(*, members: int, seed: int) -> World:
    """Fill the portal's province: all of it or nothing."""
    if Member.objects.exists():
        raise DemonstrationRefused(
            "Cổng đã có đoàn viên nên không nạp dữ liệu mẫu. Hãy dùng cơ sở dữ liệu trống."
        )
    if members < LEAST_MEMBERS:
        raise DemonstrationRefused(f"Dữ liệu mẫu cần ít nhất {LEAST_MEMBERS} đoàn viên.")

    world = _empty_world(members, seed)
    for add in STEPS:
        add(world)
    silence_the_past()
    return world


def _empty_world(members: int, seed: int) -> World:
    province = load_province(code=settings.PROVINCE_CODE).province
    communes = list(Unit.objects.communes().filter(path__startswith=province.path).order_by("path"))
    home = next((unit for unit in communes if unit.name == HOME_NAME), communes[0])
    return World(
        rng=Random(seed),
        now=timezone.now(),
        size=members,
        province=province,
        communes=communes,
        home=home,
    )
