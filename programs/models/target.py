from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from units.models import ScopedQuerySet


class Target(models.Model):
    """What one unit is to reach on one indicator between two days, under a program."""

    indicator = models.ForeignKey(
        "programs.Indicator", models.PROTECT, related_name="targets", verbose_name="chỉ tiêu"
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="targets", verbose_name="giao cho")
    program = models.ForeignKey(
        "programs.Program", models.PROTECT, related_name="targets", verbose_name="chương trình"
    )
    campaign = models.ForeignKey(
        "programs.Campaign",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name="chiến dịch",
    )
    value = models.PositiveBigIntegerField("chỉ tiêu giao")
    starts_on = models.DateField("tính từ ngày")
    ends_on = models.DateField("đến hết ngày")

    history = HistoricalRecords()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu giao"
        verbose_name_plural = "chỉ tiêu giao"
        constraints = [
            models.CheckConstraint(
                name="target_asks_for_something",
                condition=Q(value__gt=0),
                violation_error_message="Chỉ tiêu giao phải lớn hơn 0.",
            ),
            models.CheckConstraint(
                name="target_starts_before_it_ends",
                condition=Q(starts_on__lte=F("ends_on")),
                violation_error_message="Ngày bắt đầu phải trước ngày kết thúc.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "starts_on", "ends_on"],
                name="target_once_per_period",
                violation_error_message="Đơn vị đã được giao chỉ tiêu này trong kỳ.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator.name}: {self.unit}"
