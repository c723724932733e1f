from django.db import models


class Provenance(models.Model):
    """Which staged row of which import set which fields of a member. One per member and import."""

    names_a_person = True

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="provenance")
    roster_import = models.ForeignKey("members.RosterImport", models.PROTECT, related_name="provenance")
    row = models.ForeignKey("members.RosterRow", models.PROTECT, related_name="+")
    fields = models.JSONField("các trường đã ghi")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "nguồn gốc dữ liệu"
        verbose_name_plural = "nguồn gốc dữ liệu"
        constraints = [
            models.UniqueConstraint(fields=["member", "roster_import"], name="provenance_once_per_import"),
        ]

    def __str__(self):
        return f"{self.member} ← {self.roster_import}"
