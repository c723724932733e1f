"""One member's record: added, edited, and what is read on it."""

import re
from datetime import date

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from members import actions
from members.models import Affiliation, Claim, Member, Position, Provenance, RosterImport, RosterRow
from tests.factories.members import make_member
from tests.factories.units import make_unit, make_user
from tests.members.member_admin.desk import (
    address,
    errors_of,
    filled,
    sign_in,
)
from units.roles import Role

pytestmark = pytest.mark.django_db


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


def test_the_action_is_given_only_what_the_person_changed(client, staff, commune, monkeypatch):
    member = make_member(
        unit=commune,
        full_name="Ma Thị Đào",
        phone="+84912345678",
        born_on=date(2005, 9, 1),
        born_precision="month",
        email="dao@example.vn",
    )
    given = {}
    update = actions.update_member
    monkeypatch.setattr(actions, "update_member", lambda **told: given.update(told) or update(**told))

    client.post(
        address("change", member.pk),
        filled(member, phone="0912 345 678", born="9/2005", email="Dao2@example.vn"),
    )

    assert (given["facts"], given["unit"]) == ({"email": "dao2@example.vn"}, None)
    member.refresh_from_db()
    assert (member.email, member.phone, member.unit) == ("dao2@example.vn", "+84912345678", commune)


def test_a_move_made_while_the_form_was_open_holds_when_the_unit_is_left_alone(
    client, staff, commune, monkeypatch
):
    member = make_member(unit=commune, full_name="Ma Thị Đào")
    branch = make_unit(parent=commune, kind="branch")
    update = actions.update_member

    def others_first(**told):
        update(member=member, facts={"phone": "+84976508112"}, unit=branch, by=None)
        return update(**told)

    monkeypatch.setattr(actions, "update_member", others_first)
    client.post(address("change", member.pk), filled(member, email="dao@example.vn"))

    member.refresh_from_db()
    assert (member.email, member.phone, member.unit) == ("dao@example.vn", "+84976508112", branch)
    assert AuditEntry.objects.filter(verb="member.updated", unit_path=branch.path).count() == 2


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
        roster_import=brought, place=1, sheet="Trần Phú", row_number=31, outcome="new"
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
