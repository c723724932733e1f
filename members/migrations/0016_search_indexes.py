import django.db.models.functions.text
from django.db import migrations, models
from django.db.models import Q

# What only PostgreSQL has: words by how they begin, and initials. See members/queries/member_list.py.
# What an import adds stands in a list beside the index until the import is tidied up; 64 MB hold a whole province.
WORDS = (
    "CREATE INDEX member_words ON members_member USING gin (to_tsvector('simple'::regconfig, search_name)) "
    "WITH (gin_pending_list_limit = 65536)"
)
INITIALS = r"CREATE INDEX member_initials ON members_member (regexp_replace(search_name, '(\S)\S*\s*', '\1', 'g'))"


def add_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(WORDS)
        schema_editor.execute(INITIALS)


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX member_words, member_initials")


class Migration(migrations.Migration):
    dependencies = [("members", "0015_data_rights")]

    operations = [
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                django.db.models.functions.text.Right("phone", 4), name="member_phone_end"
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                condition=Q(("phone_other__gt", "")),
                fields=["phone_other"],
                name="member_phone_other",
                opclasses=["varchar_pattern_ops"],
            ),
        ),
        migrations.RunPython(add_indexes, drop_indexes),
    ]
