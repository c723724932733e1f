from django.conf import settings
from django.db import models

from units.models import ScopedQuerySet


class AttendanceQuerySet(ScopedQuerySet):
    unit_path = "registration__event__host__path"


class Attendance(models.Model):
    """The fact that one member was at one session, and how it became known.

    `at` is the moment at the door: by the device's clock when that is plausible, else by ours. `unit`
    is the member's of that moment: figures of the past stay where they were when the member moves.
    """

    names_a_person = True

    class Method(models.TextChoices):
        QR = "qr", "quét mã QR"
        TYPED = "typed", "nhập mã vé"
        LIST = "list", "đánh dấu trong danh sách"

    session = models.ForeignKey(
        "events.Session", models.PROTECT, related_name="attendances", verbose_name="buổi"
    )
    member = models.ForeignKey(
        "members.Member", models.PROTECT, related_name="attendances", verbose_name="đoàn viên"
    )
    registration = models.ForeignKey(
        "events.Registration", models.PROTECT, related_name="attendances", verbose_name="đăng ký"
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị khi đó")
    method = models.CharField("cách điểm danh", max_length=5, choices=Method)
    at = models.DateTimeField("lúc", db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người điểm danh"
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt có mặt"
        verbose_name_plural = "điểm danh"
        constraints = [
            models.UniqueConstraint(fields=["session", "member"], name="attendance_once_per_session"),
        ]

    def __str__(self):
        return f"{self.member}, {self.session}"
