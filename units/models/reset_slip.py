from django.conf import settings
from django.db import models
from django.db.models import Q

from units.models.queryset import ScopedQuerySet


class ResetSlipQuerySet(ScopedQuerySet):
    def live_at(self, moment):
        """Slips that still open their account."""
        return self.filter(used_at=None, expires_at__gt=moment, failed_count__lt=ResetSlip.MAX_FAILED)


class ResetSlip(models.Model):
    """One code on paper with which somebody who cannot sign in chooses a new password.

    Staff of their unit print it and hand it over; they never learn the password. Only the code's keyed
    hash is kept. It works once, until `expires_at`, for at most five wrong tries.
    """

    names_a_person = True

    MAX_FAILED = 5

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reset_slips", verbose_name="tài khoản"
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị cấp")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người cấp"
    )
    clears_second_factor = models.BooleanField("gỡ cả xác thực hai lớp", default=False)
    code_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField("cấp lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    failed_count = models.PositiveSmallIntegerField("số lần thử sai", default=0)
    used_at = models.DateTimeField("đã dùng lúc", null=True, blank=True)

    objects = ResetSlipQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu đặt lại mật khẩu"
        verbose_name_plural = "phiếu đặt lại mật khẩu"
        indexes = [models.Index(fields=["issued_by", "created_at"], name="reset_slip_by_issuer")]
        constraints = [
            models.CheckConstraint(
                name="reset_slip_not_for_oneself",
                condition=~Q(user=models.F("issued_by")),
                violation_error_message="Không tự cấp phiếu cho chính mình.",
            ),
        ]

    def __str__(self):
        return f"Phiếu đặt lại mật khẩu của {self.user}"
