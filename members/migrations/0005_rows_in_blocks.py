import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from core.crypto import decrypt_json
from members.models.roster_block import ROWS_IN_BLOCK, sealed_lines


def put_into_blocks(apps, schema_editor):
    """Move what each row held by itself into the block it belongs to."""
    rows, blocks = apps.get_model("members", "RosterRow"), apps.get_model("members", "RosterBlock")
    for roster_import in apps.get_model("members", "RosterImport").objects.all():
        last = rows.objects.filter(roster_import=roster_import).order_by("-place").first()
        for first in range(0, last.place + 1 if last else 0, ROWS_IN_BLOCK):
            own = rows.objects.filter(
                roster_import=roster_import, place__gte=first, place__lt=first + ROWS_IN_BLOCK
            )
            held = {row.place: decrypt_json(row.sealed) if row.sealed else {} for row in own}
            contents = [held.get(place, {}) for place in range(first, first + ROWS_IN_BLOCK)]
            blocks.objects.create(roster_import=roster_import, first=first, sealed=sealed_lines(contents))


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0004_roster_row_sums"),
    ]

    operations = [
        migrations.CreateModel(
            name="RosterBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "roster_import",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocks",
                        to="members.rosterimport",
                    ),
                ),
            ],
            options={"verbose_name": "nội dung các dòng", "verbose_name_plural": "nội dung các dòng"},
        ),
        migrations.AddConstraint(
            model_name="rosterblock",
            constraint=models.UniqueConstraint(fields=("roster_import", "first"), name="roster_block_once"),
        ),
        migrations.RunPython(put_into_blocks, elidable=True),
    ]
