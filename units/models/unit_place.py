from django.db import models


class UnitPlace(models.Model):
    """Where one unit stood before it was moved: right below `parent`, up to and including `ends_on`.

    The tree itself says where it stands now. A closed unit that went whole into another stands below its
    successor, so that its records are counted there; this row tells where it was while it lived.
    """

    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="places", verbose_name="đơn vị")
    parent = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="former_children", verbose_name="đơn vị cấp trên khi đó"
    )
    ends_on = models.DateField("đến hết ngày")
    decision_no = models.CharField("số nghị quyết, quyết định", max_length=60, blank=True)

    class Meta:
        verbose_name = "đơn vị cấp trên trước đây"
        verbose_name_plural = "đơn vị cấp trên trước đây"
        constraints = [
            models.UniqueConstraint(fields=["unit", "ends_on"], name="unit_place_once_a_day"),
        ]

    def __str__(self):
        return f"{self.unit}, thuộc {self.parent} đến {self.ends_on:%d/%m/%Y}"
