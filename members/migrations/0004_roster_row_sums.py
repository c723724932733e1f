from django.db import migrations, models
from django.db.models.functions import Cast


def sum_up(apps, schema_editor):
    """Fill the new columns of rows that are staged already."""
    told = Cast('problems', models.TextField())
    rows = apps.get_model('members', 'RosterRow').objects.annotate(told=told)
    rows.filter(told__contains='"code": "day_month_order"').update(doubts_dates=True)
    rows.filter(told__contains='"level": "error"').update(lacks_value=True)


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0003_roster_import_undone_by'),
    ]

    operations = [
        migrations.AddField(
            model_name='rosterrow',
            name='doubts_dates',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='rosterrow',
            name='lacks_value',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(sum_up, migrations.RunPython.noop, elidable=True),
    ]
