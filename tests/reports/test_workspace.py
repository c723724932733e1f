from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from members.models import RosterImport, RosterRow
from reports.queries import due_figures
from tests.factories.events import make_event, make_quota, make_registration
from tests.factories.members import make_member
from tests.factories.programs import (
    make_activity,
    make_figure,
    make_indicator,
    make_program,
    make_squad,
    make_squad_member,
    make_target,
)
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role
from units.scope import Scope

pytestmark = pytest.mark.django_db
WORKSPACE = "/ban-lam-viec/"
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel("2026-03-20T08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def commune():
    return make_unit(parent=make_unit(), name="Bình Yên")


def tasks_of(response):
    return [
        (task.title, task.why, task.deadline)
        for name in ("today_tasks", "later_tasks")
        for task in response.context[name]
    ]


def test_a_squad_leader_finds_the_squad_they_lead_first(client, commune):
    user = make_user()
    make_staff(unit=commune, role=Role.SQUAD_LEADER, user=user)
    make_squad(unit=commune, name="Đội A")
    led = make_squad(unit=commune, name="Đội B")
    make_squad(unit=commune, name="Đội đã giải thể", ended_on=date(2026, 1, 1))
    make_squad(name="Đội nơi khác")
    make_squad_member(squad=led, member=make_member(unit=commune, user=user), role="leader")
    make_activity(squad=led, done_on=date(2026, 3, 12))
    client.force_login(user)

    response = client.get(WORKSPACE)

    assert [(title, why) for title, why, _ in tasks_of(response)] == [
        ("Ghi hoạt động Đội B", "Lần gần nhất 12/03/2026"),
        ("Ghi hoạt động Đội A", "Chưa ghi hoạt động nào"),
    ]
    assert client.get(response.context["today_tasks"][0].url).status_code == 200


def test_a_doorkeeper_finds_the_sessions_of_today(client, commune):
    client.force_login(make_staff(unit=commune, role=Role.DOORKEEPER))
    now = timezone.now()
    event = make_event(host=commune, title="Lớp học số", starts_at=now + timedelta(hours=11))
    make_registration(event=event, member=make_member(unit=commune))
    make_event(host=commune, title="Ngày mai", starts_at=now + timedelta(days=1))
    make_event(host=commune, title="Đã hủy", starts_at=now + timedelta(hours=1), cancelled_at=now)
    make_event(title="Nơi khác", starts_at=now + timedelta(hours=1))

    response = client.get(WORKSPACE)

    assert tasks_of(response) == [("Điểm danh Lớp học số", "Buổi sáng, 1 người đăng ký", "19:00 – 22:30")]


def test_seats_of_the_unit_that_are_about_to_lapse_are_a_task(client, commune):
    client.force_login(make_staff(unit=commune))
    now = timezone.now()
    facts = {"starts_at": now + timedelta(days=9)}
    soon = make_event(title="Tập huấn AI", closes_at=now + timedelta(hours=6), **facts)
    quota = make_quota(event=soon, unit=commune, seats=2)
    make_registration(event=soon, member=make_member(unit=commune), quota=quota)
    later = make_event(title="Diễn đàn", closes_at=now + timedelta(days=4), **facts)
    make_quota(event=later, unit=commune, seats=1)
    full = make_event(title="Đã đủ", closes_at=now + timedelta(days=4), **facts)
    make_registration(event=full, member=make_member(), quota=make_quota(event=full, unit=commune, seats=1))
    far = make_event(title="Còn lâu", closes_at=now + timedelta(days=8), **facts)
    make_quota(event=far, unit=commune, seats=1)

    response = client.get(WORKSPACE)

    assert [task.title for task in response.context["today_tasks"]] == ["Cử 1 đại biểu dự Tập huấn AI"]
    assert tasks_of(response) == [
        ("Cử 1 đại biểu dự Tập huấn AI", "Đã cử 1/2, Đoàn xã Bình Yên", "Còn 6 giờ, hạn 14:00"),
        ("Cử 1 đại biểu dự Diễn đàn", "Đã cử 0/1, Đoàn xã Bình Yên", "Hạn 08:00 thứ Ba, 24/3"),
    ]
    [task] = response.context["today_tasks"]
    assert client.get(task.url).context["page"].event.title == "Tập huấn AI"


def test_a_deadline_within_the_hour_is_told_in_minutes(client, commune):
    client.force_login(make_staff(unit=commune))
    now = timezone.now()
    event = make_event(starts_at=now + timedelta(days=2), closes_at=now + timedelta(minutes=25))
    make_quota(event=event, unit=commune, seats=1)

    assert [task[2] for task in tasks_of(client.get(WORKSPACE))] == ["Còn 25 phút, hạn 08:25"]


def test_rosters_waiting_for_decisions_are_a_task(client, commune):
    client.force_login(make_staff(unit=commune))
    facts = {"unit": commune, "byte_count": 1, "row_count": 1}
    ready = RosterImport.objects.create(file_name="ds.xlsx", state="ready", **facts)
    RosterImport.objects.create(file_name="xong.xlsx", state="applied", **facts)
    RosterRow.objects.create(
        roster_import=ready, place=1, row_number=5, outcome=RosterRow.Outcome.NEEDS_DECISION
    )

    assert tasks_of(client.get(WORKSPACE)) == [
        ("Xem danh sách ds.xlsx", "1 dòng, 1 dòng cần quyết định", "Tải lên 20/03/2026")
    ]


def test_declared_figures_fall_due_a_week_after_the_last_one(commune):
    program = make_program(unit=commune)
    fresh, old, never, counted, over = [
        make_indicator(counter=counter, place=place)
        for place, counter in enumerate(["", "", "", "squads", ""])
    ]
    for indicator in (fresh, old, never, counted):
        make_target(unit=commune, program=program, indicator=indicator)
    make_target(
        unit=commune, program=program, indicator=over, starts_on=date(2025, 1, 1), ends_on=date(2025, 2, 1)
    )
    make_figure(indicator=fresh, unit=commune, day=date(2026, 3, 14))
    make_figure(indicator=old, unit=commune, day=date(2026, 3, 13))

    (due,) = due_figures(Scope((commune.path,)), on=TODAY)

    assert (due.indicators, due.done_count, due.due_on) == ([old, never], 1, date(2026, 1, 8))
    assert due_figures(Scope((commune.path,)), on=date(2026, 1, 7)) == []
    assert due_figures(Scope(), on=TODAY) == []


def test_the_workspace_opens_what_is_due_and_shows_the_unit_against_its_targets(client, commune):
    program = make_program(unit=commune)
    make_target(unit=commune, program=program, indicator=make_indicator(counter="", place=9))
    for place in range(3):
        make_target(unit=commune, program=program, indicator=make_indicator(place=place), value=20)
    make_activity(squad=make_squad(unit=commune), done_on=date(2026, 3, 1), helped=15)
    client.force_login(make_staff(unit=commune))

    response = client.get(WORKSPACE)
    page = response.content.decode()

    assert response.context["task_count"] == 2
    assert [(line.value, line.state) for line in response.context["lines"]] == [(15, "ok")] * 3
    assert ("Nhập 1 số còn lại" in page, "2 việc, 1 việc quá hạn" in page) == (True, True)
    assert page.count("button-main") == 1


def test_nobody_without_a_role_has_a_workspace(client):
    anonymous = client.get(WORKSPACE)
    client.force_login(make_user())

    assert (anonymous.status_code, client.get(WORKSPACE).status_code) == (302, 404)


def test_an_empty_workspace_says_so(client, commune):
    client.force_login(make_staff(unit=commune, role=Role.DOORKEEPER))

    assert "Không có việc nào chờ" in client.get(WORKSPACE).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_workspace_takes_the_same_queries_for_any_number_of_tasks(
    client, commune, count, django_assert_max_num_queries
):
    now = timezone.now()
    for _ in range(count):
        make_squad(unit=commune)
        event = make_event(
            host=commune, starts_at=now + timedelta(hours=3), closes_at=now + timedelta(hours=1)
        )
        make_quota(event=event, unit=commune)
    client.force_login(make_staff(unit=commune))

    with django_assert_max_num_queries(19):
        response = client.get(WORKSPACE)

    assert len(tasks_of(response)) == 3 * count


def test_the_workspace_offers_the_workbook_of_the_unit_to_who_keeps_its_members(client, commune):
    client.force_login(make_staff(unit=commune))
    offered = client.get(WORKSPACE).content.decode()
    client.force_login(make_staff(unit=commune, role=Role.SQUAD_LEADER))

    hidden = client.get(WORKSPACE).content.decode()

    address = f"{reverse('admin:members_member_take_book')}?unit={commune.pk}"
    assert f'href="{address}"' in offered
    assert "so-doan-vien" not in hidden
