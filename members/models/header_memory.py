from django.conf import settings
from django.db import models
from django.utils import timezone


class HeaderMemory(models.Model):
    """How staff had headers of one shape read, for later lists of that unit and all below it.

    `shape` is a hash of the header's words and columns: the words themselves are not kept, for a row taken
    for a header by mistake holds a person. `roles` maps columns to what they hold.
    """

    shape = models.CharField(max_length=64)
    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="+", verbose_name="đơn vị")
    depth = models.PositiveSmallIntegerField(default=1)
    roles = models.JSONField()
    roster_import = models.ForeignKey("members.RosterImport", models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField("tên file", max_length=255)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "cách đọc đã nhớ"
        verbose_name_plural = "các cách đọc đã nhớ"
        constraints = [models.UniqueConstraint(fields=["shape", "unit"], name="header_memory_once")]

    def __str__(self):
        return self.file_name
