"""The e-mail backend of the embedded mode: keeps every mail in a page that staff can open."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from notifications.models import CaughtMail


class MailboxBackend(BaseEmailBackend):
    """Keeps mails as rows instead of sending them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the mails as they would have gone out."""
        mails = [
            CaughtMail(  # type: ignore[misc]
                to=", ".join(mail.recipients())[:254],
                subject=str(mail.subject)[:250],
                body=mail.body,
                message_id=str(mail.message()["Message-ID"])[:200],
            )
            for mail in email_messages
        ]
        return len(CaughtMail.objects.bulk_create(mails))
