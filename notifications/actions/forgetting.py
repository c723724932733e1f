"""What was written to people goes: all of it when they are erased, the rest when its time is over."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from notifications.models import CaughtMail, Message

BATCH = 5000


@transaction.atomic
def forget_recipient(*, addresses: Collection[str], user: Any) -> int:
    """Remove every message to these addresses or this account; tells how many. One being sent still arrives.

    The last one, which tells them so, stays until it is closed.
    """
    wanted = {address.lower() for address in addresses if address}
    CaughtMail.objects.alias(plain=Lower("to")).filter(plain__in=wanted).delete()
    theirs = Q(plain__in=wanted) | (Q(user=user) if user is not None else Q(pk__in=[]))
    messages = Message.objects.alias(plain=Lower("address")).filter(theirs, is_last=False)
    return messages.delete()[0]


def forget_messages(*, before: datetime) -> int:
    """Remove messages that were closed and caught before that moment, some at a time; tells how many."""
    closed = Message.objects.exclude(state__in=Message.OPEN_STATES).filter(
        created_at__lt=before, due_at__lt=before
    )
    removed = 0
    while keys := list(closed.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        removed += Message.objects.filter(pk__in=keys).delete()[0]
    return removed + CaughtMail.objects.filter(caught_at__lt=before).delete()[0]
