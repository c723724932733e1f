import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from openpyxl import load_workbook

from core.models import AuditEntry
from members.actions import update_member
from members.models import Affiliation, Claim, Member, Position, Provenance, RosterImport, RosterRow
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def staff(client, commune):
    return sign_in(client, commune)


def sign_in(client, unit, role=Role.SECRETARY):
    user = make_staff(unit=unit, role=role)
    client.force_login(user)
    return user


def read_only_of_sensitive(client, commune):
    """A desk role elsewhere opens the admin; in the commune the person edits, but sees nothing sensitive."""
    user = make_staff(unit=commune, role=Role.BRANCH_SECRETARY)
    make_staff(unit=make_unit(), role=Role.SECRETARY, user=user)
    client.force_login(user)
    return user


def address(name, *args):
    return reverse(f"admin:members_member_{name}", args=args)


def listed(client, **query):
    response = client.get(address("changelist"), query)
    assert response.status_code == 200
    return [member.full_name for member in response.context["cl"].result_list]


def filled(member=None, **changes):
    """The record's form as a browser sends it, with some facts changed."""
    data = {
        "full_name": member.full_name if member else "Ma Thị Đào",
        "unit": member.unit_id if member else "",
        "status": "active",
        "positions-TOTAL_FORMS": 0,
        "positions-INITIAL_FORMS": 0,
        "affiliations-TOTAL_FORMS": 0,
        "affiliations-INITIAL_FORMS": 0,
    }
    if member:
        same = ("sex", "branch_name", "position", "sector", "phone", "phone_other", "email")
        data |= {name: getattr(member, name) for name in same}
        data |= {"born": str(member.born or ""), "joined": str(member.joined or "")}
        data |= {"ethnic_group": member.ethnic_group, "religion": member.religion}
    return data | changes


def errors_of(response):
    assert response.status_code == 200
    return {name: list(said) for name, said in response.context["adminform"].form.errors.items()}


def sheet_of(response):
    return list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))


# --- the list ------------------------------------------------------------------------------------------


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


def cells_of(response):
    """The words of each row of the list, cell by cell."""
    rows = re.findall(r'<tr class="[^"]*data-row.*?</tr>', response.content.decode(), re.DOTALL)
    cells = [re.findall(r"<(t[hd])[^>]*data-label[^>]*>(.*?)</\1>", row, re.DOTALL) for row in rows]
    return [[" ".join(strip_tags(html).split()) for _, html in row] for row in cells]


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
    with django_assert_num_queries(9) as asked:
        client.get(address("changelist"))
    for _ in range(2):
        make_member(unit=make_unit(parent=commune))

    with django_assert_num_queries(9):
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


# --- sensitive facts -----------------------------------------------------------------------------------


def test_sensitive_facts_are_on_the_record_of_those_who_may_see_them_and_leave_a_trace(
    client, staff, commune
):
    member = make_member(unit=commune, ethnic_group="Sán Dìu", religion="Phật giáo", citizen_id_last4="6789")

    page = client.get(address("change", member.pk)).content.decode()

    assert "••••••••6789" in page
    assert '<option value="Sán Dìu" selected>' in page
    assert list(AuditEntry.objects.values_list("verb", "by", "target_id")) == [
        ("sensitive.seen", staff.pk, str(member.pk))
    ]


def test_sensitive_facts_are_neither_shown_nor_taken_from_others(client, commune):
    read_only_of_sensitive(client, commune)
    member = make_member(unit=commune, ethnic_group="Sán Dìu", religion="Phật giáo", citizen_id_last4="6789")

    page = client.get(address("change", member.pk)).content.decode()
    response = client.post(
        address("change", member.pk), filled(member, ethnic_group="Kinh", position="Bí thư chi đoàn")
    )

    member.refresh_from_db()
    assert [word for word in ("Sán Dìu", "Phật giáo", "6789", "Dân tộc") if word in page] == []
    assert response.status_code == 302
    assert (member.ethnic_group, member.position) == ("Sán Dìu", "Bí thư chi đoàn")
    assert not AuditEntry.objects.filter(verb="sensitive.seen").exists()


@pytest.mark.parametrize(
    "lookup", ["ethnic_group", "religion__contains", "citizen_id_hash", "citizen_id_last4"]
)
def test_an_address_cannot_sort_people_by_sensitive_facts(client, staff, commune, lookup):
    make_member(unit=commune, ethnic_group="Tày")

    response = client.get(address("changelist"), {lookup: "Tày"})

    assert response.status_code == 400


