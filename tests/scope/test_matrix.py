"""Every address crossed with every set of abilities and the four units around a commune."""

import pytest
from django.core.cache import cache

from tests.scope.addresses import all_names, keyed_addresses, known_names, never_open, plain_addresses
from tests.scope.crossing import (
    PARTS,
    ask,
    outside_rows,
    part_of,
    taken_back,
    visitor,
    wrong_inside,
    wrong_outside,
)
from tests.scope.forging import forged
from tests.scope.world import INSIDE, OUTSIDE, build_world, sorted_roles

pytestmark = pytest.mark.django_db
ROLES = [str(role) for role, _ in sorted_roles()]
in_parts = pytest.mark.parametrize("part", range(PARTS))


@pytest.fixture
def world(settings, tmp_path):
    settings.PORTAL_REQUIRE_MFA, settings.MEDIA_ROOT = False, tmp_path
    cache.clear()
    return build_world()


def addresses_of(world, places):
    return [address for name in places for address in keyed_addresses(world.places[name])]


def opens(client, address) -> bool:
    """Whether the address answers anything for the row by GET or, if not, by POST."""
    for method, body in (("get", {}), ("post", dict(address.body))):
        with taken_back():
            if ask(client, method, address.path, body).status not in (404, 405):
                return True
    return False


def test_every_address_is_crossed_looked_at_or_left_out_for_a_reason():
    assert all_names() == known_names()


@in_parts
@pytest.mark.parametrize("role", ROLES)
def test_what_lies_outside_is_not_there(world, role, part):
    client, before = visitor(world.people[role]), outside_rows(world)
    cases = part_of(addresses_of(world, OUTSIDE), part)

    wrong = wrong_outside(world, client, cases, before=before)

    assert wrong == {}


@in_parts
def test_the_same_addresses_open_for_the_rows_inside(world, part):
    client = visitor(world.people[ROLES[0]])
    cases = part_of(addresses_of(world, INSIDE), part)

    closed = {address.name for address in cases if not opens(client, address)}

    assert closed - never_open() == set()


@in_parts
def test_nobody_gets_further_than_the_sign_in_page(world, part):
    client, before = visitor(), outside_rows(world)
    cases = part_of([*addresses_of(world, (*INSIDE, *OUTSIDE)), *plain_addresses()], part)

    wrong = wrong_outside(world, client, cases, before=before)

    assert wrong == {}


@in_parts
@pytest.mark.parametrize("role", ROLES)
def test_no_page_shows_what_lies_outside_or_takes_it_when_it_is_sent(world, role, part):
    client, before = visitor(world.people[role]), outside_rows(world)
    cases = part_of([*addresses_of(world, ["own"]), *plain_addresses()], part)

    wrong = wrong_inside(world, client, cases, before=before, forge=forged)

    assert wrong == {}
