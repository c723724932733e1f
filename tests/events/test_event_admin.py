from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from openpyxl import load_workbook

from core.models import AuditEntry
from events.models import Event, Registration, TrainingRecord
from tests.factories.certificates import make_past_event
from tests.factories.events import make_event, make_quota, make_registration
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit

pytestmark = pytest.mark.django_db
FORMSETS = ("sessions", "parts", "quotas", "venues")


@pytest.fixture
def commune():
    return make_unit(parent=make_unit(), name="Bình Yên")


@pytest.fixture
def staff(client, commune, settings):
    settings.PORTAL_REQUIRE_MFA = False
    user = make_staff(unit=commune)
    client.force_login(user)
    return user


def address(name, *args, model="event"):
    return reverse(f"admin:events_{model}_{name}", args=args)


def split(name, moment):
    local = localtime(moment)
    return {f"{name}_0": f"{local:%d/%m/%Y}", f"{name}_1": f"{local:%H:%M:%S}"}


def filled(event, *, quotas=(), **changes):
    """The event's form as a browser sends it, with some facts changed."""
    facts = {name: getattr(event, name) for name in ("starts_at", "ends_at", "opens_at", "closes_at")} | {
        name: changes.pop(name) for name in list(changes) if name.endswith("_at")
    }
    data = {
        "title": event.title,
        "kind": event.kind,
        "mode": event.mode,
        "host": event.host_id,
        "place": event.place,
        "capacity": event.capacity,
        "offer_hours": event.offer_hours,
        "pass_percent": 80,
        "doors_at_0": "",
        "doors_at_1": "",
    }
    for name, moment in facts.items():
        data |= split(name, moment)
    for formset in FORMSETS:
        data |= {f"{formset}-TOTAL_FORMS": 0, f"{formset}-INITIAL_FORMS": 0}
    for place, quota in enumerate(quotas):
        data |= {
            "quotas-TOTAL_FORMS": len(quotas),
            "quotas-INITIAL_FORMS": len(quotas),
            f"quotas-{place}-id": quota.pk,
            f"quotas-{place}-event": event.pk,
            f"quotas-{place}-unit": quota.unit_id,
            f"quotas-{place}-seats": quota.seats,
        }
    return data | changes


def test_staff_see_the_events_of_their_branch_only(client, staff, commune):
    ours = make_event(host=make_unit(parent=commune))
    make_event()

    response = client.get(address("changelist"))

    assert list(response.context["cl"].result_list) == [ours]


def test_what_is_outside_the_branch_does_not_exist(client, staff):
    event = make_event()
    registration = make_registration(event=event)

    answers = [
        client.get(address("publish", event.pk)).status_code,
        client.post(address("cancel", event.pk), {"reason": "x"}).status_code,
        client.post(address("cancel", registration.pk, model="registration")).status_code,
        client.get(address("list_registrations", event.pk)).status_code,
    ]

    assert set(answers) <= {403, 404}
    event.refresh_from_db()
    assert event.cancelled_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_few_questions_however_long(
    client, staff, commune, django_assert_max_num_queries, count
):
    for _ in range(count):
        make_registration(event=make_event(host=commune))

    with django_assert_max_num_queries(14):
        response = client.get(address("changelist"))

    assert len(response.context["cl"].result_list) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_registration_list_asks_the_same_few_questions(
    client, staff, commune, django_assert_max_num_queries, count
):
    event = make_event(host=commune)
    for _ in range(count):
        make_registration(event=event)

    with django_assert_max_num_queries(14):
        response = client.get(address("changelist", model="registration"))

    assert len(response.context["cl"].result_list) == count


def test_a_new_event_is_made_by_the_action(client, staff, commune):
    start = (timezone.now() + timedelta(days=10)).replace(microsecond=0)
    plan = Event(
        title="Kỹ năng AI",
        kind=Event.Kind.TRAINING,
        host=commune,
        place="Nhà văn hóa",
        capacity=40,
        starts_at=start,
        ends_at=start + timedelta(hours=3),
        opens_at=start - timedelta(days=9),
        closes_at=start - timedelta(days=1),
    )
    data = filled(plan) | {"sessions-TOTAL_FORMS": 1, "sessions-0-title": "Buổi sáng"}
    data |= split("sessions-0-starts_at", start) | split("sessions-0-ends_at", start + timedelta(hours=3))

    response = client.post(address("add"), data)

    assert response.status_code == 302, response.context["errors"]
    event = Event.objects.get()
    assert (event.title, event.host, event.stage_at(timezone.now())) == ("Kỹ năng AI", commune, "draft")
    assert list(event.sessions.values_list("title", flat=True)) == ["Buổi sáng"]
    assert list(AuditEntry.objects.values_list("verb", "by")) == [("event.created", staff.pk)]


def test_an_event_is_not_made_for_a_unit_outside_the_branch(client, staff):
    event = make_event(published=False)

    response = client.post(address("add"), filled(event))

    assert response.status_code == 200
    assert "host" in response.context["adminform"].form.errors
    assert Event.objects.count() == 1


def test_more_seats_in_the_form_seat_who_waits(client, staff, commune):
    event = make_event(host=commune, capacity=1)
    make_registration(event=event)
    waiting = make_registration(event=event, state=Registration.State.WAITING)

    response = client.post(address("change", event.pk), filled(event, capacity=2))

    assert response.status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == Registration.State.SEATED


