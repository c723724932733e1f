import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill_units(apps, schema_editor):
    """An activity counts for the unit its squad belongs to; no squad has moved so far."""
    squads = apps.get_model("programs", "Squad").objects.filter(pk=OuterRef("squad_id"))
    apps.get_model("programs", "SquadActivity").objects.update(unit_id=Subquery(squads.values("unit_id")[:1]))
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ("programs", "0002_cheaper_writes"),
        ("units", "0004_restructuring"),
    ]

    operations = [
        migrations.AddField(
            model_name="squadactivity",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="units.unit",
                verbose_name="đơn vị khi đó",
            ),
        ),
        migrations.RunPython(fill_units, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="squadactivity",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="units.unit",
                verbose_name="đơn vị khi đó",
            ),
        ),
        migrations.CreateModel(
            name='SquadPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ends_on', models.DateField(verbose_name='đến hết ngày')),
                ('squad', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='programs.squad', verbose_name='đội hình')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị khi đó')),
            ],
            options={
                'verbose_name': 'đơn vị trước đây của đội hình',
                'verbose_name_plural': 'đơn vị trước đây của các đội hình',
                'constraints': [models.UniqueConstraint(fields=('squad', 'ends_on'), name='squad_place_once_a_day')],
            },
        ),
    ]
