from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from units.models import ScopedQuerySet


class Figure(models.Model):
    """One number a unit declared for one indicator: so much more since its last declaration."""

    indicator = models.ForeignKey(
        "programs.Indicator", models.PROTECT, related_name="figures", verbose_name="chỉ tiêu"
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="figures", verbose_name="đơn vị")
    day = models.DateField("tính đến ngày")
    value = models.PositiveBigIntegerField("số liệu trong kỳ")
    note = models.CharField("minh chứng, ghi chú", max_length=300, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người khai"
    )
    declared_at = models.DateTimeField("khai lúc")

    history = HistoricalRecords()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu khai"
        verbose_name_plural = "số liệu khai"
        indexes = [models.Index(fields=["indicator", "day"], name="figure_indicator_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "day"],
                name="figure_once_per_day",
                violation_error_message="Đơn vị đã khai số liệu này cho ngày đó.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator.name}, {self.unit}, {self.day:%d/%m/%Y}"
