"""Who took back the agreement to reminders gets none, and everything else about their own seats."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events import actions
from members.actions.consent import give_consents, withdraw_consent
from members.models import Consent
from notifications.actions import deliver_due
from notifications.models import Message
from tests.factories.events import make_event, make_registration
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
MESSAGES = Consent.Purpose.MESSAGES


def agree(member):
    give_consents(member=member, purposes=[MESSAGES], channel="giấy", by=None)


def take_back(member):
    withdraw_consent(member=member, purpose=MESSAGES, by=None)


def reminder_states(member):
    written = Message.objects.filter(key__startswith="reminder:", address=member.email)
    return list(written.order_by("pk").values_list("state", flat=True))


def kinds(member):
    return sorted(
        key.split(":")[0]
        for key in Message.objects.filter(address=member.email).values_list("key", flat=True)
    )


def test_who_took_the_agreement_back_gets_the_confirmation_but_no_reminder():
    silent, agreed, refused = (make_member(email=f"{name}@example.vn") for name in ("mot", "hai", "ba"))
    agree(agreed)
    agree(refused)
    take_back(refused)
    event = make_event()

    for member in (silent, agreed, refused):
        actions.register_member(event=event, member=member, by=None)

    reminded = ["registered", "reminder", "reminder"]
    assert [kinds(member) for member in (silent, agreed, refused)] == [reminded, reminded, ["registered"]]


def test_what_is_already_written_is_not_sent_once_the_agreement_is_taken_back(mailoutbox):
    member, other = make_member(email="mot@example.vn"), make_member(email="hai@example.vn")
    agree(member)
    event = make_event()
    for person in (member, other):
        actions.register_member(event=event, member=person, by=None)
    before = reminder_states(member)

    take_back(member)
    deliver_due(at=event.starts_at - timedelta(hours=1))

    assert before == ["waiting", "waiting"]
    reminded = [mail.to for mail in mailoutbox if mail.subject.startswith("Nhắc lịch")]
    assert reminded == [["hai@example.vn"], ["hai@example.vn"]]
    assert reminder_states(member) == ["skipped", "skipped"]


def test_withdrawing_another_agreement_stops_no_reminder():
    member = make_member(email="mot@example.vn")
    give_consents(member=member, purposes=["publicity", MESSAGES], channel="giấy", by=None)
    actions.register_member(event=make_event(), member=member, by=None)

    withdraw_consent(member=member, purpose="publicity", by=None)

    assert reminder_states(member) == ["waiting", "waiting"]


def test_the_minute_before_takes_back_what_slipped_through_and_writes_nothing_anew():
    event = make_event()
    refused, late = make_member(email="mot@example.vn"), make_member(email="hai@example.vn")
    actions.register_member(event=event, member=refused, by=None)
    make_registration(event=event, member=late)
    for member in (refused, late):
        Consent.objects.create(
            member=member, purpose=MESSAGES, given_at=timezone.now(), withdrawn_at=timezone.now()
        )
    before = reminder_states(refused)
    due = event.starts_at - timedelta(hours=2, minutes=30)

    with time_machine.travel(due, tick=False):
        actions.prepare_reminders(at=due)

    assert before == ["waiting", "waiting"]
    assert (reminder_states(refused), reminder_states(late)) == (["skipped", "skipped"], [])


def test_a_new_place_is_told_also_to_who_wants_no_reminders():
    member = make_member(email="mot@example.vn")
    agree(member)
    take_back(member)
    event = make_event()
    actions.register_member(event=event, member=member, by=None)

    actions.update_event(event=event, by=None, place="Nhà văn hóa xã")
    actions.cancel_event(event=event, reason="Mưa lũ", by=None)

    assert kinds(member) == ["event-cancelled", "event-changed", "registered"]


def test_who_agrees_again_is_reminded_of_what_comes_next():
    member = make_member(email="mot@example.vn")
    agree(member)
    take_back(member)
    agree(member)

    actions.register_member(event=make_event(), member=member, by=None)

    assert reminder_states(member) == ["waiting", "waiting"]
