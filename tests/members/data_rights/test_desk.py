"""The desk's pages about data: requests with their clocks, restriction, the register of incidents."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.queries import unreminded
from members import actions
from members.models import DataBreach, DataRequest, Member
from members.queries.publicity import may_be_named
from members.rules.breaches import breach_words
from tests.factories.data_rights import make_accepted, make_breach, make_request
from tests.factories.events import make_event, make_registration
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def province(settings):
    settings.PORTAL_REQUIRE_MFA = False
    return make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")


@pytest.fixture
def desk(client, province):
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_ADMIN))
    return client


def button(name, asked):
    return reverse(f"admin:members_datarequest_{name}", args=[asked.pk])


def test_staff_answer_with_ready_words_and_then_do_it(desk, province):
    asked = make_request(member=make_member(unit=province))
    offered = desk.get(button("accept", asked)).content.decode()
    desk.post(button("accept", asked), {"answer": "Sẽ sửa trước thứ Sáu."})
    desk.post(button("extend", asked), {"reason": "Chờ giấy khai sinh."})
    desk.post(button("carry_out", asked))

    asked.refresh_from_db()
    assert f"sẽ đối chiếu và sửa trước hết ngày {asked.received_on + timedelta(days=10):%d/%m/%Y}" in offered
    assert (asked.state, asked.answer) == (DataRequest.State.DONE, "Sẽ sửa trước thứ Sáu.")


def test_a_refusal_needs_its_reason(desk, province):
    asked = make_request(member=make_member(unit=province))

    page = desk.post(
        button("refuse", asked), {"answer": "Đơn vị chưa thực hiện được đề nghị này. Lý do: "}
    ).content.decode()

    asked.refresh_from_db()
    assert "Chưa ghi lý do." in page
    assert asked.state == DataRequest.State.WAITING


def test_erasing_wants_the_code_typed(desk, province):
    member = make_member(unit=province)
    asked = make_accepted(member=member, kind="delete")
    wrong = desk.post(button("erase", asked), {"code": "DVKHONGDUNG"}).content.decode()
    standing = Member.objects.get(pk=member.pk).erased_at
    desk.post(button("erase", asked), {"code": member.code.lower()})

    assert "Mã không khớp, chưa xóa gì." in wrong
    assert standing is None
    assert Member.objects.get(pk=member.pk).erased_at is not None


def test_a_letter_is_noted_with_the_day_it_came_in(desk, province):
    member = make_member(unit=province)
    address = reverse("admin:members_datarequest_note")
    facts = {"kind": "access", "channel": "paper", "received_on": "02/03/2026", "wish": ""}

    wrong = desk.post(address, facts | {"member": "DV00000000"}).content.decode()
    desk.post(address, facts | {"member": member.code})

    asked = DataRequest.objects.get()
    assert "Không có đoàn viên mang mã này" in wrong
    assert (asked.member, asked.channel, f"{asked.answer_due_on:%d/%m/%Y}") == (member, "paper", "04/03/2026")


def test_the_list_shows_what_is_open_by_its_clock(desk, province):
    make_request(member=make_member(unit=province, full_name="Hà Văn Phong"))
    closed = make_request(member=make_member(unit=province, full_name="Lý Thị Xuân"))
    actions.take_back_request(asked=closed, by=None)
    address = reverse("admin:members_datarequest_changelist")

    opened, done = (desk.get(address, query).content.decode() for query in ({}, {"tinh-trang": "da-xong"}))

    assert ("Hà Văn Phong" in opened, "Lý Thị Xuân" in opened) == (True, False)
    assert ("Hà Văn Phong" in done, "Lý Thị Xuân" in done) == (False, True)
    assert "ngày để trả lời" in opened


def test_restricted_data_leave_in_no_file_bring_no_reminder_and_stand_on_no_public_page(desk, province):
    member = make_member(unit=province, full_name="Hà Văn Phong")
    make_registration(event=make_event(host=province), member=member)
    actions.give_consents(member=member, purposes=["publicity"], channel="giấy", by=None)
    lists = [
        reverse(f"admin:{name}_export", query={"dang": "csv"})
        for name in ("members_member", "events_registration")
    ]
    before = [taken(desk, address) for address in lists]
    actions.carry_out_request(asked=make_accepted(member=member, kind="restrict"), by=make_user())
    member.refresh_from_db()

    after = [taken(desk, address) for address in lists]

    assert ["Hà Văn Phong" in text for text in before] == [True, True]
    assert ["Hà Văn Phong" in text for text in after] == [False, False]
    assert unreminded([member]) == {member.pk}
    assert may_be_named([member], on=timezone.localdate()) == set()
    page = desk.get(reverse("admin:members_member_change", args=[member.pk])).content.decode()
    assert "không xuất trong danh sách" in page


def taken(client, address):
    rows = csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig")))
    return str(list(rows))


def test_requests_of_other_branches_do_not_exist_and_a_secretary_sees_none(client, province):
    asked = make_request(member=make_member(unit=make_unit()))
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_ADMIN))
    outside = client.get(reverse("admin:members_datarequest_change", args=[asked.pk])).status_code
    answered = client.post(button("accept", asked), {"answer": "Được."}).status_code
    client.force_login(make_staff(unit=province, role=Role.SECRETARY))

    asked.refresh_from_db()
    assert (outside, answered, asked.state) == (404, 404, DataRequest.State.WAITING)
    assert client.get(reverse("admin:members_datarequest_changelist")).status_code == 403


def test_an_incident_runs_from_its_detection_to_its_end(desk, province):
    detected = timezone.localtime() - timedelta(hours=30)
    desk.post(
        reverse("admin:members_databreach_note"),
        {
            "unit": province.pk,
            "title": "Mất máy tính",
            "detected_at": f"{detected:%d/%m/%Y %H:%M}",
            "description": "Mất máy tính ở văn phòng.",
            "data_kinds": "họ tên",
            "may_harm": "on",
        },
    )
    breach = DataBreach.objects.get()
    words = breach_words(breach, at=breach.detected_at + timedelta(hours=30))
    early = desk.post(
        reverse("admin:members_databreach_close", args=[breach.pk]), {"measures": "Đổi mật khẩu."}
    ).content.decode()
    desk.post(reverse("admin:members_databreach_notify", args=[breach.pk]), {"notice_no": "12-CV/TĐTN"})
    desk.post(reverse("admin:members_databreach_tell", args=[breach.pk]))
    desk.post(reverse("admin:members_databreach_close", args=[breach.pk]), {"measures": "Đổi mật khẩu."})

    breach.refresh_from_db()
    assert words == ("time", "Còn 42 giờ để thông báo")
    assert "hãy ghi nhận việc thông báo cơ quan" in early
    assert (breach.notice_no, breach.measures, breach.closed_at is None) == (
        "12-CV/TĐTN",
        "Đổi mật khẩu.",
        False,
    )


def test_the_72_hours_are_told_in_words():
    breach = make_breach()
    harmless = make_breach(may_harm=False)

    words = [breach_words(breach, at=breach.detected_at + timedelta(hours=hours)) for hours in (1, 50, 77)]

    assert words == [
        ("time", "Còn 71 giờ để thông báo"),
        ("soon", "Còn 22 giờ để thông báo"),
        ("late", "Quá hạn thông báo 5 giờ"),
    ]
    assert breach_words(harmless, at=timezone.now()) == ("time", "Không phải thông báo")


def test_an_incident_is_not_detected_tomorrow():
    with pytest.raises(actions.BreachRefused, match="không thể ở sau lúc này"):
        actions.note_breach(
            unit=make_unit(),
            title="x",
            detected_at=timezone.now() + timedelta(days=1),
            description="x",
            data_kinds="x",
            may_harm=True,
            by=None,
        )
