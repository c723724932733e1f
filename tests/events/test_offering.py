"""Seats that are offered for some hours, taken, passed on, and opened to everybody."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from events import actions, queries
from events.models import Registration, Ticket
from notifications.models import Message
from tests.factories.accounts import make_user
from tests.factories.events import make_event, make_quota, make_registration
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit

pytestmark = pytest.mark.django_db
State = Registration.State


@pytest.fixture
def event():
    return make_event(capacity=1, offer_hours=12)


def person(name="Hoàng Thị Mai", **facts):
    return make_member(full_name=name, user=make_user(), **facts)


def waiting(event, **facts):
    return make_registration(event=event, member=person(), state=State.WAITING, **facts)


def offered(event):
    """A full event whose seat was freed for somebody who waited."""
    seated = make_registration(event=event)
    first = waiting(event)
    actions.cancel_registration(registration=seated, by=None)
    first.refresh_from_db()
    return first


def states(event):
    return list(event.registrations.order_by("turn").values_list("state", flat=True))


def test_a_freed_seat_is_offered_for_twelve_hours_and_taken_by_nobody_else(event):
    first = offered(event)
    late = actions.register_member(event=event, member=person(), by=None)

    assert first.state == State.OFFERED
    assert first.offer_until - timezone.now() == pytest.approx(timedelta(hours=12), abs=timedelta(seconds=5))
    assert late.state == State.WAITING
    assert not Ticket.objects.filter(registration=first).exists()
    told = Message.objects.get(key=f"offered:{first.pk}:{first.turn}")
    assert told.subject == f"Đến lượt bạn, hãy nhận chỗ: {event.title}"


def test_taking_the_seat_twice_gives_one_seat_one_ticket_and_its_reminders(event):
    first = offered(event)

    for _ in range(2):
        actions.accept_offer(registration=first, by=first.member.user)

    assert states(event) == ["cancelled", "seated"]
    assert Ticket.objects.filter(registration=first, revoked_at=None).count() == 1
    assert Message.objects.filter(key__startswith=f"reminder:{event.pk}:{first.pk}:").count() == 2
    assert AuditEntry.objects.filter(verb="registration.accepted").count() == 1


def test_a_declined_seat_is_offered_to_the_next_at_once(event):
    first, second = offered(event), waiting(event)

    for _ in range(2):
        actions.decline_offer(registration=first, by=first.member.user)

    assert states(event) == ["cancelled", "declined", "offered"]
    assert Message.objects.filter(key=f"offered:{second.pk}:{second.turn}").count() == 1


def test_an_expired_offer_passes_on_and_can_be_taken_no_more(event):
    first, _ = offered(event), waiting(event)

    with time_machine.travel(first.offer_until, tick=False):
        with pytest.raises(actions.OfferRefused, match="Hạn nhận chỗ đã qua lúc"):
            actions.accept_offer(registration=first, by=first.member.user)
        for _ in range(2):
            actions.move_waiting_lists(at=timezone.now())
        with pytest.raises(actions.OfferRefused, match="Hạn nhận chỗ đã qua lúc"):
            actions.accept_offer(registration=first, by=first.member.user)

    assert states(event) == ["cancelled", "expired", "offered"]
    assert Message.objects.filter(key=f"offer_expired:{first.pk}:{first.turn}").count() == 1


def test_who_let_an_offer_pass_comes_back_at_the_end_of_the_line(event):
    first, second = offered(event), waiting(event)
    actions.decline_offer(registration=first, by=first.member.user)

    again = actions.register_member(event=event, member=first.member, by=None)

    second.refresh_from_db()
    assert (again.pk, again.state, again.offer_until) == (first.pk, State.WAITING, None)
    assert again.turn > second.turn


@pytest.mark.parametrize("hours_left", [0.5, 5])
def test_an_offer_ends_when_the_event_starts_and_too_short_ones_are_seats(hours_left):
    soon = timezone.now() + timedelta(hours=hours_left)
    event = make_event(capacity=1, offer_hours=12, starts_at=soon)
    first = offered(event)

    expected = (State.SEATED, None) if hours_left < 1 else (State.OFFERED, soon)
    assert (first.state, first.offer_until) == expected


def test_a_member_without_an_account_has_the_seat_at_once(event):
    seated = make_registration(event=event)
    first = make_registration(event=event, member=make_member(), state=State.WAITING)

    actions.cancel_registration(registration=seated, by=None)

    first.refresh_from_db()
    assert first.state == State.SEATED


def test_an_offer_that_staff_cancel_passes_on(event):
    first, _ = offered(event), waiting(event)

    actions.cancel_registration(registration=first, by=None)

    assert states(event) == ["cancelled", "cancelled", "offered"]


def test_unused_shares_open_to_who_waits_longest_at_their_hour():
    event = make_event(capacity=3, shares_until=timezone.now() + timedelta(days=2))
    ours, theirs = (make_quota(event=event, unit=make_unit(), seats=seats) for seats in (1, 2))
    make_registration(event=event, quota=ours)
    first, second, third = (waiting(event, quota=ours) for _ in range(3))
    actions.move_waiting_lists(at=timezone.now())
    before = states(event)

    with time_machine.travel(event.shares_until, tick=False):
        place = queries.waiting_place(third, at=timezone.now())
        actions.move_waiting_lists(at=timezone.now())

    assert before == ["seated", "waiting", "waiting", "waiting"]
    assert states(event) == ["seated", "seated", "seated", "waiting"]
    assert (place, theirs.registrations.count()) == (3, 0)


def test_an_event_whose_shares_have_ended_can_still_be_changed():
    event = make_event(capacity=2, shares_until=timezone.now() - timedelta(minutes=1))
    ours = make_quota(event=event, unit=make_unit(), seats=1)
    make_quota(event=event, unit=make_unit(), seats=1)
    unit_member = make_member(unit=ours.unit)
    make_registration(event=event, quota=ours)

    second = actions.register_member(event=event, member=unit_member, by=None)
    actions.update_event(event=event, place="Nhà văn hóa", by=None)

    assert second.state == State.SEATED


def test_an_offer_without_an_end_cannot_be_stored(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_registration(event=event, state=State.OFFERED)


def test_the_why_panel_counts_what_the_seats_are_counted_from():
    event = make_event(capacity=2, offer_hours=12, shares_until=timezone.now() + timedelta(days=1))
    share = make_quota(event=event, unit=make_unit(), seats=1)
    seated = make_registration(event=event, quota=share)
    first, second, third = (waiting(event, quota=share) for _ in range(3))
    actions.cancel_registration(registration=seated, by=None)
    first.refresh_from_db()

    reasons = queries.why_waiting(third, at=timezone.now())

    assert reasons[0] == f"{share.unit.title} có 1 chỗ, tất cả đã có người."
    assert reasons[1].startswith("1 chỗ đang chờ người đến lượt nhận; hạn gần nhất là ")
    assert reasons[2] == "Trước bạn có 1 người, vào danh sách sớm hơn."
    assert reasons[3].startswith("Chỗ các đơn vị chưa dùng được mở chung lúc ")
    assert queries.why_waiting(second, at=timezone.now())[2] == "Bạn là người kế tiếp."
    assert queries.why_waiting(first, at=timezone.now()) == []


def test_the_page_offers_the_seat_and_takes_one_tap(client, event):
    first = offered(event)
    client.force_login(first.member.user)
    shown = client.get(event.get_absolute_url()).content.decode()

    answered = client.post(reverse("events:offer-accept", args=[first.pk]), follow=True).content.decode()

    assert "Đến lượt bạn: nhận chỗ trước" in shown
    assert "Đã nhận chỗ. Vé đã sẵn sàng trên trang này." in answered
    first.refresh_from_db()
    assert first.state == State.SEATED


def test_somebody_elses_offer_does_not_exist(client, event):
    first = offered(event)
    stranger = person()
    client.force_login(stranger.user)

    codes = [
        client.post(reverse(f"events:offer-{act}", args=[first.pk])).status_code
        for act in ("accept", "decline")
    ]

    first.refresh_from_db()
    assert (codes, first.state) == ([404, 404], State.OFFERED)


def test_the_page_says_why_and_how_the_list_moves(client):
    event = make_event(capacity=1, offer_hours=12)
    make_registration(event=event)
    last = waiting(event)
    client.force_login(last.member.user)

    page = client.get(event.get_absolute_url()).content.decode()

    assert "Vì sao tôi chưa có chỗ?" in page
    assert "Bạn là người kế tiếp." in page
    assert "Bạn có 12 giờ để nhận. Quá giờ, lời mời chuyển sang người kế tiếp." in page


def test_the_page_says_that_an_offer_has_passed(client, event):
    first = offered(event)

    with time_machine.travel(first.offer_until, tick=False):
        actions.move_waiting_lists(at=timezone.now())
        client.force_login(first.member.user)
        page = client.get(event.get_absolute_url()).content.decode()

    assert "Hạn nhận chỗ của bạn đã qua lúc" in page
    assert "Đăng ký lại thì bạn đứng cuối danh sách chờ." in page


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_of_somebody_who_waits_asks_the_same_few_questions(client, django_assert_num_queries, count):
    event = make_event(capacity=1, offer_hours=12)
    make_registration(event=event)
    last = [waiting(event) for _ in range(count)][-1]
    client.force_login(last.member.user)

    with django_assert_num_queries(14):
        client.get(event.get_absolute_url())


def test_an_offer_ends_with_the_start_even_when_the_event_was_moved_forward(event):
    first, _ = offered(event), waiting(event)
    actions.update_event(event=event, starts_at=timezone.now() + timedelta(hours=2), by=None)

    with time_machine.travel(timezone.now() + timedelta(hours=3), tick=False):
        with pytest.raises(actions.OfferRefused, match="Sự kiện đã bắt đầu"):
            actions.accept_offer(registration=first, by=first.member.user)
        actions.move_waiting_lists(at=timezone.now())

    assert states(event) == ["cancelled", "expired", "waiting"]


def test_units_are_told_of_unused_seats_a_day_before_these_open_to_everybody():
    event = make_event(shares_until=timezone.now() + timedelta(hours=20))
    unit = make_unit()
    make_quota(event=event, unit=unit, seats=2)
    make_staff(unit=unit)

    for _ in range(2):
        actions.prepare_reminders(at=timezone.now())
    with time_machine.travel(event.shares_until, tick=False):
        actions.prepare_reminders(at=timezone.now())

    told = Message.objects.get(key__startswith=f"closing:{event.pk}:")
    assert "được mở chung cho mọi đơn vị lúc" in told.body
