from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("members", "0012_cheaper_writes")]

    operations = [
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
