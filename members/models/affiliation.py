from django.db import models
from django.db.models import Q

from units.models import ScopedQuerySet


class Affiliation(models.Model):
    """One member belonging to one unit for a stretch of time. Home counts; the others do not."""

    names_a_person = True

    class Kind(models.TextChoices):
        HOME = "home", "sinh hoạt chính"
        RESIDENCE = "residence", "sinh hoạt nơi cư trú"
        TEMPORARY = "temporary", "sinh hoạt tạm thời"

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="affiliations")
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="affiliations", verbose_name="đơn vị", db_constraint=False
    )
    kind = models.CharField("hình thức", max_length=10, choices=Kind)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "nơi sinh hoạt"
        verbose_name_plural = "nơi sinh hoạt"
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(kind="home", ends_on=None), name="affiliation_one_home"
            ),
        ]

    def __str__(self):
        return f"{self.member}, {self.unit}"
