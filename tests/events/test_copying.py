"""The same training in other places on other days, made in one go."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events import actions
from events.actions.copying import KEPT, MOVED
from events.models import Event, EventPart, Venue
from tests.factories.events import make_event, make_quota, make_registration
from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = pytest.mark.django_db
# What a copy does not take over: its own key, where and when it is, and what happened to the first.
OWN = {"id", "starts_at", "place", "published_at", "cancelled_at", "cancel_reason", "last_turn", "revision"}


@pytest.fixture
def province(settings):
    settings.PORTAL_REQUIRE_MFA = False
    return make_unit(name="Thái Nguyên")


@pytest.fixture
def event(province):
    starts_at = timezone.now() + timedelta(days=10)
    event = make_event(host=province, starts_at=starts_at, doors_at=starts_at - timedelta(minutes=30))
    EventPart.objects.create(event=event, kind=event.kind, title="Kỹ năng AI", starts_at=event.starts_at)
    make_quota(event=event, unit=province, seats=2)
    Venue.objects.create(event=event, unit=province, place="Xã", expected_count=40, present_count=38)
    make_registration(event=event)
    return event


def test_a_copy_says_every_fact_of_an_event():
    facts = {field.name for field in Event._meta.concrete_fields}

    assert facts == OWN | set(KEPT) | set(MOVED)


def test_copies_are_drafts_in_which_every_moment_moved_along(event):
    week = timedelta(days=7)
    sittings = [
        actions.Sitting(event.starts_at + week),
        actions.Sitting(event.starts_at + 2 * week, "Định Hóa"),
    ]

    first, second = actions.copy_event(event=event, sittings=sittings, by=None)

    assert (first.place, second.place, first.published_at) == (event.place, "Định Hóa", None)
    assert (first.doors_at, first.closes_at) == (event.doors_at + week, event.closes_at + week)
    assert second.sessions.get().ends_at == event.sessions.get().ends_at + 2 * week
    assert second.parts.get().starts_at == event.starts_at + 2 * week
    assert (second.quotas.get().seats, second.registrations.count(), second.last_turn) == (2, 0, 0)
    venue = second.venues.get()
    assert (venue.expected_count, venue.present_count) == (40, None)


def test_the_office_copies_an_event_for_two_places(client, province, event):
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_ADMIN))
    lines = "27/3/2027 8:00, Nhà văn hóa xã Bình Yên\n\n28/03/2027 13:30\n"

    answer = client.post(
        reverse("admin:events_event_copy", args=[event.pk]), {"sittings": lines}, follow=True
    ).content.decode()

    assert "Đã tạo 2 bản nháp. Xem lại từng bản rồi công bố." in answer
    places = Event.objects.exclude(pk=event.pk).order_by("starts_at").values_list("place", flat=True)
    assert list(places) == ["Nhà văn hóa xã Bình Yên", event.place]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("hôm nào đó", "Dòng 1: chưa đọc được “hôm nào đó”. Viết như: 27/3/2026 8:00"),
        ("27/3/2027 8:00\n27/3/2027 8:00", "Có hai dòng giống nhau."),
        ("27/3/2027 8:00," + "x" * 201, "Dòng 1: địa điểm dài quá 200 chữ."),
        ("27/3/2027 8:00\n" * 61, "Mỗi lần sao chép nhiều nhất 60 bản; danh sách này có 61."),
    ],
)
def test_a_line_that_says_no_time_is_named_and_nothing_is_made(client, province, event, lines, problem):
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_ADMIN))

    answer = client.post(reverse("admin:events_event_copy", args=[event.pk]), {"sittings": lines})

    assert problem in answer.content.decode()
    assert Event.objects.count() == 1


def test_events_of_others_are_not_copied(client, event):
    client.force_login(make_staff(unit=make_unit(parent=event.host), role=Role.SECRETARY))

    answer = client.post(reverse("admin:events_event_copy", args=[event.pk]), {"sittings": "27/3/2027 8:00"})

    assert (answer.status_code, Event.objects.count()) == (404, 1)
