"""Everything that can happen to a message."""

from notifications.actions.delivering import deliver_due
from notifications.actions.enqueueing import enqueue, enqueue_text, withdraw

__all__ = ["deliver_due", "enqueue", "enqueue_text", "withdraw"]
