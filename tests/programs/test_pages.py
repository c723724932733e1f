"""The pages of clubs and squads, and the forms a squad leader or a secretary fills in."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse

from core.models import AuditEntry
from members.models import Consent
from programs.models import Figure, SquadActivity
from tests.factories.members import make_member
from tests.factories.programs import (
    make_activity,
    make_club,
    make_club_member,
    make_figure,
    make_indicator,
    make_program,
    make_service,
    make_squad,
    make_squad_member,
    make_target,
)
from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel("2026-03-20T12:00:00+07:00", tick=False):
        yield


@pytest.fixture
def squad():
    return make_squad(unit=make_unit(parent=make_unit(), name="Bình Yên"))


@pytest.fixture
def leader(client, squad):
    user = make_staff(unit=squad.unit, role=Role.SQUAD_LEADER)
    client.force_login(user)
    return user


def filled(**changes):
    facts = {
        "form_id": str(uuid4()),
        "done_on": "19/03/2026",
        "title": "Hướng dẫn dịch vụ công",
        "place": "Nhà văn hóa xóm 3",
        "volunteer_count": "6",
    }
    return facts | changes


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_squad_s_page_lists_what_it_did_and_who_is_in_it(client, leader, squad):
    make_squad_member(squad=squad, member=make_member(full_name="Lường Văn Tùng"), role="leader")
    make_activity(squad=squad, done_on=date(2026, 3, 1), helped=12, title="Hỗ trợ")
    make_activity(squad=squad, title="Ghi nhầm", withdrawn_at="2026-03-02T00:00Z", withdraw_reason="Trùng")

    page = client.get(squad.get_absolute_url()).content.decode()

    assert "Hỗ\u00a0trợ</a>" in page
    assert "<strong>12</strong> lượt hỗ trợ" in page
    assert "Đã rút lại: Trùng" in page
    assert "Lường Văn Tùng" in page
    assert reverse("programs:activity-create", args=[squad.pk]) in page


@pytest.mark.parametrize("count", [1, 5])
def test_the_squad_s_page_asks_the_same_few_questions(
    client, leader, squad, django_assert_max_num_queries, count
):
    for _ in range(count):
        make_activity(squad=squad, helped=3)
        make_squad_member(squad=squad)

    with django_assert_max_num_queries(11):
        client.get(squad.get_absolute_url())


def test_an_outing_is_written_down_with_its_counts(client, leader, squad):
    service, other = make_service(name="VNeID"), make_service()
    counts = {
        f"luot-{service.pk}-citizens": "14",
        f"luot-{service.pk}-elderly": "5",
        f"luot-{other.pk}-youth": "",
    }

    response = client.post(reverse("programs:activity-create", args=[squad.pk]), filled(**counts))

    assert response.url == squad.get_absolute_url()
    activity = squad.activities.get()
    assert (activity.done_on, activity.volunteer_count, activity.logged_by) == (date(2026, 3, 19), 6, leader)
    assert set(activity.tallies.values_list("service__name", "audience", "helped_count")) == {
        ("VNeID", "citizens", 14),
        ("VNeID", "elderly", 5),
    }
    assert AuditEntry.objects.filter(verb="activity.logged").count() == 1


def test_the_same_form_sent_twice_is_one_outing(client, leader, squad):
    service = make_service()
    data = filled(**{f"luot-{service.pk}-citizens": "14"})
    address = reverse("programs:activity-create", args=[squad.pk])

    first, second = client.post(address, data), client.post(address, data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert squad.activities.count() == 1
    assert squad.activities.get().tallies.get().helped_count == 14


def test_every_opening_of_the_form_is_a_form_of_its_own(client, leader, squad):
    address = reverse("programs:activity-create", args=[squad.pk])

    ids = {str(client.get(address).context["form"]["form_id"].value()) for _ in range(2)}

    assert len(ids) == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Chưa ghi nội dung hoạt động."),
        ({"done_on": ""}, "Chưa ghi ngày hoạt động."),
        ({"done_on": "21/03/2026"}, "Ngày hoạt động không được ở tương lai."),
        ({"volunteer_count": "0"}, "Số đoàn viên tham gia ít nhất là 1."),
        ({"volunteer_count": "sáu"}, "Số đoàn viên tham gia phải là số."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, leader, squad, changes, sentence):
    data = filled(**changes)

    response = client.post(reverse("programs:activity-create", args=[squad.pk]), data)

    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert data["place"] in page
    assert data["form_id"] in page
    assert squad.activities.count() == 0


def test_an_outing_is_mended_and_taken_back(client, leader, squad):
    service = make_service()
    activity = make_activity(squad=squad, helped=5, service=service)
    data = filled(title="Đúng tên", **{f"luot-{service.pk}-citizens": "8"})

    shown = client.get(reverse("programs:activity-edit", args=[activity.pk]))
    mended = client.post(reverse("programs:activity-edit", args=[activity.pk]), data)
    nameless = client.post(reverse("programs:activity-withdraw", args=[activity.pk]), {"reason": " "})
    taken_back = client.post(reverse("programs:activity-withdraw", args=[activity.pk]), {"reason": "Trùng"})

    assert shown.context["form"][f"luot-{service.pk}-citizens"].value() == 5
    assert (mended.status_code, nameless.url) == (302, reverse("programs:activity-edit", args=[activity.pk]))
    activity.refresh_from_db()
    assert (activity.title, activity.tallies.get().helped_count, activity.withdraw_reason) == (
        "Đúng tên",
        8,
        "Trùng",
    )
    assert "Đã rút lại" in said(taken_back)[-1]


def test_squads_and_outings_of_others_do_not_exist(client, leader):
    other = make_squad()
    activity = make_activity(squad=other)
    addresses = [
        other.get_absolute_url(),
        reverse("programs:activity-create", args=[other.pk]),
        reverse("programs:activity-edit", args=[activity.pk]),
    ]

    answers = [client.get(address).status_code for address in addresses]
    posted = [client.post(address, filled()).status_code for address in addresses[1:]]
    withdrawn = client.post(reverse("programs:activity-withdraw", args=[activity.pk]), {"reason": "x"})

    assert (answers, posted, withdrawn.status_code) == ([404] * 3, [404] * 2, 404)
    assert SquadActivity.objects.standing().get() == activity


def test_withdrawing_happens_on_post_only(client, leader, squad):
    activity = make_activity(squad=squad)

    assert client.get(reverse("programs:activity-withdraw", args=[activity.pk])).status_code == 405


def test_a_club_shows_sectors_as_counts_and_names_only_of_those_who_agreed(client):
    club = make_club()
    agreed = make_club_member(club=club, member=make_member(full_name="Hứa Mạnh Chung"), sector="student")
    make_club_member(club=club, member=make_member(full_name="Lý Thị Hường"), sector="student")
    Consent.objects.create(
        member=agreed.member,
        purpose=Consent.Purpose.PUBLICITY,
        text_version="1",
        channel="web",
        given_at="2026-01-01T00:00Z",
    )

    page = client.get(club.get_absolute_url()).content.decode()

    assert "Hứa Mạnh Chung" in page
    assert "Lý Thị Hường" not in page
    assert "2</strong> người" in page


def test_a_club_that_is_not_public_does_not_exist(client):
    assert client.get(make_club(is_published=False).get_absolute_url()).status_code == 404


@pytest.fixture
def asked():
    """A commune that declares one indicator itself."""
    commune = make_unit(parent=make_unit(), name="Bình Yên")
    indicator = make_indicator(counter="", name="Lớp học số", measure="lớp")
    make_target(unit=commune, indicator=indicator, program=make_program(unit=commune))
    return commune, indicator


def test_a_secretary_sends_the_figures_the_portal_cannot_count(client, asked):
    commune, indicator = asked
    user = make_staff(unit=commune)
    client.force_login(user)
    address = reverse("programs:figure-create", args=[commune.code])
    data = {"day": "2026-03-20", f"so-{indicator.pk}": "3", "note": "Ba lớp ở xóm 1, 2, 3"}

    first = client.post(address, data)
    again = client.post(address, data | {f"so-{indicator.pk}": "4"})

    assert (first.url, again.url) == (reverse("reports:workspace"),) * 2
    figure = Figure.objects.get()
    assert (figure.unit, figure.value, figure.declared_by) == (commune, 4, user)


def test_blank_figures_are_not_noughts(client, asked):
    commune, indicator = asked
    make_figure(indicator=indicator, unit=commune, value=1200)
    client.force_login(make_staff(unit=commune))
    address = reverse("programs:figure-create", args=[commune.code])

    shown = client.get(address).content.decode()
    empty = client.post(address, {"day": "2026-03-20", f"so-{indicator.pk}": "", "note": ""})

    assert "Lần trước: 1.200" in shown
    assert "Chưa nhập số liệu nào." in empty.content.decode()
    assert Figure.objects.count() == 1


def test_figures_of_other_units_are_not_ours_to_send(client, asked):
    commune, _ = asked
    client.force_login(make_staff(unit=make_unit(parent=make_unit())))

    assert client.get(reverse("programs:figure-create", args=[commune.code])).status_code == 404
