from django.db import models

from units.models.queryset import ScopedQuerySet
from units.models.unit_facts import SANE_YEARS


class Cluster(models.Model):
    """One emulation cluster of units in one year. Figures are compared within it only."""

    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="clusters", verbose_name="đơn vị chia cụm"
    )
    year = models.PositiveSmallIntegerField("năm", validators=SANE_YEARS)
    name = models.CharField("tên cụm", max_length=120)
    is_ranked = models.BooleanField("có xếp hạng", default=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "cụm thi đua"
        verbose_name_plural = "cụm thi đua"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "name"],
                name="cluster_once_a_year",
                violation_error_message="Năm này đã có cụm cùng tên.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, năm {self.year}"


class ClusterUnit(models.Model):
    """One unit in one cluster."""

    class Role(models.TextChoices):
        HEAD = "head", "Cụm trưởng"
        DEPUTY = "deputy", "Cụm phó"
        MEMBER = "member", "Thành viên"

    cluster = models.ForeignKey(
        "units.Cluster", models.CASCADE, related_name="places", verbose_name="cụm thi đua"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="cluster_places", verbose_name="đơn vị"
    )
    role = models.CharField("vai trò trong cụm", max_length=8, choices=Role, default=Role.MEMBER)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị trong cụm"
        verbose_name_plural = "các đơn vị trong cụm"
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "unit"],
                name="cluster_unit_once",
                violation_error_message="Đơn vị đã ở trong cụm này.",
            ),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=models.Q(role="head"),
                name="cluster_has_one_head",
                violation_error_message="Cụm đã có cụm trưởng.",
            ),
        ]

    def __str__(self):
        return f"{self.unit}, {self.cluster}"
