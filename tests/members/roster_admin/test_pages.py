"""The page of one import in each of its states."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import RosterImport
from tests.factories.imports import make_import
from tests.factories.members import make_member
from tests.factories.units import make_unit
from tests.members.roster_admin.desk import (
    BICH,
    PHONG,
    State,
    address,
)
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.WAITING, "đang chờ đến lượt đọc"),
        (State.READING, "Đang đọc và so với hồ sơ đang có"),
        (State.READY, "Áp dụng 1 dòng"),
        (State.FAILED, "Không mở được file này."),
        (State.APPLYING, "Đang ghi từng đợt"),
        (State.APPLIED, "Đã thêm 0 đoàn viên"),
        (State.UNDOING, "Đang lấy lại từng dòng"),
        (State.UNDONE, "Đã hoàn tác 0 dòng"),
        (State.CANCELLED, "Lần nhập này đã hủy"),
    ],
)
def test_each_state_has_its_page(client, commune, secretary, state, words):
    roster_import = make_import(PHONG, unit=commune)
    RosterImport.objects.filter(pk=roster_import.pk).update(
        state=state,
        failure="Không mở được file này." if state == State.FAILED else "",
        lease_until=timezone.now() if state in RosterImport.WORK_STATES else None,
    )

    response = client.get(address("change", roster_import))

    assert words in response.text


def test_work_in_hand_shows_how_far_it_is_and_needs_no_scripts(client, commune, secretary):
    roster_import = make_import(PHONG, unit=commune)
    RosterImport.objects.filter(pk=roster_import.pk).update(
        state=State.APPLYING, done_count=1500, goal_count=4000, lease_until=timezone.now()
    )

    response = client.get(address("change", roster_import))

    assert (
        '<progress class="roster-progress" aria-label="Đang áp dụng" value="1500" max="4000">'
        in response.text
    )
    assert f'<noscript><a class="roster-button" href="{address("change", roster_import)}">' in response.text
    assert "1.500" in response.text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.WAITING, "đang chờ đến lượt đọc"),
        (State.APPLYING, "Lệnh áp dụng đã được ghi nhận và đang chờ đến lượt"),
        (State.UNDOING, "Lệnh hoàn tác đã được ghi nhận và đang chờ đến lượt"),
    ],
)
def test_work_that_nobody_has_begun_is_waiting_calmly(client, commune, secretary, state, words):
    roster_import = make_import(PHONG, unit=commune)
    RosterImport.objects.filter(pk=roster_import.pk).update(state=state, lease_until=None, goal_count=1)

    assert words in client.get(address("change", roster_import)).text


def test_an_address_that_is_no_number_is_404(client, secretary):
    assert client.get("/quan-tri/members/rosterimport/abc/change/").status_code == 404


def test_the_preview_never_shows_a_whole_citizen_number(client, commune, secretary):
    numbers = ["019205001234", "19205001235", "019205001236"]
    people = [
        PHONG | {"citizen": numbers[0]},
        BICH | {"citizen": numbers[1]},
        {"name": "Lý Thị Xuân", "born": "2003", "sex": "Nam", "phone": numbers[2]},
    ]
    make_member(unit=commune, full_name="Hà Văn Phong", citizen_id_last4="9999")
    roster_import = make_import(*people, unit=commune)

    page = client.get(address("change", roster_import)).text

    assert "••••••••1235" in page
    assert [number for number in numbers if number in page or number[-11:] in page] == []


def test_the_page_asks_the_same_number_of_queries_for_more_rows(client, commune, secretary):
    one = make_import(BICH, unit=commune)
    many = [
        BICH | {"name": f"BÙI THỊ {word}", "phone": f"98765432{n}"}
        for n, word in enumerate(("AN", "BA", "CÚC"))
    ]
    three = make_import(*many, unit=commune)
    client.get(address("change", one))

    counts = []
    for roster_import in (one, three):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address("change", roster_import))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_questions_cost_the_same_however_many_there_are(client, province, officer):
    for name in ("Văn Lang", "Văn Lăng", "Bình Yên"):
        make_unit(parent=province, name=name)
    home = Unit.objects.get(name="Bình Yên")
    people = [
        PHONG | {"name": name, "phone": "", "unit": "Bình Yên"}
        for name in ("Lò Văn An", "Lò Văn Ba", "Lò Văn Cư")
    ]
    for person in people:
        make_member(unit=home, full_name=person["name"], born_on="2005-01-01", born_precision="year")
    one = make_import(people[0], {**BICH, "unit": "Văn Lang"}, unit=province)
    three = make_import(*people, {**BICH, "unit": "VAN LANG"}, unit=province)
    client.get(address("change", one))

    counts = []
    for roster_import in (one, three):
        with CaptureQueriesContext(connection) as queries:
            client.get(address("change", roster_import))
        counts.append(len(queries))

    assert counts[1] <= counts[0] + 5  # the unit question's own, once
