from django.db import models


class UnitLineage(models.Model):
    """One line of descent: what `from_unit` held went (in whole or in part) to `to_unit`.

    `share` is the part of a divided unit that the decision says went there, in percent, where it says so.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", "sáp nhập"
        SPLIT = "split", "chia tách"
        RENAME = "rename", "đổi tên"
        UPGRADE = "upgrade", "chuyển loại"
        KEEP = "keep", "giữ nguyên"

    from_unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="successions", verbose_name="từ")
    to_unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="predecessions", verbose_name="thành"
    )
    kind = models.CharField("hình thức", max_length=8, choices=Kind)
    effective_on = models.DateField("hiệu lực từ")
    decision_no = models.CharField("số nghị quyết, quyết định", max_length=60, blank=True)
    share = models.PositiveSmallIntegerField("tỷ lệ (%)", null=True, blank=True)

    class Meta:
        verbose_name = "kế thừa đơn vị"
        verbose_name_plural = "kế thừa đơn vị"
        constraints = [
            models.UniqueConstraint(fields=["from_unit", "to_unit"], name="lineage_once_per_pair"),
        ]

    def __str__(self):
        return f"{self.from_unit} → {self.to_unit}"