def test_the_history_hides_sensitive_changes_from_those_who_may_not_see_them(client, commune):
    member = make_member(unit=commune, full_name="Ma Thị Đào", religion="Tin lành")
    facts = {"religion": "Cao Đài", "position": "Bí thư chi đoàn"}
    update_member(member=member, facts=facts, by=make_user(full_name="Trần Văn Khoa"))

    read_only_of_sensitive(client, commune)
    hidden = client.get(address("history", member.pk)).content.decode()
    reader = sign_in(client, commune)
    shown = client.get(address("history", member.pk)).content.decode()

    words = ["Chức vụ", "Bí thư chi đoàn", "Trần Văn Khoa"]
    assert [word for word in words if word not in hidden or word not in shown] == []
    assert [word for word in ("Tin lành", "Cao Đài") if word in hidden or word not in shown] == []
    assert list(AuditEntry.objects.filter(verb="sensitive.seen").values_list("by", flat=True)) == [reader.pk]


def test_an_earlier_version_is_read_and_never_brought_back(client, staff, commune):
    member = make_member(unit=commune, full_name="Ma Thị Dao")
    update_member(member=member, facts={"full_name": "Ma Thị Đào"}, by=staff)
    page = reverse("admin:members_member_simple_history", args=[member.pk, member.history.earliest().pk])

    read = client.get(page)
    posted = client.post(page, filled(member))

    member.refresh_from_db()
    assert (read.status_code, posted.status_code) == (200, 404)
    assert member.full_name == "Ma Thị Đào"


# --- Excel ---------------------------------------------------------------------------------------------


def test_the_export_holds_what_is_filtered_with_sensitive_columns_and_a_trace(client, staff, commune):
    make_member(
        unit=commune, full_name="Nguyễn Thị Hường", code="DV22", born_on=date(2005, 9, 1), sex="female",
        born_precision="month", branch_name="Xóm 3", phone="+84912345678", ethnic_group="Tày",
        religion="Không", citizen_id_last4="6789",
    )  # fmt: skip
    make_member(unit=commune, full_name="Ma Văn Đại")
    make_member(full_name="Trần Thị Hường")

    response = client.get(address("export"), {"q": "huong"})

    assert sheet_of(response) == [
        (
            "Mã đoàn viên", "Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị", "Chi đoàn", "Chức vụ",
            "Số điện thoại", "Số điện thoại khác", "Email", "Khối đối tượng", "Ngày vào Đoàn", "Trạng thái",
            "Dân tộc", "Tôn giáo", "Bốn số cuối căn cước",
        ),
        (
            "DV22", "Nguyễn Thị Hường", "9/2005", "Nữ", "Đoàn xã Bình Yên", "Xóm 3", None, "0912 345 678",
            None, None, None, None, "Đang sinh hoạt", "Tày", "Không", "6789",
        ),
    ]  # fmt: skip
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "by", "detail")) == [
        ("sensitive.exported", staff.pk, {"filters": "q=huong"}),
        ("list.exported", staff.pk, {"list": "members.member", "filters": "q=huong"}),
    ]


def test_the_export_of_a_leader_has_no_sensitive_columns(client, province, commune):
    sign_in(client, province, Role.PROVINCE_LEADER)
    make_member(unit=commune, full_name="Ma Thị Đào", ethnic_group="Tày")

    [headers, row] = sheet_of(client.get(address("export")))

    assert headers[-1] == "Trạng thái"
    assert "Tày" not in row
    assert not AuditEntry.objects.filter(verb="sensitive.exported").exists()


def test_the_export_is_blank_where_the_person_may_not_see(client, commune):
    user = read_only_of_sensitive(client, commune)
    theirs = user.role_assignments.get(role=Role.SECRETARY).unit
    make_member(unit=commune, full_name="Ma Thị An", ethnic_group="Tày")
    make_member(unit=theirs, full_name="Ma Thị Bình", ethnic_group="Nùng")

    rows = sheet_of(client.get(address("export")))

    assert [(row[1], row[13]) for row in rows[1:]] == [("Ma Thị An", None), ("Ma Thị Bình", "Nùng")]


# --- the record ----------------------------------------------------------------------------------------


@time_machine.travel("2026-11-22 08:00+07:00", tick=False)
def test_a_member_is_added_through_the_action(client, staff, commune):
    response = client.post(
        address("add"),
        filled(
            unit=commune.pk, born="9/2005", phone="0169 612 3456", email="Dao@Example.VN", ethnic_group="Tày"
        ),
    )

    member = Member.objects.get()
    assert response.status_code == 302
    assert (member.full_name, str(member.born), member.phone) == ("Ma Thị Đào", "9/2005", "+84396123456")
    assert (member.email, member.ethnic_group, member.search_name) == ("dao@example.vn", "Tày", "ma thi dao")
    assert list(member.affiliations.values_list("unit", "kind", "starts_on")) == [
        (commune.pk, "home", date(2026, 11, 22))
    ]
    assert list(AuditEntry.objects.values_list("verb", "by")) == [("member.created", staff.pk)]


