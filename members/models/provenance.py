from django.db import models


class Provenance(models.Model):
    """Which staged row of which import set which fields of a member. One per member and import.

    `fingerprint` stands for everything that the row said, if the member says just that: as long as the
    member was not changed `at` a later moment, a row with the same fingerprint would change nothing.
    """

    names_a_person = True

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="provenance", db_index=False)
    roster_import = models.ForeignKey(
        "members.RosterImport", models.PROTECT, related_name="provenance", db_constraint=False, db_index=False
    )
    row = models.ForeignKey("members.RosterRow", models.PROTECT, related_name="+")
    fields = models.JSONField("các trường đã ghi")
    at = models.DateTimeField("lúc")
    fingerprint = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        verbose_name = "nguồn gốc dữ liệu"
        verbose_name_plural = "nguồn gốc dữ liệu"
        indexes = [
            models.Index(
                fields=["fingerprint"], opclasses=["varchar_pattern_ops"], name="provenance_fingerprint"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["member", "roster_import"], name="provenance_once_per_import"),
        ]

    def __str__(self):
        return f"{self.member} ← {self.roster_import}"
