from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("members", "0012_cheaper_writes")]

    operations = [
        migrations.RemoveIndex(model_name="rosterrow", name="roster_row_asks"),
        migrations.AddIndex(
            model_name="rosterrow",
            index=models.Index(
                fields=["roster_import", "question"],
                name="roster_row_asks",
                condition=~Q(question=""),
                include=["id", "place", "sheet", "row_number", "outcome", "applied_at"],
            ),
        ),
        migrations.RemoveIndex(model_name="rosterrow", name="roster_row_minor"),
        migrations.AddIndex(
            model_name="rosterrow",
            index=models.Index(
                fields=["roster_import", "place"],
                name="roster_row_minor",
                condition=~Q(minor_until=None),
                include=["minor_until", "outcome", "same_as"],
            ),
        ),
        migrations.AddIndex(
            model_name="rosterrow",
            index=models.Index(
                fields=["roster_import", "place"], name="roster_row_kept", condition=~Q(kept_reason="")
            ),
        ),
        migrations.AddIndex(
            model_name="rosterrow",
            index=models.Index(
                fields=["roster_import", "place"],
                name="roster_row_dated",
                condition=Q(doubts_dates=True) | Q(decision__has_key="dates"),
            ),
        ),
    ]
