from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from units.models import ScopedQuerySet


class SquadActivityQuerySet(ScopedQuerySet):
    unit_path = "squad__unit__path"

    def standing(self):
        """Activities that count: all but the withdrawn ones."""
        return self.filter(withdrawn_at=None)


class SquadActivity(models.Model):
    """One outing of one squad: when, where, how many took part, and whom it helped (counts only).

    `unit` is the squad's at that time: it counts there also when the squad has moved since. `form_id` is the
    blank form it was written on: the same form sent twice is one activity.
    """

    squad = models.ForeignKey(
        "programs.Squad", models.PROTECT, related_name="activities", verbose_name="đội hình"
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị khi đó")
    done_on = models.DateField("ngày")
    title = models.CharField("nội dung", max_length=200)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    volunteer_count = models.PositiveIntegerField("số đoàn viên tham gia")
    form_id = models.UUIDField(unique=True, editable=False)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    logged_at = models.DateTimeField("ghi lúc")
    withdrawn_at = models.DateTimeField("rút lại lúc", null=True, blank=True, editable=False)
    withdraw_reason = models.CharField("lý do rút", max_length=300, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["form_id", "unit"])

    objects = SquadActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "hoạt động đội hình"
        verbose_name_plural = "hoạt động đội hình"
        indexes = [
            models.Index(fields=["done_on"], name="activity_done_on"),
            models.Index(fields=["squad", "-done_on"], name="activity_latest_of_squad"),
        ]
        constraints = [
            models.CheckConstraint(
                name="activity_withdrawn_with_reason",
                condition=Q(withdrawn_at=None, withdraw_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason="")),
                violation_error_message="Chưa ghi lý do rút hoạt động.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.done_on:%d/%m/%Y}"


class ServiceTally(models.Model):
    """How many turns (lượt) one activity helped one audience with one service. Nobody is named."""

    class Audience(models.TextChoices):
        CITIZENS = "citizens", "Người dân"
        ELDERLY = "elderly", "Người cao tuổi"
        ETHNIC_MINORITIES = "minorities", "Đồng bào dân tộc thiểu số"
        YOUTH = "youth", "Thanh thiếu nhi"
        TRADERS = "traders", "Hộ kinh doanh, tiểu thương"

    activity = models.ForeignKey(
        "programs.SquadActivity", models.CASCADE, related_name="tallies", verbose_name="hoạt động"
    )
    service = models.ForeignKey(
        "programs.Service", models.PROTECT, related_name="tallies", verbose_name="dịch vụ"
    )
    audience = models.CharField("đối tượng", max_length=10, choices=Audience)
    helped_count = models.PositiveIntegerField("số lượt")

    class Meta:
        verbose_name = "lượt hỗ trợ"
        verbose_name_plural = "lượt hỗ trợ"
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "service", "audience"], name="tally_once_per_service_and_audience"
            ),
        ]

    def __str__(self):
        return f"{self.service}: {self.helped_count} lượt"
