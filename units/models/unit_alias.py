from django.db import models
from django.db.models import Q

from units.models.queryset import ScopedQuerySet


class UnitAlias(models.Model):
    """One way somebody wrote a unit's name that the portal has learnt. `spelling` is the folded key.

    `context` is the former district that the words need beside them. `branch` is the unit whose lists
    taught it and in whose branch alone it holds; without one it holds everywhere.
    """

    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="aliases", verbose_name="đơn vị")
    text = models.CharField("cách viết", max_length=200)
    spelling = models.CharField(max_length=200, db_index=True, editable=False)
    context = models.ForeignKey(
        "units.Unit",
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name="trong nhánh",
        help_text="Nhánh mà cách viết này có hiệu lực",
    )
    branch = models.ForeignKey(
        "units.Unit",
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name="đơn vị đã chọn",
        help_text="Cách viết này chỉ dùng cho danh sách nhập trong đơn vị này",
    )
    learnt_at = models.DateTimeField("ghi nhớ lúc", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "cách viết khác"
        verbose_name_plural = "cách viết khác"
        constraints = [
            models.UniqueConstraint(
                fields=["spelling", "context"],
                condition=Q(context__isnull=False, branch__isnull=True),
                name="alias_once_per_context",
            ),
            models.UniqueConstraint(
                fields=["spelling"],
                condition=Q(context__isnull=True, branch__isnull=True),
                name="alias_once_everywhere",
            ),
            models.UniqueConstraint(
                fields=["spelling", "context", "branch"],
                condition=Q(context__isnull=False, branch__isnull=False),
                name="alias_once_per_context_and_branch",
            ),
            models.UniqueConstraint(
                fields=["spelling", "branch"],
                condition=Q(context__isnull=True, branch__isnull=False),
                name="alias_once_per_branch",
            ),
        ]

    def __str__(self):
        return f"{self.text} → {self.unit}"
