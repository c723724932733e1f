"""Sensitive facts: who sees them, on pages and in Excel, and the trace it leaves."""

from datetime import date

import pytest
from django.urls import reverse

from core.models import AuditEntry
from members.actions import update_member
from tests.factories.members import make_member
from tests.factories.units import make_user
from tests.members.member_admin.desk import address, filled, read_only_of_sensitive, sheet_of, sign_in
from units.roles import Role

pytestmark = pytest.mark.django_db


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
        (
            "list.exported",
            staff.pk,
            {
                "list": "members.member",
                "narrowed": ["từ tìm kiếm"],
                "rows": 1,
                "format": "xlsx",
                "sensitive": True,
            },
        ),
        (
            "sensitive.exported",
            staff.pk,
            {
                "list": "members.member",
                "narrowed": ["từ tìm kiếm"],
                "rows": 1,
                "format": "xlsx",
                "columns": ["phone", "phone_other", "ethnic_group", "religion", "citizen_id_last4"],
            },
        ),
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


def test_a_form_that_comes_back_with_an_error_shows_the_values_and_leaves_a_trace(client, staff, commune):
    member = make_member(unit=commune, religion="Phật giáo")

    answer = client.post(address("change", member.pk), filled(member, phone="12"))
    told = list(AuditEntry.objects.values_list("verb", "by"))
    client.post(address("change", member.pk), filled(member))

    assert '<option value="Phật giáo" selected' in answer.content.decode()
    assert told == [("sensitive.seen", staff.pk)]
    assert AuditEntry.objects.filter(verb="sensitive.seen").count() == 1
