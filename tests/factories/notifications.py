"""Messages, as small as a test needs them."""

from itertools import count

from django.utils import timezone

from notifications.models import Message

_numbers = count(1)


def make_message(*, key=None, address=None, due_at=None, **facts):
    number = next(_numbers)
    return Message.objects.create(
        key=key or f"test:{number}",
        address=address or f"nguoi-nhan-{number}@example.vn",
        subject=facts.pop("subject", "Nhắc lịch"),
        body=facts.pop("body", "Nội dung thư.\n"),
        due_at=due_at or timezone.now(),
        message_id=facts.pop("message_id", f"<thu-{number}@example.vn>"),
        **facts,
    )
