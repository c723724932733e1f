"""Staff hear of what runs out, once each: terms of posts, and requests about data, also over Tết."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import actions
from members.models import DataRequest
from notifications.models import Message
from reports.queries.workspace import term_tasks
from tests.factories.data_rights import make_request
from tests.factories.members import make_member, make_position
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role
from units.scope import Scope

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
BEGUN = date(2021, 3, 20)
LIST = "admin:members_position_changelist"


@pytest.fixture
def province(settings):
    settings.PORTAL_REQUIRE_MFA = False
    return make_unit(name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def officer(province):
    return make_staff(unit=province, role=Role.OFFICER, user=make_user(email="tinh@example.vn"))


def moment(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 6, 30))


def told():
    return list(Message.objects.order_by("address", "pk").values_list("address", "subject"))


def make_posts(unit):
    """By title: who ends soon, who left the post empty, and who does not matter."""
    soon, past = TODAY + timedelta(days=60), TODAY - timedelta(days=1)
    for title, last in (("Bí thư", soon), ("Phó Bí thư", past), ("Ủy viên", soon + timedelta(days=1))):
        make_position(unit=unit, title=title, starts_on=BEGUN, ends_on=last)
    make_position(unit=unit, title="Thủ quỹ", starts_on=BEGUN, ends_on=past)
    make_position(unit=unit, title="thủ quỹ", starts_on=TODAY)
    make_position(unit=unit, title="Từ lâu", starts_on=BEGUN, ends_on=TODAY - timedelta(days=366))
    make_position(unit=unit, title="Vẫn giữ")


@time_machine.travel("2026-03-20T08:00:00+07:00", tick=False)
def test_the_list_of_officers_is_filtered_by_term_title_and_unit_and_exported(province, commune):
    make_posts(commune)
    make_position(unit=make_unit(parent=province, name="Văn Lăng"), title="Bí thư")
    client = Client()
    client.force_login(make_staff(unit=commune))

    def titles(**query):
        rows = client.get(reverse(LIST), query).context["cl"].result_list
        return [post.title for post in rows]

    file = client.get(reverse("admin:members_position_export"), {"dang": "csv", "nhiem-ky": "sap-het"})

    assert titles() == ["Bí thư", "Vẫn giữ", "thủ quỹ", "Ủy viên"]
    assert titles(**{"nhiem-ky": "sap-het"}) == ["Bí thư"]
    assert titles(**{"nhiem-ky": "chua-co-nguoi-moi"}) == ["Phó Bí thư"]
    assert titles(**{"nhiem-ky": "da-het"}) == ["Phó Bí thư", "Thủ quỹ", "Từ lâu"]
    assert titles(**{"chuc-danh": "Vẫn giữ"}) == ["Vẫn giữ"]
    assert [line.split(",")[1] for line in file.content.decode().splitlines()[1:]] == ["Bí thư"]


@time_machine.travel("2026-03-20T08:00:00+07:00", tick=False)
def test_the_workspace_names_the_posts_and_leads_to_exactly_them(
    province, commune, django_assert_num_queries
):
    make_posts(commune)
    make_position(unit=make_unit(parent=province, valid_to=TODAY), title="Cũ", ends_on=TODAY)

    with django_assert_num_queries(1):
        tasks = term_tasks(Scope.of([province.path]), on=TODAY)

    assert [(task.title, task.why, task.deadline, task.state) for task in tasks] == [
        (
            "Ghi người mới cho 1 chức vụ",
            "Phó Bí thư, Đoàn xã Bình Yên",
            "Đã hết nhiệm kỳ sớm nhất 19/03/2026",
            "overdue",
        ),
        (
            "1 chức vụ sắp hết nhiệm kỳ",
            "Bí thư, Đoàn xã Bình Yên",
            "Hết nhiệm kỳ sớm nhất 19/05/2026",
            "soon",
        ),
    ]
    client = Client()
    client.force_login(make_staff(unit=commune))
    rows = [client.get(task.url).context["cl"].result_list for task in tasks]
    assert [[post.title for post in found] for found in rows] == [["Phó Bí thư"], ["Bí thư"]]


def test_the_unit_and_the_one_above_hear_of_each_term_once_and_no_person_is_named(commune, officer):
    make_staff(unit=commune, user=make_user(email="xa@example.vn"))
    post = make_position(
        unit=commune,
        member=make_member(unit=commune, full_name="Ma Thị Đào"),
        title="Bí thư",
        starts_on=BEGUN,
        ends_on=TODAY + timedelta(days=60),
    )
    ending, ended = (
        "Sắp hết nhiệm kỳ: Bí thư, Đoàn xã Bình Yên",
        ("Đã hết nhiệm kỳ, chưa có người mới: Bí thư, Đoàn xã Bình Yên"),
    )

    counts = []
    for day in (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1), post.ends_on):
        with time_machine.travel(moment(day), tick=False):
            counts.append(actions.announce_terms(at=moment(day)))
    first = told()
    after = moment(post.ends_on + timedelta(days=1))
    with time_machine.travel(after, tick=False):
        counts += [actions.announce_terms(at=after) for _ in range(2)]

    assert counts == [0, 2, 0, 0, 2, 0]
    assert first == [("tinh@example.vn", ending), ("xa@example.vn", ending)]
    assert [subject for _, subject in told()] == [ending, ended, ending, ended]
    assert not Message.objects.filter(body__contains="Đào").exists()


def test_a_successor_noted_in_time_keeps_it_quiet_and_a_new_term_is_told_anew(commune, officer):
    post = make_position(unit=commune, starts_on=BEGUN, ends_on=TODAY + timedelta(days=30))
    at = moment(TODAY)
    with time_machine.travel(at, tick=False):
        first = actions.announce_terms(at=at)
        type(post).objects.filter(pk=post.pk).update(ends_on=TODAY + timedelta(days=40))
        put_off = actions.announce_terms(at=at)
        make_position(unit=commune, starts_on=TODAY + timedelta(days=41))
        followed = actions.announce_terms(at=moment(TODAY + timedelta(days=41)))

    assert (first, put_off, followed) == (1, 1, 0)


def days_told(request, first, last):
    """The days between on which the mornings' run promises something, with what."""
    found, day = [], first
    while day <= last:
        with time_machine.travel(moment(day), tick=False):
            if actions.remind_of_requests(at=moment(day)):
                found.append((day, Message.objects.latest("pk").subject.partition(":")[0]))
            assert actions.remind_of_requests(at=moment(day)) == 0
        day += timedelta(days=1)
    return found


