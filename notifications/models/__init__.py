"""The nouns of the outbox."""

from notifications.models.caught_mail import CaughtMail
from notifications.models.message import Message

__all__ = ["CaughtMail", "Message"]
