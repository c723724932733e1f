from django.conf import settings
from django.db import models
from django.urls import reverse

from core.codes import grouped
from core.crypto import keyed_hash
from units.models import ScopedQuerySet


class TicketQuerySet(ScopedQuerySet):
    unit_path = "registration__event__host__path"


class Ticket(models.Model):
    """The right of one seated registration to pass the door. `serial` is what people type by hand.

    The QR code holds the event, the serial and an ECDSA P-256 signature over both, so a page that
    knows the public key can verify it without network. Whoever cancels and comes back keeps the
    ticket they had.
    """

    SERIAL_LENGTH = 8

    registration = models.OneToOneField("events.Registration", models.CASCADE, related_name="ticket")
    serial = models.CharField("mã vé", max_length=8, unique=True)
    signature = models.CharField(max_length=86, editable=False)
    issued_at = models.DateTimeField("cấp lúc")
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = "vé"
        verbose_name_plural = "vé"

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("events:ticket-detail", args=[self.serial])

    @property
    def code(self) -> str:
        """The serial as it is shown: "K7M2-9QXD"."""
        return grouped(self.serial)

    @property
    def payload(self) -> str:
        """What the QR code holds."""
        return f"BDHVS1.{self.registration.event_id}.{self.serial}.{self.signature}"

    @property
    def link_key(self) -> str:
        """The unguessable part of the link that opens the ticket without signing in."""
        return keyed_hash("ticket-link", self.serial)[:32]

    @property
    def link(self) -> str:
        """The full address to mail: it opens the ticket for people without an account."""
        return settings.SITE_URL + reverse("events:ticket-open", args=[self.serial, self.link_key])
