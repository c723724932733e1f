from django.conf import settings
from django.db import models
from django.utils.timezone import localtime


class TrailKept(TypeError):
    """Raised where code tries to change or remove what the audit trail says."""

    def __init__(self) -> None:
        super().__init__("The audit trail is only added to; see core.clearing for what is past its time.")


class AuditEntryQuerySet(models.QuerySet):
    """Entries are added and read. Only the branch they lie in follows when units move."""

    def update(self, **columns):
        if set(columns) != {"unit_path"}:
            raise TrailKept
        return super().update(**columns)

    def delete(self):
        raise TrailKept


class AuditEntry(models.Model):
    """One thing somebody did: who, what, to what, when, in which branch of the tree. Never changed.

    The database refuses it too: triggers of the migration `audit_trail_is_kept`.
    """

    verb = models.CharField("việc", max_length=60)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người thực hiện",
        db_index=False,
    )
    at = models.DateTimeField("lúc")
    target_type = models.CharField("loại đối tượng", max_length=60)
    target_id = models.CharField("mã đối tượng", max_length=40)
    target_label = models.CharField("đối tượng", max_length=200)
    unit_path = models.CharField(max_length=255, blank=True, editable=False)
    detail = models.JSONField("chi tiết", default=dict)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "nhật ký thao tác"
        verbose_name_plural = "nhật ký thao tác"
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_at"),
            models.Index(fields=["by", "-at", "-id"], name="audit_by"),
            models.Index(fields=["verb", "-at", "-id"], name="audit_verb"),
            models.Index(fields=["target_type", "target_id", "-at", "-id"], name="audit_object"),
            models.Index(fields=["unit_path"], opclasses=["varchar_pattern_ops"], name="audit_unit"),
        ]

    def __str__(self) -> str:
        return f"{localtime(self.at):%H:%M %d/%m/%Y}, {self.target_label}"

    def delete(self, *args, **kwargs):
        raise TrailKept
