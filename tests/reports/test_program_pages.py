from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.factories.events import make_event
from tests.factories.programs import (
    make_activity,
    make_campaign,
    make_club,
    make_indicator,
    make_program,
    make_squad,
    make_target,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel("2026-03-20T08:00:00+07:00", tick=False):
        yield


def test_the_list_shows_published_programs_only(client):
    shown = make_program()
    make_program(is_published=False)

    response = client.get("/chuong-trinh/")

    assert list(response.context["programs"]) == [shown]


def test_an_empty_list_says_so(client):
    assert "Chưa có chương trình nào" in client.get("/chuong-trinh/").content.decode()


def test_a_program_shows_its_targets_campaigns_trainings_and_forces(client):
    program = make_program(name="Bình dân học vụ số")
    campaign = make_campaign(program=program)
    make_campaign(program=program, name="Đã qua", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31))
    squad = make_squad(unit=program.unit, program=program)
    make_squad(unit=program.unit)
    make_activity(squad=squad, done_on=date(2026, 3, 1), helped=40)
    make_target(unit=program.unit, program=program, indicator=make_indicator(name="Lượt hỗ trợ"))
    make_target(unit=make_program().unit, program=program)
    event = make_event(program=program)
    make_event()
    closed = timezone.now() - timedelta(hours=1)
    make_event(program=program, closes_at=closed)
    club = make_club(program=program)
    make_club(program=program, is_published=False)

    response = client.get(program.get_absolute_url())

    context = response.context
    assert [(line.name, line.value, line.period_name) for line in context["lines"]] == [
        ("Lượt hỗ trợ", 40, "01/01/2026 – 31/12/2026")
    ]
    assert list(context["campaigns"]) == [campaign]
    assert [row.event for row in context["events"]] == [event]
    assert (list(context["clubs"]), context["squad_count"]) == ([club], 1)
    assert "/bang-dieu-hanh/" not in response.content.decode()


def test_a_program_that_is_not_published_does_not_exist(client):
    program = make_program(is_published=False)

    assert client.get(program.get_absolute_url()).status_code == 404
