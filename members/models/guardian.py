from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q

from units.models import ScopedQuerySet


def private_storage():
    return storages["private"]


class GuardianQuerySet(ScopedQuerySet):
    unit_path = "member__unit__path"

    def standing(self):
        """Those who represent their child today; whether it still is one, its birth date says."""
        return self.filter(ended_at=None)


class Guardian(models.Model):
    """One parent or guardian who agrees for one member under 16: by their account, or on signed paper.

    Luật 91/2025/QH15, Điều 24. With an account (`user`) they agree and take back themselves; a signed
    paper is kept encrypted, or `paper_place` says where the office keeps it.
    """

    names_a_person = True

    class Relation(models.TextChoices):
        FATHER = "father", "cha"
        MOTHER = "mother", "mẹ"
        GUARDIAN = "guardian", "người giám hộ"

    member = models.ForeignKey(
        "members.Member", models.CASCADE, related_name="guardians", verbose_name="đoàn viên"
    )
    relation = models.CharField("là", max_length=8, choices=Relation)
    full_name = models.CharField("họ và tên", max_length=120)
    phone = models.CharField("số điện thoại", max_length=16, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="wards",
        verbose_name="tài khoản",
    )
    paper = models.FileField(
        "bản quét giấy đồng ý", storage=private_storage, upload_to="guardians", blank=True
    )
    paper_place = models.CharField("nơi giữ giấy đồng ý", max_length=160, blank=True)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    named_at = models.DateTimeField("ghi lúc")
    ended_at = models.DateTimeField("thôi đại diện lúc", null=True, blank=True)

    objects = GuardianQuerySet.as_manager()

    class Meta:
        verbose_name = "người đại diện"
        verbose_name_plural = "người đại diện"
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(ended_at=None), name="guardian_one_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.full_name} ({self.get_relation_display()})"
