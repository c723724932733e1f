from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0010_settling_words")]

    operations = [
        migrations.AddField(
            model_name="rosterimport",
            name="purged_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="xóa nội dung lúc"),
        ),
    ]
