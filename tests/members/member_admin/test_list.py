"""The list of members: whom it holds, how it is searched and narrowed."""

from datetime import date

import pytest
import time_machine

from tests.factories.members import make_member
from tests.factories.units import make_unit, make_user
from tests.members.member_admin.desk import address, cells_of, filled, listed, sign_in
from units.roles import Role

pytestmark = pytest.mark.django_db


def test_the_list_stops_at_the_edge_of_the_scope_and_goes_by_given_name(client, staff, commune):
    for name in ("Vũ Thị Hà", "Nguyễn Văn An", "Lê Văn Ân", "Trần Thị Ánh"):
        make_member(unit=make_unit(parent=commune), full_name=name)
    make_member(full_name="Người Xã Khác")

    assert listed(client) == ["Nguyễn Văn An", "Trần Thị Ánh", "Lê Văn Ân", "Vũ Thị Hà"]


@pytest.mark.parametrize("page", ["change", "history", "release"])
def test_the_pages_of_a_foreign_record_do_not_exist(client, staff, page):
    foreign = make_member(full_name="Người Xã Khác", user=make_user())

    response = client.get(address(page, foreign.pk))

    assert response.status_code in (302, 403, 404)
    assert "Người Xã Khác" not in response.content.decode()


def test_a_foreign_record_cannot_be_posted_to(client, staff, commune):
    foreign = make_member(full_name="Người Xã Khác")

    client.post(address("change", foreign.pk), filled(foreign, full_name="Chiếm", unit=commune.pk))

    foreign.refresh_from_db()
    assert foreign.full_name == "Người Xã Khác"


def test_a_row_says_what_is_known_and_what_is_to_be_completed(client, province, commune):
    sign_in(client, province, Role.OFFICER)
    make_member(
        unit=commune, full_name="Nông Văn Bách", born_on=date(2005, 1, 1), born_precision="year",
        phone="+84976508112", branch_name="Xóm Khuôn Tát", position="Đoàn viên",
    )  # fmt: skip
    make_member(
        unit=make_unit(parent=commune, kind="branch", name="Chi đoàn xóm 3"), full_name="Nguyễn Văn Đức",
        born_on=date(2003, 12, 1), born_precision="month", position="Bí thư",
    )  # fmt: skip

    seen = cells_of(client.get(address("changelist")))

    first = ["Nông Văn Bách", "2005", "Xã Bình Yên", "Xóm Khuôn Tát", "Đoàn viên", "0976 508 112"]
    assert seen == [
        [*first, "Đang sinh hoạt"],
        [
            "Nguyễn Văn Đức",
            "12/2003",
            "Chi đoàn xóm 3",
            "Chi đoàn xóm 3",
            "Bí thư",
            "–",
            "Cần bổ sung",
        ],
    ]


def test_in_one_commune_the_column_of_units_is_left_out(client, staff, commune):
    make_member(unit=commune, full_name="Nông Văn Bách", status="away")

    seen = cells_of(client.get(address("changelist")))

    assert seen == [["Nông Văn Bách", "–", "", "Đoàn viên", "–", "Đi làm ăn xa"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("huong", ["Nguyễn Thị Hương", "Nguyễn Văn Hường"]),
        ("Hường", ["Nguyễn Văn Hường", "Nguyễn Thị Hương"]),
        ("HUONG nguyen van", ["Nguyễn Văn Hường"]),
        ("dang", ["Đặng Văn Ước"]),
        ("nvh", ["Nguyễn Văn Hường"]),
        ("0345", ["Đặng Văn Ước"]),
        ("0912 340 345", ["Đặng Văn Ước"]),
        ("+84912340345", ["Đặng Văn Ước"]),
        ("dvkiem", ["Đặng Văn Ước"]),
        ("345", []),
        ("không ai", []),
    ],
)
def test_people_are_found_by_what_one_remembers(client, staff, commune, query, found):
    for name in ("Nguyễn Văn Hường", "Nguyễn Thị Hương"):
        make_member(unit=commune, full_name=name)
    make_member(unit=commune, full_name="Đặng Văn Ước", phone="+84912340345", code="DVKIEMTRA2")
    make_member(full_name="Đặng Thị Hường", phone="+84912340345")

    assert listed(client, q=query) == found


def test_the_list_narrows_to_a_unit_with_what_lies_below_it(client, province):
    sign_in(client, province, Role.OFFICER)
    commune = make_unit(parent=province)
    make_member(unit=make_unit(parent=commune, kind="branch"), full_name="Ma Văn Dũng", branch_name="Xóm 1")
    make_member(unit=commune, full_name="Ma Văn Bình", branch_name="Xóm 2")
    make_member(unit=make_unit(parent=province), full_name="Người Xã Khác")

    assert listed(client, unit__id__exact=commune.pk) == ["Ma Văn Bình", "Ma Văn Dũng"]
    assert listed(client, **{"unit__id__exact": commune.pk, "chi-doan": "Xóm 1"}) == ["Ma Văn Dũng"]


def test_nobody_narrows_to_a_unit_outside_the_scope(client, staff):
    foreign = make_member(full_name="Người Xã Khác")

    assert listed(client, unit__id__exact=foreign.unit_id) == []


@time_machine.travel("2026-11-22 08:00+07:00", tick=False)
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"tuoi": "duoi-16"}, ["Ma Thị An"]),
        ({"tuoi": "16-30"}, ["Ma Thị Bình"]),
        ({"tuoi": "tren-30"}, ["Ma Thị Cúc"]),
        ({"status__exact": "away"}, ["Ma Thị Cúc"]),
        ({"sector__exact": "pupil"}, ["Ma Thị An"]),
        ({"sex__exact": "male"}, ["Ma Thị Bình"]),
        ({"thieu": "dien-thoai"}, ["Ma Thị Bình", "Ma Thị Cúc"]),
    ],
)
def test_the_list_narrows_by_facts(client, staff, commune, query, found):
    facts = {"born_precision": "year", "unit": commune}
    make_member(
        full_name="Ma Thị An", born_on=date(2011, 1, 1), sector="pupil", phone="+84912345678", **facts
    )
    make_member(full_name="Ma Thị Bình", born_on=date(2010, 1, 1), sex="male", **facts)
    make_member(full_name="Ma Thị Cúc", born_on=date(1995, 1, 1), status="away", **facts)

    assert listed(client, **query) == found


def test_the_list_is_not_counted_and_costs_the_same_for_one_row_and_three(
    client, staff, commune, django_assert_num_queries
):
    make_member(unit=commune)
    client.get(address("changelist"))
    with django_assert_num_queries(8) as asked:
        client.get(address("changelist"))
    for _ in range(2):
        make_member(unit=make_unit(parent=commune))

    with django_assert_num_queries(8):
        client.get(address("changelist"))

    assert [query["sql"] for query in asked if 'COUNT(*) AS "__count" FROM "members' in query["sql"]] == []


def test_a_leader_reads_and_changes_nothing(client, province, commune):
    sign_in(client, province, Role.PROVINCE_LEADER)
    member = make_member(unit=commune, full_name="Ma Thị Đào", ethnic_group="Tày")

    seen = client.get(address("change", member.pk))
    refused = client.post(address("change", member.pk), filled(member, full_name="Khác"))
    added = client.get(address("add"))

    assert (seen.status_code, refused.status_code, added.status_code) == (200, 403, 403)
    assert "Tày" not in seen.content.decode()
