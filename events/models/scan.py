from django.conf import settings
from django.db import models

from units.models import ScopedQuerySet


class ScanQuerySet(ScopedQuerySet):
    unit_path = "event__host__path"


class Scan(models.Model):
    """One code shown at a door and what came of it. Only ever added to.

    The device's own id and nonce make sending the same scan again harmless. `code_shown` keeps
    ticket codes only: of anything else, which may be an identity card, just a keyed hash.
    """

    class Outcome(models.TextChoices):
        ADMITTED = "admitted", "Có mặt"
        REPEATED = "repeated", "Đã điểm danh trước đó"
        FORGED = "forged", "Mã không hợp lệ"
        UNKNOWN = "unknown", "Không tìm thấy vé"
        FOREIGN = "foreign", "Vé của sự kiện khác"
        REVOKED = "revoked", "Vé đã hủy"
        NOT_SEATED = "not_seated", "Chưa có chỗ"

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="scans", verbose_name="sự kiện")
    session = models.ForeignKey("events.Session", models.PROTECT, related_name="scans", verbose_name="buổi")
    registration = models.ForeignKey(
        "events.Registration", models.PROTECT, null=True, related_name="scans", verbose_name="đăng ký"
    )
    code_shown = models.CharField("mã đã quét", max_length=200)
    outcome = models.CharField("kết quả", max_length=10, choices=Outcome)
    device = models.CharField("thiết bị", max_length=64)
    nonce = models.CharField(max_length=64)
    device_at = models.DateTimeField("giờ trên thiết bị")
    server_at = models.DateTimeField("giờ máy chủ")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người quét"
    )

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "lần quét"
        verbose_name_plural = "các lần quét"
        indexes = [models.Index(fields=["session", "-server_at"], name="scan_latest")]
        constraints = [
            models.UniqueConstraint(fields=["device", "nonce"], name="scan_once_per_device_and_nonce"),
        ]

    def __str__(self):
        return f"{self.code_shown[:12]}: {self.get_outcome_display()}"
