"""What is known of a unit beside its name: kinds of its area, and its young people year by year."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from units.models.queryset import ScopedQuerySet

SANE_YEARS = [MinValueValidator(1990), MaxValueValidator(2100)]


class UnitArea(models.Model):
    """One kind of area that a unit lies in; a commune may be mountainous and on the border at once."""

    class Kind(models.TextChoices):
        RURAL = "rural", "Nông thôn"
        MOUNTAINOUS = "mountainous", "Miền núi"
        REMOTE = "remote", "Vùng sâu, vùng xa"
        HARDEST = "hardest", "Đặc biệt khó khăn"
        BORDER = "border", "Biên giới"

    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="areas", verbose_name="đơn vị")
    kind = models.CharField("vùng", max_length=12, choices=Kind)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "vùng"
        verbose_name_plural = "vùng của đơn vị"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind"],
                name="unit_area_once",
                violation_error_message="Đơn vị đã được xếp vào vùng này.",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class YouthCount(models.Model):
    """How many young people (16 to 30) one unit had in one year, as counted or estimated by `source`."""

    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="youth_counts", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm", validators=SANE_YEARS)
    youth_count = models.PositiveIntegerField("số thanh niên")
    source = models.CharField("nguồn số liệu", max_length=160, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "số thanh niên"
        verbose_name_plural = "số thanh niên theo năm"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="youth_count_once_a_year",
                violation_error_message="Năm này đã có số thanh niên của đơn vị.",
            ),
        ]

    def __str__(self):
        return f"{self.unit}, năm {self.year}"
