from django.conf import settings
from django.db import models
from django.db.models import Q


class DuplicateScanQuerySet(models.QuerySet):
    def unfinished(self):
        """Scans that were asked for and have not come to their end."""
        return self.filter(ended_at=None)

    def free_at(self, moment):
        """Unfinished scans that no worker holds at that moment."""
        return self.unfinished().filter(Q(lease_until=None) | Q(lease_until__lt=moment))

    def take(self, scan, *, at, until) -> bool:
        """Hold the scan until then. False when another worker was faster."""
        mine = self.filter(pk=scan.pk).free_at(at)
        return mine.update(lease_until=until, started_at=at) == 1


class DuplicateScan(models.Model):
    """One search of all members for records that may be one person. The row is the promise.

    `shared` counts the values too many records have in common to compare them all, by kind of value.
    """

    asked_at = models.DateTimeField("yêu cầu lúc")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField("xong lúc", null=True)
    lease_until = models.DateTimeField(null=True, editable=False)
    compared_count = models.PositiveIntegerField("số cặp đã so", default=0)
    found_count = models.PositiveIntegerField("số cặp có thể trùng", default=0)
    shared = models.JSONField(default=dict)

    objects = DuplicateScanQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt quét trùng"
        verbose_name_plural = "lượt quét trùng"

    def __str__(self):
        return f"Lượt quét trùng {self.pk}"
