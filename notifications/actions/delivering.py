"""Sending what is due, by any number of workers at once.

Each message is taken by a conditional update that carries a lease, sent outside any transaction, and
then marked. A worker killed between sending and marking leaves one message whose lease runs out; it
goes out a second time under the same Message-ID. Without a kill nothing goes out twice.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from notifications import rules
from notifications.models import Message

log = logging.getLogger(__name__)
BATCH = 100


def _close_hopeless(at: datetime) -> None:
    """Skip what came too late; give up on what killed its worker every time."""
    due = Message.objects.due_at(at)
    due.stale_at(at).close(Message.State.SKIPPED, reason="Đã quá lúc cần gửi.")
    due.filter(try_count__gte=rules.MAX_TRIES).close(
        Message.State.FAILED, reason="Việc gửi bị ngắt giữa chừng quá nhiều lần."
    )


def _email(message: Message) -> EmailMessage:
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.address],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )


def _note_failure(message: Message, error: Exception) -> None:
    """Let the message rest before its next try, or give it up with the reason."""
    log.warning("Message %s: %s", message.pk, rules.loggable(error))
    tries, reason = message.try_count + 1, rules.failure_reason(error)
    held = Message.objects.filter(pk=message.pk, state=Message.State.SENDING, try_count=tries)
    if rules.is_final(error) or tries >= rules.MAX_TRIES:
        held.close(Message.State.FAILED, reason=reason)
        return
    rest_until = timezone.now() + rules.retry_delay(tries)
    held.update(state=Message.State.WAITING, lease_until=rest_until, last_error=reason)


def _send(message: Message, *, over: BaseEmailBackend) -> bool:
    """Send a message this worker holds and note how it went."""
    try:
        over.send_messages([_email(message)])
    except Exception as error:  # one bad message must not hold up those behind it
        _note_failure(message, error)
        over.close()
        return False
    Message.objects.filter(pk=message.pk).close(Message.State.SENT, sent_at=timezone.now())
    return True


def _deliver_batch(batch: list[Message], *, at: datetime) -> int:
    """Send over one connection those of the batch that no other worker took."""
    lease, sent_count = timedelta(seconds=settings.MESSAGE_LEASE_SECONDS), 0
    connection = get_connection()
    try:
        for message in batch:
            connection.open()  # does nothing while it is open
            if Message.objects.take(message, at=at, until=max(at, timezone.now()) + lease):
                sent_count += _send(message, over=connection)
    finally:
        connection.close()
    return sent_count


def deliver_due(*, at: datetime, limit: int | None = None) -> int:
    """Send every message due at that moment (at most `limit`), earliest first; tells how many went out.

    When the mail server does not answer, nothing is taken and no try is spent: they go out later.
    """
    _close_hopeless(at)
    sent_count = seen_count = 0
    while limit is None or seen_count < limit:
        batch = list(Message.objects.due_at(at).order_by("due_at", "pk")[:BATCH])
        if not batch:
            break
        seen_count += len(batch)
        try:
            sent_count += _deliver_batch(batch, at=at)
        except OSError as error:  # SMTPException is one too; raised here only by opening the connection
            log.warning("The mail server does not answer: %s", rules.loggable(error))
            break
    return sent_count
