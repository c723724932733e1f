from django.db import models


class Venue(models.Model):
    """One connection point (điểm cầu) of a hybrid event, kept by one unit."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="venues", verbose_name="sự kiện")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="venues", verbose_name="đơn vị")
    place = models.CharField("địa điểm", max_length=200)
    person_in_charge = models.CharField("người phụ trách", max_length=120, blank=True)
    is_central = models.BooleanField("điểm cầu trung tâm", default=False)
    expected_count = models.PositiveIntegerField("số người dự kiến", default=0)
    present_count = models.PositiveIntegerField("số người có mặt", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "điểm cầu"
        verbose_name_plural = "điểm cầu"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "unit"],
                name="venue_once_per_unit",
                violation_error_message="Đơn vị đã có điểm cầu trong sự kiện này.",
            ),
        ]

    def __str__(self):
        return f"Điểm cầu {self.unit.place}"