def test_a_session_added_in_the_form_records_training_again(client, staff, commune):
    start = (timezone.now() - timedelta(days=1, hours=4)).replace(microsecond=0)
    event = make_past_event(host=commune, attended=[make_member()], pass_percent=100, starts_at=start)
    before = TrainingRecord.objects.get().result
    data = filled(event, pass_percent=100) | {"sessions-TOTAL_FORMS": 1, "sessions-0-title": "Buổi chiều"}
    data |= split("sessions-0-starts_at", event.starts_at) | split("sessions-0-ends_at", event.ends_at)

    response = client.post(address("change", event.pk), data)

    assert response.status_code == 302, response.context["errors"]
    record = TrainingRecord.objects.get()
    assert (before, record.result, record.session_count) == ("completed", "incomplete", 2)


def test_a_refused_change_keeps_what_was_typed_and_changes_nothing(client, staff, commune):
    event = make_event(host=commune, capacity=3)
    unit = make_unit(parent=commune)
    quota = make_quota(event=event, unit=unit, seats=2)
    for _ in range(2):
        make_registration(event=event, quota=quota, member=make_member(unit=unit))
    data = filled(event, quotas=[quota], title="Tên mới", capacity=1) | {"quotas-0-seats": 1}

    response = client.post(address("change", event.pk), data)

    assert response.status_code == 200
    form = response.context["adminform"].form
    refusal = f"Đã có 2 người có chỗ; số chỗ không thể ít hơn. {unit} đã có 2 người có chỗ; phần chỗ"
    assert form.non_field_errors() == [f"{refusal} không thể ít hơn."]
    assert form["title"].value() == "Tên mới"
    event.refresh_from_db()
    quota.refresh_from_db()
    assert (event.capacity, quota.seats) == (3, 2)


@pytest.mark.parametrize("time", ["00:00", "08:00"])
@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999"])
def test_a_year_beyond_all_reason_is_told(client, staff, commune, day, time):
    event = make_event(host=commune, published=False)

    response = client.post(
        address("change", event.pk), filled(event) | {"starts_at_0": day, "starts_at_1": time}
    )

    assert response.status_code == 200
    assert "Năm phải từ 1900 đến 2100." in response.text


def test_publishing_is_asked_and_then_done(client, staff, commune):
    event = make_event(host=commune, published=False)

    question = client.get(address("publish", event.pk))
    event.refresh_from_db()
    published_before = event.published_at
    client.post(address("publish", event.pk))

    assert question.status_code == 200
    assert published_before is None
    event.refresh_from_db()
    assert event.published_at is not None


def test_publishing_too_early_says_why(client, staff, commune):
    event = make_event(host=commune, published=False, with_session=False)

    response = client.post(address("publish", event.pk))

    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Chưa có buổi nào. Thêm ít nhất một buổi để điểm danh."
    ]


def test_cancelling_an_event_wants_a_reason(client, staff, commune):
    event = make_event(host=commune)

    without = client.post(address("cancel", event.pk), {"reason": ""})
    client.post(address("cancel", event.pk), {"reason": "Mưa lũ"})

    assert without.status_code == 200
    event.refresh_from_db()
    assert event.cancel_reason == "Mưa lũ"


def test_staff_cancel_a_registration_of_their_event(client, staff, commune):
    registration = make_registration(event=make_event(host=commune))

    client.post(address("cancel", registration.pk, model="registration"))

    registration.refresh_from_db()
    assert registration.state == Registration.State.CANCELLED


def test_registrations_are_never_edited_by_form(client, staff, commune):
    registration = make_registration(event=make_event(host=commune))

    response = client.post(address("change", registration.pk, model="registration"), {"state": "waiting"})

    assert response.status_code == 403
    registration.refresh_from_db()
    assert registration.state == Registration.State.SEATED


def test_the_export_holds_exactly_what_the_list_shows(client, staff, commune):
    event = make_event(host=commune, title="Kỹ năng AI")
    unit = make_unit(parent=commune, name="Xóm 3", kind="branch")
    make_registration(event=event, member=make_member(unit=unit, full_name="Nguyễn Thị Hường"))
    make_registration(event=event, state=Registration.State.WAITING)
    make_registration(event=make_event())

    response = client.get(
        address("export", model="registration"), {"event__id__exact": event.pk, "state__exact": "seated"}
    )

    sheet = load_workbook(BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[:4] for row in rows] == [
        ("Sự kiện", "Họ và tên", "Ngày sinh", "Đơn vị"),
        ("Kỹ năng AI", "Nguyễn Thị Hường", None, "Xóm 3"),
    ]
    assert rows[1][7] == "Đã có chỗ"


@pytest.mark.parametrize(
    ("stage", "titles"),
    [
        ("draft", {"Nháp"}),
        ("open", {"Mở"}),
        ("coming", {"Đóng"}),
        ("past", {"Xong"}),
        ("cancelled", {"Hủy"}),
    ],
)
def test_staff_find_events_by_stage(client, staff, commune, stage, titles):
    now = timezone.now()
    make_event(host=commune, title="Nháp", published=False)
    make_event(host=commune, title="Mở")
    make_event(host=commune, title="Đóng", closes_at=now - timedelta(hours=1))
    make_event(host=commune, title="Xong", starts_at=now - timedelta(days=3))
    make_event(host=commune, title="Hủy", cancelled_at=now)

    response = client.get(address("changelist"), {"stage": stage})

    assert {event.title for event in response.context["cl"].result_list} == titles


def test_an_event_leads_to_its_registrations(client, staff, commune):
    event = make_event(host=commune)

    response = client.get(address("list_registrations", event.pk))

    assert response.url == f"{address('changelist', model='registration')}?event__id__exact={event.pk}"
