from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from events.actions import record_scan
from events.models import Certificate
from tests.factories.attendance import make_shown, make_ticket
from tests.factories.certificates import make_certificate, make_past_event
from tests.factories.events import make_event, make_session
from tests.factories.members import make_member
from tests.factories.reports import make_attendance
from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.PORTAL_REQUIRE_MFA = False


@pytest.fixture
def province():
    return make_unit()


@pytest.fixture
def officer(client, province):
    user = make_staff(unit=province, role=Role.OFFICER)
    client.force_login(user)
    return user


def button(name, pk, model="event"):
    return reverse(f"admin:events_{model}_{name}", args=[pk])


def test_the_button_leads_to_the_session_of_this_moment(client, province, officer):
    event = make_past_event(host=province)
    now = timezone.now()
    later = make_session(event=event, title="Mai", starts_at=now, ends_at=now + timedelta(hours=1))

    response = client.get(button("check_in", event.pk))

    assert response.url == reverse("events:check-in", args=[later.pk])


def test_an_event_without_sessions_says_so(client, province, officer):
    event = make_event(host=province, with_session=False)

    response = client.get(button("check_in", event.pk), follow=True)

    assert "Sự kiện chưa có buổi nào để điểm danh." in response.text


def test_certificates_are_asked_for_and_then_issued(client, province, officer):
    event = make_past_event(host=province, attended=[make_member(), make_member()])

    asked = client.get(button("issue", event.pk))
    before = Certificate.objects.count()
    done = client.post(button("issue", event.pk), follow=True)
    again = client.post(button("issue", event.pk), follow=True)

    assert (asked.status_code, before, Certificate.objects.count()) == (200, 0, 2)
    assert "Đã cấp 2 giấy chứng nhận" in done.text
    assert "Không có ai mới đủ điều kiện" in again.text


def test_a_refusal_is_a_sentence(client, province, officer):
    event = make_event(host=province, gives_certificate=True)

    response = client.post(button("issue", event.pk), follow=True)

    assert "Các buổi chưa kết thúc" in response.text


def test_buttons_stop_at_the_edge_of_the_scope(client, province, officer):
    foreign = make_past_event(attended=[make_member()])

    answers = [client.post(button(name, foreign.pk)).status_code for name in ("issue", "check_in")]

    assert (set(answers) <= {403, 404}, Certificate.objects.count()) == (True, 0)


@pytest.mark.parametrize(("name", "state"), [("revoke", "revoked"), ("reissue", "superseded")])
def test_a_certificate_ends_with_a_reason(client, province, officer, name, state):
    certificate = make_certificate(host=province)

    empty = client.post(button(name, certificate.pk, "certificate"), {"reason": ""})
    client.post(button(name, certificate.pk, "certificate"), {"reason": "Sai tên"})

    certificate.refresh_from_db()
    assert "Chưa nhập lý do." in empty.text
    assert (certificate.state, certificate.end_reason) == (state, "Sai tên")


@pytest.mark.parametrize("model", ["attendance", "scan", "certificate", "trainingrecord"])
def test_lists_are_narrowed_and_read_only(client, province, officer, model):
    for host in (province, make_unit()):
        member = make_member(unit=host)
        certificate = make_certificate(host=host, member=member)
        session = certificate.record.event.sessions.get()
        ticket = make_ticket(event=session.event, member=make_member(unit=host))
        record_scan(session=session, shown=make_shown(code=ticket.payload), by=officer)

    listed = client.get(reverse(f"admin:events_{model}_changelist"))
    mine = listed.context["cl"].queryset.order_by("pk").first()
    opened = client.get(reverse(f"admin:events_{model}_change", args=[mine.pk]))

    whole = {"attendance": 2, "scan": 1, "certificate": 1, "trainingrecord": 2}[model]
    assert listed.context["cl"].queryset.count() == whole
    assert opened.status_code == 200
    assert client.get(reverse(f"admin:events_{model}_add")).status_code == 403


def test_the_attendance_export_has_one_line_per_presence(client, province, officer):
    event = make_past_event(
        host=province, title="Kỹ năng số", attended=[make_member(full_name="Lý Thị Xuân", unit=province)]
    )

    response = client.get(
        reverse("admin:events_attendance_export"), {"registration__event__id__exact": event.pk}
    )

    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[0] == ("Sự kiện", "Buổi", "Họ và tên", "Ngày sinh", "Đơn vị", "Có mặt lúc", "Cách điểm danh")
    assert [row[:3] for row in rows[1:]] == [("Kỹ năng số", "Buổi sáng", "Lý Thị Xuân")]


@pytest.mark.parametrize("typed", ["3/4/2026", "03/04/2026"])
def test_days_are_read_as_they_are_written_here(client, province, officer, typed):
    april, _ = (
        make_attendance(member=make_member(unit=province), day=day)
        for day in (date(2026, 4, 3), date(2026, 3, 4))
    )

    lists = reverse("admin:events_attendance_changelist")
    shown = client.get(lists, {"at_from": typed, "at_to": typed})

    assert list(shown.context["cl"].result_list) == [april]
