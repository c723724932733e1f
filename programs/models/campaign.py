from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from units.models import ScopedQuerySet


class CampaignQuerySet(ScopedQuerySet):
    unit_path = "program__unit__path"

    def running_on(self, day):
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Campaign(models.Model):
    """One stretch of a program with its own targets: a youth month, a summer, a peak drive."""

    program = models.ForeignKey(
        "programs.Program", models.PROTECT, related_name="campaigns", verbose_name="chương trình"
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="thuộc chiến dịch",
    )
    name = models.CharField("tên", max_length=160)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")

    history = HistoricalRecords()
    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "chiến dịch"
        verbose_name_plural = "chiến dịch, đợt cao điểm"
        constraints = [
            models.CheckConstraint(
                name="campaign_starts_before_it_ends",
                condition=Q(starts_on__lte=F("ends_on")),
                violation_error_message="Ngày bắt đầu phải trước ngày kết thúc.",
            ),
        ]

    def __str__(self):
        return self.name
