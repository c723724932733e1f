from django.db import models
from django.db.models import F, Q


class Session(models.Model):
    """One stretch of an event at which attendance is taken once: a half-day, an evening."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="sessions", verbose_name="sự kiện")
    title = models.CharField("buổi", max_length=80)
    starts_at = models.DateTimeField("bắt đầu lúc")
    ends_at = models.DateTimeField("kết thúc lúc")

    class Meta:
        verbose_name = "buổi"
        verbose_name_plural = "các buổi"
        constraints = [
            models.CheckConstraint(
                name="session_starts_before_it_ends",
                condition=Q(starts_at__lt=F("ends_at")),
                violation_error_message="Thời điểm bắt đầu phải trước thời điểm kết thúc.",
            ),
        ]

    def __str__(self):
        return self.title
