"""Public pages count their targets once a minute, however many people come."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.programs import make_activity, make_program, make_squad, make_target
from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = pytest.mark.django_db
COUNTED = "programs_servicetally"


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-20T08:00:00+07:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def program(clock):
    program = make_program(unit=make_unit())
    make_activity(squad=make_squad(unit=program.unit), helped=40)
    make_target(unit=program.unit, program=program)
    return program


def addresses(program):
    return [reverse("home"), program.get_absolute_url()]


def shown(response):
    context = response.context
    return [line.value for line in context["targets" if "targets" in context else "lines"]]


@pytest.mark.parametrize("page", [0, 1])
def test_the_second_visitor_makes_no_sum(client, program, page):
    address = addresses(program)[page]
    with CaptureQueriesContext(connection) as first:
        values = [shown(client.get(address))]
    with CaptureQueriesContext(connection) as second:
        values.append(shown(client.get(address)))

    sums = [[query for query in seen if COUNTED in query["sql"]] for seen in (first, second)]
    assert [len(found) for found in sums] == [1, 0]
    assert values == [[40], [40]]


@pytest.mark.parametrize("page", [0, 1])
def test_lines_say_of_when_they_are_and_are_counted_anew_the_next_day(client, clock, program, page):
    address = addresses(program)[page]
    first = client.get(address).context["counted_at"]
    make_activity(squad=make_squad(unit=program.unit), helped=2)
    clock.shift(timedelta(seconds=30))

    soon = client.get(address)
    clock.shift(timedelta(days=1))
    later = client.get(address)

    assert (soon.context["counted_at"], shown(soon)) == (first, [40])
    assert (later.context["counted_at"], shown(later)) == (first + timedelta(days=1, seconds=30), [42])


def test_the_lines_of_one_program_are_not_those_of_another(client, program):
    other = make_program(unit=program.unit)
    make_target(unit=program.unit, program=other, value=7)

    goals = [
        [line.goal for line in client.get(one.get_absolute_url()).context["lines"]]
        for one in (program, other)
    ]

    assert goals == [[100], [7]]


def test_dashboards_of_staff_never_show_what_was_kept(client, program):
    client.get(reverse("home"))
    client.get(program.get_absolute_url())
    make_activity(squad=make_squad(unit=program.unit), helped=2)
    client.force_login(make_staff(unit=program.unit, role=Role.PROVINCE_LEADER))

    board = client.get(reverse("reports:dashboard")).context["board"]

    assert [line.value for line in board.lines] == [42]


def test_a_cache_out_of_order_only_costs_time(client, program, monkeypatch):
    def broken(*_, **__):
        raise ConnectionError("10.0.0.7")

    monkeypatch.setattr(cache, "get", broken)
    monkeypatch.setattr(cache, "set", broken)

    assert [shown(client.get(address)) for address in addresses(program)] == [[40], [40]]
