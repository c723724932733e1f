"""The audit trail is only added to: triggers refuse changes; and indexes for each way it is narrowed.

PostgreSQL refuses removing too, but for `core.clearing`, which says so in its transaction. SQLite, for
development and one office, cannot be told so; there the querysets alone refuse it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


COLUMNS = "id, verb, by_id, at, target_type, target_id, target_label, detail"
POSTGRES = f"""
CREATE FUNCTION audit_trail_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('portal.clears_audit', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit trail is only added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_trail_is_kept BEFORE UPDATE OF {COLUMNS} OR DELETE ON core_auditentry
FOR EACH ROW EXECUTE FUNCTION audit_trail_is_kept();
"""
SQLITE = f"""
CREATE TRIGGER audit_trail_is_kept BEFORE UPDATE OF {COLUMNS} ON core_auditentry
BEGIN
  SELECT RAISE(ABORT, 'the audit trail is only added to');
END;
"""


def keep(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRES if on_postgres else SQLITE, params=None)


def let_go(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(f"DROP TRIGGER audit_trail_is_kept{' ON core_auditentry' if on_postgres else ''}")
    if on_postgres:
        schema_editor.execute("DROP FUNCTION audit_trail_is_kept()")


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_office_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='auditentry',
            name='audit_target',
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='at',
            field=models.DateTimeField(verbose_name='lúc'),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người thực hiện'),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='unit_path',
            field=models.CharField(blank=True, editable=False, max_length=255),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='verb',
            field=models.CharField(max_length=60, verbose_name='việc'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['-at', '-id'], name='audit_at'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['by', '-at', '-id'], name='audit_by'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['verb', '-at', '-id'], name='audit_verb'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['target_type', 'target_id', '-at', '-id'], name='audit_object'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['unit_path'], name='audit_unit', opclasses=['varchar_pattern_ops']),
        ),
        migrations.RunPython(keep, let_go),
    ]