def test_over_tet_an_answer_is_called_for_two_working_days_before_its_term_and_the_day_after_it(
    commune, officer
):
    member = make_member(unit=commune, full_name="Ma Thị Đào")
    with time_machine.travel("2026-02-13T09:00:00+07:00", tick=False):  # the last Friday before Tết
        asked = make_request(member=member)

    found = days_told(asked, date(2026, 2, 14), date(2026, 3, 1))

    assert asked.answer_due_on == date(2026, 2, 24)
    assert found == [(date(2026, 2, 14), "Sắp đến hạn"), (date(2026, 2, 25), "Quá hạn")]
    assert not Message.objects.filter(subject__contains="Đào").exists()
    assert set(Message.objects.filter(key__startswith="data-request-near").values_list("address")) == {
        ("tinh@example.vn",)
    }


def test_over_tet_the_carrying_out_is_called_for_while_offices_are_still_open(commune, officer):
    member = make_member(unit=commune)
    with time_machine.travel("2026-02-05T09:00:00+07:00", tick=False):
        asked = make_request(member=member, kind=DataRequest.Kind.RESTRICT)
        asked = actions.accept_request(asked=asked, answer="Sẽ làm.", by=officer)

    found = days_told(asked, date(2026, 2, 6), date(2026, 2, 28))

    assert asked.due_on == date(2026, 2, 20)
    assert found == [(date(2026, 2, 12), "Sắp đến hạn"), (date(2026, 2, 21), "Quá hạn")]


def test_who_answers_in_time_hears_nothing_more(commune, officer):
    with time_machine.travel("2026-03-02T09:00:00+07:00", tick=False):
        asked = make_request(member=make_member(unit=commune))
        actions.refuse_request(asked=asked, answer="Không có dữ liệu này.", by=officer)

    assert days_told(asked, date(2026, 3, 3), date(2026, 3, 31)) == []
