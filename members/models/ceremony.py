from django.conf import settings
from django.db import models
from django.db.models import Q

from units.models import ScopedQuerySet


class Ceremony(models.Model):
    """One Lễ trưởng thành Đoàn that was held: the members in it have left the Union by age."""

    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="ceremonies", verbose_name="đơn vị tổ chức"
    )
    held_on = models.DateField("ngày tổ chức")
    decision_no = models.CharField("số quyết định", max_length=60, blank=True)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "lễ trưởng thành Đoàn"
        verbose_name_plural = "lễ trưởng thành Đoàn"

    def __str__(self):
        return f"Lễ trưởng thành Đoàn {self.held_on:%d/%m/%Y}, {self.unit}"


class Growing(models.Model):
    """One member in one ceremony. Withdrawn, it never was; reduced, the record keeps what alumni need."""

    names_a_person = True

    ceremony = models.ForeignKey(Ceremony, models.CASCADE, related_name="growings")
    member = models.ForeignKey(
        "members.Member", models.CASCADE, related_name="growings", verbose_name="đoàn viên"
    )
    withdrawn_at = models.DateTimeField("rút lại lúc", null=True, blank=True)
    reduced_at = models.DateTimeField("rút gọn hồ sơ lúc", null=True, blank=True)

    class Meta:
        verbose_name = "trưởng thành Đoàn"
        verbose_name_plural = "trưởng thành Đoàn"
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(withdrawn_at=None), name="growing_once_in_force"
            ),
        ]

    def __str__(self):
        return f"{self.member}, {self.ceremony.held_on:%d/%m/%Y}"


class LongerStay(models.Model):
    """One member past thirty who asked to stay on, until thirty-five at most."""

    names_a_person = True

    member = models.ForeignKey(
        "members.Member", models.CASCADE, related_name="longer_stays", verbose_name="đoàn viên"
    )
    agreed_at = models.DateTimeField("đồng ý lúc")
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đồng ý"
    )

    class Meta:
        verbose_name = "ở lại sinh hoạt"
        verbose_name_plural = "ở lại sinh hoạt"
        constraints = [models.UniqueConstraint(fields=["member"], name="longer_stay_once")]

    def __str__(self):
        return f"{self.member} ở lại sinh hoạt"
