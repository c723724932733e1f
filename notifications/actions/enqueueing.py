"""Putting messages into the outbox and taking back those that still wait there."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.text import Truncator

from core.crypto import keyed_hash
from core.text import tidy
from notifications.models import Message


def _rendered(template: str, context: dict) -> tuple[str, str]:
    """Subject and body as plain text: nothing is escaped for HTML."""
    office = {"site_url": settings.SITE_URL, "office_name": settings.OFFICE_NAME}
    page = get_template(f"{template}.txt").template  # type: ignore[attr-defined]
    subject, _, body = page.render(Context(office | context, autoescape=False)).strip().partition("\n")
    return subject, body


def _message_id(key: str) -> str:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{keyed_hash('message', key)[:32]}@{host}>"


@transaction.atomic
def enqueue(
    *,
    key: str,
    address: str,
    template: str,
    context: dict,
    user: Any = None,
    due_at: datetime | None = None,
    stale_at: datetime | None = None,
    is_secret: bool = False,
    is_last: bool = False,
) -> Message | None:
    """Promise one e-mail about `key`; asking again for the same key changes nothing.

    The words are made now, from `templates/<template>.txt`: the first line is the subject. Without
    an address there is nothing to promise. `is_secret` wipes the body once the message is closed:
    for codes and links that open something. `is_last` wipes the address then, too.
    """
    if not address:
        return None
    subject, body = _rendered(template, context)
    return enqueue_text(
        key=key,
        address=address,
        subject=subject,
        body=body,
        user=user,
        due_at=due_at,
        stale_at=stale_at,
        is_secret=is_secret,
        is_last=is_last,
    )


@transaction.atomic
def enqueue_text(
    *,
    key: str,
    address: str,
    subject: str,
    body: str,
    user: Any = None,
    due_at: datetime | None = None,
    stale_at: datetime | None = None,
    is_secret: bool = False,
    is_last: bool = False,
) -> Message:
    """Promise one e-mail whose words are already made; otherwise as `enqueue`."""
    message, _ = Message.objects.get_or_create(
        key=key,
        defaults={
            "address": address,
            "user": user,
            "subject": Truncator(tidy(subject)).chars(200),
            "body": body.strip() + "\n",
            "is_secret": is_secret,
            "is_last": is_last,
            "due_at": due_at or timezone.now(),
            "stale_at": stale_at,
            "message_id": _message_id(key),
        },
    )
    return message


@transaction.atomic
def withdraw(*, key_prefix: str) -> int:
    """Skip the messages whose key starts like this and that have not gone out; tells how many.

    One that a worker holds this moment still goes out.
    """
    left = Q(state=Message.State.SENDING, lease_until__lte=timezone.now())
    waiting = Message.objects.filter(Q(state=Message.State.WAITING) | left, key__startswith=key_prefix)
    return waiting.close(Message.State.SKIPPED, reason="Không còn cần gửi.")
