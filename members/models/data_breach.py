from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from units.models import ScopedQuerySet

NOTICE_HOURS = 72


class DataBreach(models.Model):
    """One incident in which personal data leaked, were lost or changed, as the register keeps it.

    Luật 91/2025/QH15, Điều 23: the authority (A05, Bộ Công an) is told within 72 hours of detection when
    it may do harm; the people concerned are told too. Nobody is named here.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="breaches", verbose_name="nơi xảy ra")
    title = models.CharField("sự cố", max_length=160)
    detected_at = models.DateTimeField("phát hiện lúc")
    description = models.TextField("diễn biến")
    data_kinds = models.CharField("loại dữ liệu", max_length=300)
    affected_count = models.PositiveIntegerField("số người bị ảnh hưởng (ước tính)", null=True, blank=True)
    may_harm = models.BooleanField(
        "có thể gây hại cho người có dữ liệu",
        default=True,
        help_text="Khi có, phải thông báo cơ quan bảo vệ dữ liệu cá nhân trong 72 giờ.",
    )
    measures = models.TextField("biện pháp đã làm", blank=True)
    noted_at = models.DateTimeField("ghi sổ lúc", editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người ghi sổ",
        editable=False,
    )
    notified_at = models.DateTimeField("thông báo cơ quan lúc", null=True, editable=False)
    notice_no = models.CharField("số văn bản thông báo", max_length=60, blank=True, editable=False)
    told_at = models.DateTimeField("báo người bị ảnh hưởng lúc", null=True, editable=False)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "sự cố dữ liệu"
        verbose_name_plural = "sổ sự cố dữ liệu"
        constraints = [
            models.CheckConstraint(
                name="breach_noted_after_detection",
                condition=Q(detected_at__lte=F("noted_at")),
                violation_error_message="Thời điểm phát hiện không thể ở sau lúc ghi sổ.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def notice_due_at(self):
        """The end of the 72 hours; None when no notice is due, or it was given."""
        if not self.may_harm or self.notified_at is not None:
            return None
        return self.detected_at + timedelta(hours=NOTICE_HOURS)