def test_a_second_press_adds_nobody_and_keeps_what_was_typed(client, staff, commune):
    data = filled(unit=commune.pk, born="02/09/2005")
    client.post(address("add"), data)

    response = client.post(address("add"), data)

    assert errors_of(response) == {
        "__all__": ["Đoàn xã Bình Yên đã có đoàn viên Ma Thị Đào với ngày sinh này."]
    }
    assert response.context["adminform"].form["born"].value() == "02/09/2005"
    assert Member.objects.count() == 1


def test_nobody_is_added_outside_the_scope(client, staff):
    response = client.post(address("add"), filled(unit=make_unit().pk))

    assert list(errors_of(response)) == ["unit"]
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {"born": "31/02/2004"},
            {"born": ["“31/02/2004” không phải ngày có thật. "
                      "Hãy nhập năm (2005), tháng (9/2005) hoặc ngày (02/09/2005)."]},
        ),
        (
            {"joined": "năm ngoái"},
            {"joined": ["Không hiểu ngày “năm ngoái”. "
                        "Hãy nhập năm (2005), tháng (9/2005) hoặc ngày (02/09/2005)."]},
        ),
        (
            {"phone": "09123"},
            {"phone": ["“09123” không phải số điện thoại. Hãy nhập đủ các chữ số, ví dụ 0912 345 678."]},
        ),
        (
            {"phone": "0912345678 / 0976508112"},
            {"phone": ["Mỗi ô chỉ ghi một số điện thoại. Ghi số thứ hai vào ô bên cạnh."]},
        ),
        ({"full_name": ""}, {"full_name": ["Chưa nhập họ và tên."]}),
        ({"unit": ""}, {"unit": ["Chưa chọn đơn vị."]}),
        ({"born": "2999"}, {"__all__": ["Ngày sinh 2999 không thể có. Hãy xem lại năm."]}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_a_sentence(client, staff, commune, typed, errors):
    response = client.post(address("add"), filled(unit=commune.pk) | typed)

    assert errors_of(response) == errors
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"), [("2005", "2005"), ("9/2005", "9/2005"), ("2.9.2005", "02/09/2005"), ("", "None")]
)
def test_a_birth_date_is_kept_as_precise_as_it_was_typed(client, staff, commune, typed, kept):
    member = make_member(unit=commune, born_on=date(2001, 1, 1), born_precision="year")

    client.post(address("change", member.pk), filled(member, born=typed))

    member.refresh_from_db()
    assert str(member.born) == kept


@time_machine.travel("2026-11-22 08:00+07:00", tick=False)
def test_an_edit_moves_home_and_leaves_history_and_a_trace(client, staff, commune):
    member = make_member(unit=commune, full_name="Ma Thi Dao", phone="+84912345678")
    Affiliation.objects.create(member=member, unit=commune, kind="home", starts_on=date(2025, 1, 1))
    branch = make_unit(parent=commune, kind="branch")

    response = client.post(
        address("change", member.pk),
        filled(member, full_name="Ma  Thị Đào", phone="0912 345 678", unit=branch.pk),
    )

    member.refresh_from_db()
    assert response.status_code == 302
    assert (member.full_name, member.search_name, member.unit) == ("Ma Thị Đào", "ma thi dao", branch)
    assert list(member.affiliations.order_by("pk").values_list("unit", "ends_on")) == [
        (commune.pk, date(2026, 11, 21)),
        (branch.pk, None),
    ]
    assert member.history.latest().history_user == staff
    entry = AuditEntry.objects.get(verb="member.updated")
    assert (entry.by, entry.detail) == (staff, {"fields": ["full_name", "unit"]})


