from django.db import models

from events.models.event import Event


class EventPart(models.Model):
    """One item of an event's agenda; its kind lets a forum and a training in one gathering both count."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="parts", verbose_name="sự kiện")
    kind = models.CharField("loại", max_length=10, choices=Event.Kind)
    title = models.CharField("nội dung", max_length=200)
    starts_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    speaker = models.CharField("người trình bày", max_length=200, blank=True)

    class Meta:
        verbose_name = "nội dung"
        verbose_name_plural = "chương trình làm việc"

    def __str__(self):
        return self.title
