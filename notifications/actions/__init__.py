"""Everything that can happen to a message."""

from notifications.actions.delivering import deliver_due
from notifications.actions.enqueueing import enqueue, enqueue_text, withdraw
from notifications.actions.forgetting import forget_messages, forget_recipient

__all__ = ["deliver_due", "enqueue", "enqueue_text", "forget_messages", "forget_recipient", "withdraw"]
