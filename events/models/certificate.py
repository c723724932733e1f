from django.conf import settings
from django.db import models
from django.urls import reverse

from core.codes import grouped
from units.models import ScopedQuerySet


class CertificateQuerySet(ScopedQuerySet):
    unit_path = "signer__path"

    def valid(self):
        return self.filter(state=Certificate.State.VALID)


class Certificate(models.Model):
    """One certificate as it was issued: its words are frozen, its number is never used again.

    Every signing unit numbers its own certificates from 1 each year. `content` holds each word the
    paper shows; `content_hash` is SHA-256 over its canonical JSON.
    """

    class State(models.TextChoices):
        VALID = "valid", "Có hiệu lực"
        SUPERSEDED = "superseded", "Đã thay bằng bản khác"
        REVOKED = "revoked", "Đã thu hồi"

    CHECK_CODE_LENGTH = 12

    record = models.ForeignKey(
        "events.TrainingRecord",
        models.PROTECT,
        related_name="certificates",
        verbose_name="kết quả tập huấn",
    )
    signer = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="certificates", verbose_name="đơn vị cấp"
    )
    year = models.PositiveSmallIntegerField("năm")
    serial = models.PositiveIntegerField("số thứ tự")
    number = models.CharField("số giấy", max_length=40)
    check_code = models.CharField("mã tra cứu", max_length=12, unique=True)
    content = models.JSONField("nội dung")
    content_hash = models.CharField("mã băm nội dung", max_length=64)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.VALID)
    issued_at = models.DateTimeField("cấp lúc")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người cấp"
    )
    ended_at = models.DateTimeField("hết hiệu lực lúc", null=True, blank=True)
    end_reason = models.CharField("lý do", max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy chứng nhận"
        verbose_name_plural = "giấy chứng nhận"
        constraints = [
            models.UniqueConstraint(
                fields=["signer", "year", "serial"], name="certificate_serial_once_a_year"
            ),
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(state="valid"), name="certificate_one_valid_per_record"
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("events:certificate-check", args=[self.check_code])

    @property
    def shown_code(self) -> str:
        """The check code as it is printed: "7K4M-93QD-2XWA"."""
        return grouped(self.check_code)
