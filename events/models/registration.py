from django.conf import settings
from django.db import models
from django.db.models import Q

from units.models import ScopedQuerySet


class RegistrationQuerySet(ScopedQuerySet):
    unit_path = "event__host__path"

    def seated(self):
        return self.filter(state=Registration.State.SEATED)

    def waiting(self):
        """Those on the waiting list, first come first."""
        return self.filter(state=Registration.State.WAITING).order_by("turn", "pk")

    def live(self):
        """Everything that still leads to a seat or is one."""
        return self.filter(state__in=Registration.LIVE)

    def holding(self):
        """Those for whom a seat is kept: seated, or asked whether they take it."""
        return self.filter(state__in=Registration.HOLDING)


class Registration(models.Model):
    """One member's one state at one event. Cancelling and coming back keep the same row.

    `turn` is the place in the order in which registrations took the event's lock; `quota` is the
    share of seats it counts in, none for the seats kept for nobody. Whoever is OFFERED a seat holds it
    until `offer_until`.
    """

    names_a_person = True

    class State(models.TextChoices):
        SEATED = "seated", "Đã có chỗ"
        WAITING = "waiting", "Trong danh sách chờ"
        OFFERED = "offered", "Đến lượt, chờ nhận chỗ"
        DECLINED = "declined", "Đã nhường chỗ"
        EXPIRED = "expired", "Hết hạn nhận chỗ"
        CANCELLED = "cancelled", "Đã hủy"

    HOLDING = [State.SEATED, State.OFFERED]
    LIVE = [*HOLDING, State.WAITING]

    event = models.ForeignKey(
        "events.Event", models.PROTECT, related_name="registrations", verbose_name="sự kiện"
    )
    member = models.ForeignKey(
        "members.Member", models.PROTECT, related_name="registrations", verbose_name="đoàn viên"
    )
    state = models.CharField("trạng thái", max_length=9, choices=State)
    turn = models.PositiveIntegerField("lượt")
    quota = models.ForeignKey(
        "events.SeatQuota",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="phần chỗ",
    )
    registered_at = models.DateTimeField("đăng ký lúc")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người đăng ký"
    )
    seated_at = models.DateTimeField("có chỗ lúc", null=True, blank=True)
    offer_until = models.DateTimeField("nhận chỗ trước", null=True, blank=True)
    cancelled_at = models.DateTimeField("hủy lúc", null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "đăng ký"
        verbose_name_plural = "đăng ký"
        indexes = [
            models.Index(fields=["event", "state", "turn"], name="registration_order"),
            models.Index(fields=["offer_until"], name="registration_offers", condition=Q(state="offered")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "member"], name="registration_once_per_member"),
            models.UniqueConstraint(fields=["event", "turn"], name="registration_turn_once"),
            models.CheckConstraint(
                name="registration_offer_has_an_end",
                condition=~Q(state="offered") | Q(offer_until__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.member}, {self.event}"
