"""Tickets, showings of codes and certificates, as small as a test needs them."""

import uuid

from django.utils import timezone

from events.actions import ShownCode, issue_ticket
from events.models import Attendance
from tests.factories.events import make_event, make_registration


def make_ticket(*, event=None, **facts):
    """The ticket of a new seated registration."""
    return issue_ticket(registration=make_registration(event=event or make_event(), **facts))


def make_shown(*, code, device="may-1", nonce=None, device_at=None, method=Attendance.Method.QR):
    """A code shown once: every call is another showing unless the nonce says otherwise."""
    return ShownCode(
        code=code,
        device=device,
        nonce=nonce or uuid.uuid4().hex,
        device_at=device_at or timezone.now(),
        method=method,
    )
