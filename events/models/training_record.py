from django.db import models
from django.db.models import Q

from units.models import ScopedQuerySet


class TrainingRecordQuerySet(ScopedQuerySet):
    unit_path = "member__unit__path"


class TrainingRecord(models.Model):
    """What one member learnt at one event, drawn from their attendance.

    `unit` is the member's when the record was first written, and stays: figures of the past do not move.
    Who may read the record goes by the member's unit of today.
    """

    names_a_person = True

    class Result(models.TextChoices):
        COMPLETED = "completed", "Hoàn thành"
        INCOMPLETE = "incomplete", "Chưa hoàn thành"

    member = models.ForeignKey(
        "members.Member", models.PROTECT, related_name="training_records", verbose_name="đoàn viên"
    )
    event = models.ForeignKey(
        "events.Event", models.PROTECT, related_name="training_records", verbose_name="sự kiện"
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị khi đó")
    title = models.CharField("nội dung", max_length=200)
    held_on = models.DateField("ngày")
    session_count = models.PositiveSmallIntegerField("số buổi")
    attended_count = models.PositiveSmallIntegerField("số buổi có mặt")
    result = models.CharField("kết quả", max_length=10, choices=Result)
    recorded_at = models.DateTimeField("ghi lúc")

    objects = TrainingRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả tập huấn"
        verbose_name_plural = "kết quả tập huấn"
        constraints = [
            models.UniqueConstraint(fields=["member", "event"], name="training_record_once"),
            models.CheckConstraint(
                name="training_record_counts_agree",
                condition=Q(attended_count__lte=models.F("session_count")),
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.title}"
