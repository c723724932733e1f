"""Certificates that were really issued."""

from datetime import timedelta

from django.utils import timezone

from events.actions import issue_certificates, mark_present
from tests.factories.events import make_event, make_registration
from tests.factories.members import make_member
from tests.factories.units import make_user


def make_past_event(*, attended=(), **facts):
    """A training that ended yesterday, gives certificates, and was attended by these members."""
    event = make_event(
        **{"starts_at": timezone.now() - timedelta(days=1, hours=4), "gives_certificate": True} | facts
    )
    for member in attended:
        registration = make_registration(event=event, member=member)
        for session in event.sessions.all():
            mark_present(session=session, registration=registration, by=make_user())
    return event


def make_certificate(*, member=None, **facts):
    event = make_past_event(attended=[member or make_member()], **facts)
    [certificate] = issue_certificates(event=event, by=make_user())
    return certificate
