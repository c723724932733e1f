"""Take out of the audit trail what people typed and the names of those it was about."""

from urllib.parse import parse_qsl

from django.db import migrations

# What a kind of record is called, for the kinds whose titles name a person.
PEOPLE = {
    "accounts.user": "tài khoản",
    "events.attendance": "lượt có mặt",
    "events.registration": "đăng ký",
    "events.trainingrecord": "kết quả tập huấn",
    "members.affiliation": "nơi sinh hoạt",
    "members.claim": "nhận hồ sơ",
    "members.claimcode": "mã nhận hồ sơ",
    "members.consent": "đồng ý",
    "members.member": "đoàn viên",
    "programs.clubmember": "thành viên câu lạc bộ",
    "programs.squadmember": "thành viên đội hình",
}
TYPED = ("reason", "value")
NO_FILTERS = {"q", "o", "p", "e", "all"}


def clean(detail):
    kept = {key: value for key, value in detail.items() if key not in TYPED}
    if isinstance(kept.get("filters"), str):
        names = {name for name, _ in parse_qsl(kept["filters"]) if not name.startswith("_")}
        kept["filters"] = sorted(names - NO_FILTERS)
    return kept


def take_out(apps, schema_editor):
    entries = apps.get_model("core", "AuditEntry").objects
    for kind, words in PEOPLE.items():
        for entry in entries.filter(target_type=kind).only("target_id").iterator(chunk_size=2000):
            entries.filter(pk=entry.pk).update(target_label=f"{words} {entry.target_id}")
    for entry in entries.exclude(detail={}).only("detail").iterator(chunk_size=2000):
        if (kept := clean(entry.detail)) != entry.detail:
            entries.filter(pk=entry.pk).update(detail=kept)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_cache_rows")]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
