from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from units.models import ScopedQuerySet


class ProgramQuerySet(ScopedQuerySet):
    def published(self):
        return self.filter(is_published=True)


class Program(models.Model):
    """One movement or program an office runs over years, such as "Bình dân học vụ số"."""

    class Kind(models.TextChoices):
        MOVEMENT = "movement", "Phong trào"
        PROGRAM = "program", "Chương trình"

    kind = models.CharField("loại", max_length=8, choices=Kind)
    name = models.CharField("tên", max_length=160)
    slug = models.SlugField("đường dẫn", max_length=80, unique=True)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="programs", verbose_name="đơn vị chủ trì"
    )
    summary = models.CharField("tóm tắt", max_length=300)
    description = models.TextField("giới thiệu", blank=True)
    slogan = models.CharField("khẩu hiệu", max_length=160, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)
    is_published = models.BooleanField("công khai", default=False)

    history = HistoricalRecords()
    objects = ProgramQuerySet.as_manager()

    class Meta:
        verbose_name = "chương trình"
        verbose_name_plural = "phong trào, chương trình"
        constraints = [
            models.CheckConstraint(
                name="program_starts_before_it_ends",
                condition=Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                violation_error_message="Ngày bắt đầu phải trước ngày kết thúc.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("reports:program-detail", args=[self.slug])
