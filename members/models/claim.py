from django.conf import settings
from django.db import models
from django.db.models import Q

from units.models import ScopedQuerySet


class ClaimCodeQuerySet(ScopedQuerySet):
    unit_path = "member__unit__path"

    def live_at(self, moment):
        """Codes that still open a record."""
        return self.filter(used_at=None, expires_at__gt=moment, failed_count__lt=ClaimCode.MAX_FAILED)

    def open_to(self, user):
        """Codes this account may try: those it asked for, and those printed on paper."""
        return self.filter(Q(channel=ClaimCode.Channel.PRINTED) | Q(requested_by=user))


class ClaimCode(models.Model):
    """One code that proves a member record is one's own, sent by e-mail or printed by the unit.

    Only its keyed hash is kept. It works once, until `expires_at`, for at most five wrong tries.
    Without a member it opens nothing: the address it was asked for stands in no record.
    """

    names_a_person = True

    class Channel(models.TextChoices):
        EMAIL = "email", "mã gửi qua email"
        PRINTED = "printed", "mã do đơn vị in"

    MAX_FAILED = 5

    member = models.ForeignKey("members.Member", models.CASCADE, null=True, related_name="claim_codes")
    channel = models.CharField("cách gửi", max_length=8, choices=Channel)
    code_hash = models.CharField(max_length=64, db_index=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Người xin mã hoặc người cấp mã"
    )
    created_at = models.DateTimeField("tạo lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    failed_count = models.PositiveSmallIntegerField("số lần thử sai", default=0)
    used_at = models.DateTimeField("đã dùng lúc", null=True, blank=True)

    objects = ClaimCodeQuerySet.as_manager()

    class Meta:
        verbose_name = "mã nhận hồ sơ"
        verbose_name_plural = "mã nhận hồ sơ"

    def __str__(self):
        return f"Mã nhận hồ sơ của {self.member}"


class Claim(models.Model):
    """One account that took one member record, and how it proved its right.

    `released_at` ends it: the record is free again.
    """

    names_a_person = True

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims")
    channel = models.CharField("bằng cách", max_length=8, choices=ClaimCode.Channel)
    claimed_at = models.DateTimeField("nhận lúc")
    released_at = models.DateTimeField("hủy nhận lúc", null=True, blank=True)

    class Meta:
        verbose_name = "nhận hồ sơ"
        verbose_name_plural = "nhận hồ sơ"
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(released_at=None), name="claim_one_in_force"
            ),
        ]

    def __str__(self):
        return f"{self.user} nhận hồ sơ {self.member}"
