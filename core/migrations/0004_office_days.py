"""The days that break the week, and those of 2026 and 2027 as far as they are known."""

from datetime import date

from django.db import migrations, models

NEW_YEAR, TET, KINGS, APRIL, MAY, SEPTEMBER = (
    "Tết Dương lịch",
    "Tết Nguyên đán",
    "Giỗ Tổ Hùng Vương",
    "Ngày Chiến thắng 30/4",
    "Ngày Quốc tế lao động",
    "Quốc khánh",
)
CLOSED = {
    date(2026, 1, 1): NEW_YEAR,
    date(2026, 1, 2): f"{NEW_YEAR}, nghỉ hoán đổi",
    **{date(2026, 2, day): f"{TET} Bính Ngọ" for day in range(16, 21)},
    date(2026, 4, 27): f"{KINGS}, nghỉ bù",
    date(2026, 4, 30): APRIL,
    date(2026, 5, 1): MAY,
    date(2026, 8, 31): f"{SEPTEMBER}, nghỉ hoán đổi",
    date(2026, 9, 1): SEPTEMBER,
    date(2026, 9, 2): SEPTEMBER,
    # 2027 by the law and the lunar calendar; what is exchanged is announced later.
    date(2027, 1, 1): NEW_YEAR,
    **{date(2027, 2, day): f"{TET} Đinh Mùi (dự kiến)" for day in (5, 8, 9, 10, 11)},
    date(2027, 4, 16): KINGS,
    date(2027, 4, 30): APRIL,
    date(2027, 5, 3): f"{MAY}, nghỉ bù",
    date(2027, 9, 2): SEPTEMBER,
    date(2027, 9, 3): f"{SEPTEMBER} (dự kiến)",
}
OPEN = {
    date(2026, 1, 10): "Làm bù ngày 2/1/2026",
    date(2026, 8, 22): "Làm bù ngày 31/8/2026",
}


def load(apps, schema_editor):
    office_day = apps.get_model("core", "OfficeDay")
    days = [(day, name, False) for day, name in CLOSED.items()] + [
        (day, name, True) for day, name in OPEN.items()
    ]
    office_day.objects.bulk_create(
        [office_day(day=day, name=name, is_open=is_open) for day, name, is_open in days]
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0003_audit_without_values")]

    operations = [
        migrations.CreateModel(
            name="OfficeDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "day",
                    models.DateField(
                        error_messages={"unique": "Ngày này đã có trong lịch. Hãy sửa dòng đã có."},
                        unique=True,
                        verbose_name="ngày",
                    ),
                ),
                ("is_open", models.BooleanField(default=False, verbose_name="làm việc bù")),
                ("name", models.CharField(max_length=120, verbose_name="lý do")),
            ],
            options={
                "verbose_name": "ngày nghỉ, ngày làm bù",
                "verbose_name_plural": "lịch nghỉ lễ, làm bù",
            },
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
