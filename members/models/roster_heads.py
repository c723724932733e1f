from django.db import models


class RosterHeads(models.Model):
    """The first rows of each sheet of an import, encrypted: what staff see when they name a header row.

    A table of its own, for the import is read with every one of its rows.
    """

    roster_import = models.OneToOneField("members.RosterImport", models.CASCADE, related_name="heads")
    sealed = models.BinaryField(editable=False)

    class Meta:
        verbose_name = "đầu trang tính"
        verbose_name_plural = "đầu các trang tính"

    def __str__(self):
        return str(self.roster_import)
