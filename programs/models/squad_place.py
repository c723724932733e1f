from django.db import models


class SquadPlace(models.Model):
    """Which unit one squad belonged to before it followed another: up to and including `ends_on`."""

    squad = models.ForeignKey(
        "programs.Squad", models.CASCADE, related_name="places", verbose_name="đội hình"
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị khi đó")
    ends_on = models.DateField("đến hết ngày")

    class Meta:
        verbose_name = "đơn vị trước đây của đội hình"
        verbose_name_plural = "đơn vị trước đây của các đội hình"
        constraints = [
            models.UniqueConstraint(fields=["squad", "ends_on"], name="squad_place_once_a_day"),
        ]

    def __str__(self):
        return f"{self.squad}, {self.unit} đến {self.ends_on:%d/%m/%Y}"
