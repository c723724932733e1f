from django.conf import settings
from django.db import models

from units.models import ScopedQuerySet


class MemberMergeQuerySet(ScopedQuerySet):
    unit_path = "kept__unit__path"

    def in_force(self):
        """Merges that were not undone."""
        return self.filter(undone_at=None)

    def of_code(self, start: str):
        """The keys of the members into whom a record with such a code, or one beginning so, went."""
        return self.filter(other_code__startswith=start).values("kept")


class MemberMerge(models.Model):
    """One record that went into another, with everything needed to part them again.

    `other_id`, `other_code` name the record that went; cards with its code still find the kept one.
    `moved` names the rows that changed hands, as [table, key]. `sealed` holds the record that went, the
    changes of every row and the rows that had to give way, encrypted.
    """

    names_a_person = True

    kept = models.ForeignKey(
        "members.Member", models.PROTECT, related_name="merges", verbose_name="hồ sơ giữ lại"
    )
    other_id = models.BigIntegerField(editable=False)
    other_code = models.CharField("mã đã gộp", max_length=12, db_index=True)
    other_unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị đã gộp"
    )
    moved = models.JSONField(default=list)
    dropped_count = models.PositiveIntegerField("số mục nhường chỗ", default=0)
    sealed = models.BinaryField(editable=False)
    merged_at = models.DateTimeField("gộp lúc")
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người gộp"
    )
    undone_at = models.DateTimeField("tách lại lúc", null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người tách lại"
    )

    objects = MemberMergeQuerySet.as_manager()

    class Meta:
        verbose_name = "lần gộp hồ sơ"
        verbose_name_plural = "hồ sơ đã gộp"
        constraints = [
            models.UniqueConstraint(
                fields=["other_id"], condition=models.Q(undone_at=None), name="member_merged_once"
            ),
        ]

    def __str__(self):
        return f"{self.other_code} vào {self.kept}"
