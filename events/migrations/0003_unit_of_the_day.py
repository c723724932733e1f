import django.db.models.deletion
from django.db import migrations, models


def unit_field():
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name='+',
        to='units.unit',
        verbose_name='đơn vị khi đó',
    )


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_result_words'),
        ('members', '0001_initial'),
        ('units', '0001_initial'),
    ]

    operations = [
        migrations.AddField('attendance', 'unit', unit_field()),
        migrations.AddField('trainingrecord', 'unit', unit_field()),
    ]
