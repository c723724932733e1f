from django.conf import settings
from django.db import models
from django.utils.timezone import localtime


class AuditEntry(models.Model):
    """One thing somebody did: who, what, to what, when, in which branch of the tree. Never changed."""

    verb = models.CharField("việc", max_length=60, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện"
    )
    at = models.DateTimeField("lúc", db_index=True)
    target_type = models.CharField("loại đối tượng", max_length=60)
    target_id = models.CharField("mã đối tượng", max_length=40)
    target_label = models.CharField("đối tượng", max_length=200)
    unit_path = models.CharField(max_length=255, blank=True, db_index=True, editable=False)
    detail = models.JSONField("chi tiết", default=dict)

    class Meta:
        verbose_name = "nhật ký thao tác"
        verbose_name_plural = "nhật ký thao tác"
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_target")]

    def __str__(self) -> str:
        return f"{localtime(self.at):%H:%M %d/%m/%Y}, {self.target_label}"