def test_posts_are_kept_beside_the_record(client, staff, commune):
    member = make_member(unit=commune)
    above = Position.objects.create(member=member, title="Ủy viên BCH tỉnh", unit=make_unit())
    data = filled(member) | {
        "positions-TOTAL_FORMS": 2,
        "positions-INITIAL_FORMS": 1,
        "positions-0-id": above.pk,
        "positions-0-member": member.pk,
        "positions-0-title": above.title,
        "positions-0-unit": above.unit_id,
        "positions-1-member": member.pk,
        "positions-1-title": "Bí thư Đoàn xã",
        "positions-1-unit": commune.pk,
        "positions-1-source": "designated",
        "positions-1-starts_on": "01/07/2025",
    }

    response = client.post(address("change", member.pk), data)

    assert response.status_code == 302
    assert list(member.positions.order_by("pk").values_list("title", "unit", "starts_on")) == [
        ("Ủy viên BCH tỉnh", above.unit_id, None),
        ("Bí thư Đoàn xã", commune.pk, date(2025, 7, 1)),
    ]
    assert AuditEntry.objects.get(verb="member.updated").detail == {"fields": ["positions"]}


def test_where_a_member_stays_is_not_edited_by_form(client, staff, commune):
    member = make_member(unit=commune)
    stay = Affiliation.objects.create(member=member, unit=commune, kind="home", starts_on=date(2025, 1, 1))
    data = filled(member) | {
        "affiliations-TOTAL_FORMS": 1,
        "affiliations-INITIAL_FORMS": 1,
        "affiliations-0-id": stay.pk,
        "affiliations-0-member": member.pk,
        "affiliations-0-starts_on": "01/01/2020",
    }

    client.post(address("change", member.pk), data)

    stay.refresh_from_db()
    assert stay.starts_on == date(2025, 1, 1)


def test_nobody_deletes_a_member(client, staff, commune):
    member = make_member(unit=commune)

    response = client.post(address("delete", member.pk), {"post": "yes"})

    assert response.status_code == 403
    assert Member.objects.filter(pk=member.pk).exists()


def test_the_record_says_where_its_facts_came_from(client, staff, commune):
    member = make_member(unit=commune)
    brought = RosterImport.objects.create(
        file_name="Danh sách 2026.xlsx", sha256="0" * 64, byte_count=1, unit=commune, applied_by=staff
    )
    row = RosterRow.objects.create(
        roster_import=brought, place=1, sheet="Trần Phú", row_number=31, sealed=b"", outcome="new"
    )
    at = timezone.make_aware(timezone.datetime(2026, 3, 1, 9, 5))
    Provenance.objects.create(
        member=member, roster_import=brought, row=row, fields=["born", "full_name", "unit"], at=at
    )

    page = " ".join(client.get(address("change", member.pk)).content.decode().split())

    said = "Trần Phú, dòng 31, lúc 09:05 01/03/2026, do Hoàng Thị Bích"
    assert f"Từ file <strong>Danh sách 2026.xlsx</strong>, {said}" in page
    assert "Họ và tên, Ngày sinh, Đơn vị" in page


def test_a_wrong_account_is_taken_off_after_a_question(client, staff, commune):
    taken = make_user(email="nham@example.vn")
    member = make_member(unit=commune, user=taken)
    Claim.objects.create(member=member, user=taken, channel="printed", claimed_at=timezone.now())
    record = client.get(address("change", member.pk)).content.decode()

    asked = client.get(address("release", member.pk))
    member.refresh_from_db()
    still = member.user
    done = client.post(address("release", member.pk))

    member.refresh_from_db()
    assert "nham@example.vn" in record
    assert "Gỡ liên kết tài khoản" in record
    assert (asked.status_code, still, member.user) == (200, taken, None)
    assert [str(message) for message in get_messages(done.wsgi_request)] == [
        "Đã gỡ liên kết tài khoản. Chủ hồ sơ có thể nhận lại bằng mã mới."
    ]
    assert client.get(address("release", member.pk)).status_code == 403


def test_those_who_read_only_narrow_the_list_by_units_of_their_branch(client, province, commune):
    make_unit(name="Bình Yên")
    sign_in(client, province, Role.PROVINCE_LEADER)

    response = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "members", "model_name": "member", "field_name": "unit", "term": "binh"},
    )

    assert [found["id"] for found in response.json()["results"]] == [str(commune.pk)]


def test_no_english_is_left_on_the_pages_of_a_member(client, staff, commune):
    member = make_member(unit=commune)
    pages = [client.get(address("add")), client.get(address("change", member.pk))]
    pages.append(client.get(address("history", member.pk)))
    version = [member.pk, member.history.latest().pk]
    pages.append(client.get(reverse("admin:members_member_simple_history", args=version)))

    icons = {"history"}
    words = {word for page in pages for word in re.findall(r">\s*([^<>]+?)\s*<", page.content.decode())}

    english = re.compile(
        r"\b(select|value|save|none|entry|entries|unit|change|history|object)\b", re.IGNORECASE
    )
    assert sorted(word for word in words - icons if english.search(word) and len(word) < 60) == []
