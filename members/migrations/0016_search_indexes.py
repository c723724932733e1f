import django.db.models.functions.text
from django.db import migrations, models
from django.db.models import Q

# What only PostgreSQL has: words by how they begin. See members/queries/member_list.py.
# What an import adds stands in a list beside the index until the import is tidied up; 64 MB hold a whole province.
WORDS = (
    "CREATE INDEX member_words ON members_member USING gin (to_tsvector('simple'::regconfig, search_name)) "
    "WITH (gin_pending_list_limit = 65536)"
)
INITIALS = r"UPDATE members_member SET initials = left(regexp_replace(search_name, '(\S)\S*\s*', '\1', 'g'), 12)"


def fill_initials(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INITIALS)
        return
    members = apps.get_model("members", "Member").objects
    for key, name in list(members.values_list("pk", "search_name")):
        letters = "".join(word[0] for word in name.split()[:12])
        members.filter(pk=key).update(initials=letters)


def add_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(WORDS)


def drop_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX member_words")


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
        migrations.AddField(
            model_name="member",
            name="initials",
            field=models.CharField(default="", editable=False, max_length=12),
            preserve_default=False,
        ),
        migrations.RunPython(fill_initials, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                fields=["initials"], name="member_initials", opclasses=["varchar_pattern_ops"]
            ),
        ),
        migrations.RemoveIndex(model_name="member", name="member_name"),
        migrations.RemoveIndex(model_name="member", name="member_born_name"),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                fields=["search_name", "born_on"],
                name="member_name_born",
                opclasses=["varchar_pattern_ops", "date_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="member", index=models.Index(fields=["born_on"], name="member_born")
        ),
        migrations.RunPython(add_words, drop_words),
    ]
