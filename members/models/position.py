from django.db import models
from django.db.models import F, Q

from units.models import ScopedQuerySet


class Position(models.Model):
    """One post a member holds in a unit, or in another organisation named in words."""

    class Source(models.TextChoices):
        ELECTED = "elected", "bầu"
        DESIGNATED = "designated", "chỉ định"
        APPOINTED = "appointed", "bổ nhiệm"
        ASSIGNED = "assigned", "phân công"

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="positions")
    title = models.CharField("chức vụ", max_length=120)
    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name="đơn vị",
    )
    organisation = models.CharField("tổ chức khác", max_length=160, blank=True)
    source = models.CharField("hình thức", max_length=10, choices=Source, blank=True)
    decision_no = models.CharField("số quyết định", max_length=60, blank=True)
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "chức vụ"
        verbose_name_plural = "chức vụ"
        constraints = [
            models.CheckConstraint(
                name="position_is_somewhere",
                condition=Q(unit__isnull=False) | ~Q(organisation=""),
                violation_error_message="Chưa chọn đơn vị hoặc ghi tên tổ chức.",
            ),
            models.CheckConstraint(
                name="position_starts_before_it_ends",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                violation_error_message="Ngày bắt đầu phải trước ngày kết thúc.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.unit or self.organisation}"
