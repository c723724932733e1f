from django.db import migrations, models


class Migration(migrations.Migration):
    """Words only: rows are matched again for more reasons than branches."""

    dependencies = [("members", "0009_repeats_found")]

    operations = [
        migrations.AlterField(
            model_name="rosterimport",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Chờ đọc"),
                    ("reading", "Đang đọc"),
                    ("ready", "Chờ quyết định"),
                    ("failed", "Không đọc được"),
                    ("applying", "Đang áp dụng"),
                    ("applied", "Đã áp dụng"),
                    ("undoing", "Đang hoàn tác"),
                    ("undone", "Đã hoàn tác"),
                    ("cancelled", "Đã hủy"),
                    ("settling", "Đang so lại"),
                ],
                db_index=True,
                default="waiting",
                max_length=10,
                verbose_name="trạng thái",
            ),
        ),
    ]
