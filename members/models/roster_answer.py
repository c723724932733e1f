from django.conf import settings
from django.db import models
from django.utils import timezone


class RosterAnswer(models.Model):
    """What somebody answered to one question of an import. Taken back, it goes and the question returns.

    The rows it settled carry its key under `decision["answers"]`, beside what was decided. `asked` and
    `chosen` are the question and the answer in words. A unit's answer also taught the portal an alias:
    `alias`, which meant `alias_before` until then (nothing when that is empty).
    """

    class Kind(models.TextChoices):
        UNIT = "unit", "Đơn vị"
        PERSON = "person", "Người"
        DATES = "dates", "Ngày tháng"
        SKIP = "skip", "Bỏ qua"

    roster_import = models.ForeignKey("members.RosterImport", models.CASCADE, related_name="answers")
    question = models.CharField(max_length=200)
    kind = models.CharField(max_length=6, choices=Kind)
    asked = models.CharField("câu hỏi", max_length=300)
    chosen = models.CharField("đã chọn", max_length=300)
    row_count = models.PositiveIntegerField("số dòng")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("lúc", default=timezone.now)
    alias = models.ForeignKey("units.UnitAlias", models.SET_NULL, null=True, related_name="+")
    alias_before = models.ForeignKey("units.Unit", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "câu trả lời"
        verbose_name_plural = "các câu trả lời"
        constraints = [
            models.UniqueConstraint(fields=["roster_import", "question"], name="roster_answer_once"),
        ]

    def __str__(self):
        return f"{self.asked} {self.chosen}"
