from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """Rows from before keep the member's unit as it is at this migration: nothing better was written."""
    homes = apps.get_model('members', 'Member').objects.filter(pk=OuterRef('member')).values('unit')
    for name in ('Attendance', 'TrainingRecord'):
        model = apps.get_model('events', name)
        model.objects.filter(unit=None).update(unit=Subquery(homes[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0003_unit_of_the_day'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
