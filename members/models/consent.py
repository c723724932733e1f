from django.conf import settings
from django.db import models
from django.db.models import Q


class ConsentQuerySet(models.QuerySet):
    def in_force(self):
        """Agreements that nobody took back."""
        return self.filter(withdrawn_at=None)

    def own(self):
        """What members agreed to themselves."""
        return self.filter(guardian=None)

    def by_guardian(self):
        """What the parent or guardian of a child agreed to."""
        return self.exclude(guardian=None)


class Consent(models.Model):
    """One agreement to one purpose, in the words of one version of the text.

    The member's own, or that of the `guardian` of a member who is a child. Purposes and the duty to prove
    them: Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP.
    """

    names_a_person = True

    class Purpose(models.TextChoices):
        ACTIVITIES = "activities", "quản lý hoạt động Đoàn"
        SENSITIVE = "sensitive", "xử lý dữ liệu nhạy cảm (dân tộc, tôn giáo)"
        PUBLICITY = "publicity", "đăng tên, ảnh trên trang công khai"
        MESSAGES = "messages", "nhận thông báo qua email"

    TEXT_VERSION = "2026-11"  # of templates/portal/privacy_page.html; raised when its promises change

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="consents")
    purpose = models.CharField("mục đích", max_length=12, choices=Purpose)
    text_version = models.CharField("bản văn", max_length=20)
    channel = models.CharField("cách đồng ý", max_length=40)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    guardian = models.ForeignKey(
        "members.Guardian",
        models.CASCADE,
        null=True,
        related_name="consents",
        verbose_name="người đại diện",
    )
    given_at = models.DateTimeField("đồng ý lúc")
    withdrawn_at = models.DateTimeField("rút lại lúc", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "đồng ý"
        verbose_name_plural = "đồng ý"
        constraints = [
            models.UniqueConstraint(
                fields=["member", "purpose"],
                condition=Q(withdrawn_at=None, guardian=None),
                name="consent_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["guardian", "purpose"],
                condition=Q(withdrawn_at=None, guardian__isnull=False),
                name="consent_one_of_guardian",
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_purpose_display()}"
