from django.db import models
from django.db.models import Q


class SeatQuota(models.Model):
    """How many of an event's seats are kept for one unit and everything below it."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="quotas", verbose_name="sự kiện")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="seat_quotas", verbose_name="đơn vị")
    seats = models.PositiveIntegerField("số chỗ")

    class Meta:
        verbose_name = "phân bổ chỗ"
        verbose_name_plural = "phân bổ chỗ"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "unit"],
                name="quota_once_per_unit",
                violation_error_message="Đơn vị đã được phân bổ chỗ.",
            ),
            models.CheckConstraint(
                name="quota_has_seats",
                condition=Q(seats__gt=0),
                violation_error_message="Số chỗ phải lớn hơn 0.",
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.seats} chỗ"
