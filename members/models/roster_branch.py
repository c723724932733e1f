from django.conf import settings
from django.db import models


class RosterBranch(models.Model):
    """One branch that lines of an import name under one commune, confirmed once for all of them.

    `key` is what ways of writing it have in common, `text` how most lines write it. `branch` is the unit the
    lines go to once somebody decided; `is_text` says that it stays a plain text.
    """

    roster_import = models.ForeignKey("members.RosterImport", models.CASCADE, related_name="branches")
    commune = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    key = models.CharField(max_length=200)
    text = models.CharField("chi đoàn", max_length=160)
    row_count = models.PositiveIntegerField("số dòng", default=0)
    branch = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+")
    is_text = models.BooleanField("giữ là chữ", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("lúc", null=True)

    class Meta:
        verbose_name = "chi đoàn trong file"
        verbose_name_plural = "các chi đoàn trong file"
        constraints = [
            models.UniqueConstraint(fields=["roster_import", "commune", "key"], name="roster_branch_once"),
        ]

    def __str__(self):
        return self.text
