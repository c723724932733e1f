from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from units.models import ScopedQuerySet
from units.scope import Scope


class TransferQuerySet(ScopedQuerySet):
    def within(self, scope: Scope):
        """Transfers of which either side lies in the scope."""
        return self.filter(scope.as_q("from_unit__path") | scope.as_q("to_unit__path"))

    def open(self):
        """Transfers that still wait for one of the two sides."""
        return self.filter(state__in=Transfer.OPEN_STATES)

    def leaving(self, scope: Scope):
        """Asked for, waiting for a unit of the scope to let the member go."""
        return self.filter(scope.as_q("from_unit__path"), state=Transfer.State.ASKED)

    def arriving(self, scope: Scope):
        """Let go, waiting for a unit of the scope to take the member in."""
        return self.filter(scope.as_q("to_unit__path"), state=Transfer.State.RELEASED)


class Transfer(models.Model):
    """One member's move from one unit to another: the old unit lets go, then the new one takes in.

    Until the new unit has accepted, the member is at home in the old one and counted there only.
    `due_on` is the last day on which the side whose turn it is should answer.
    """

    names_a_person = True

    class State(models.TextChoices):
        ASKED = "asked", "Chờ nơi chuyển đồng ý"
        RELEASED = "released", "Đang chuyển, chờ nơi nhận"
        ACCEPTED = "accepted", "Đã chuyển"
        REFUSED = "refused", "Bị từ chối"
        CANCELLED = "cancelled", "Đã hủy"
        EXPIRED = "expired", "Hết hạn, không chuyển"

    OPEN_STATES = (State.ASKED, State.RELEASED)

    member = models.ForeignKey(
        "members.Member", models.CASCADE, related_name="transfers", verbose_name="đoàn viên"
    )
    from_unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="transfers_out", verbose_name="nơi chuyển"
    )
    to_unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="transfers_in", verbose_name="nơi nhận"
    )
    state = models.CharField("trạng thái", max_length=10, choices=State)
    reason = models.CharField("lý do chuyển", max_length=300)
    answer = models.CharField("lý do không chuyển", max_length=300, blank=True)
    due_on = models.DateField("hạn trả lời")
    asked_at = models.DateTimeField("đề nghị lúc")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đề nghị"
    )
    released_at = models.DateTimeField("nơi chuyển đồng ý lúc", null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người đồng ý cho chuyển",
    )
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người kết thúc"
    )

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "chuyển sinh hoạt"
        verbose_name_plural = "chuyển sinh hoạt"
        indexes = [
            models.Index(fields=["due_on"], condition=Q(ended_at=None), name="transfer_open_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state__in=["asked", "released"]),
                name="transfer_one_open",
                violation_error_message="Đoàn viên này đang có một đề nghị chuyển sinh hoạt.",
            ),
            models.CheckConstraint(
                name="transfer_goes_elsewhere",
                condition=~Q(from_unit=F("to_unit")),
                violation_error_message="Nơi nhận phải khác nơi chuyển.",
            ),
            models.CheckConstraint(
                name="transfer_end_has_moment",
                condition=Q(state__in=["asked", "released"], ended_at=None)
                | (~Q(state__in=["asked", "released"]) & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.from_unit} → {self.to_unit}"

    def get_absolute_url(self):
        return reverse("members:transfer", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES

    def is_overdue_on(self, day: date) -> bool:
        """Whether the side whose turn it is should have answered by then."""
        return self.is_open and self.due_on < day
