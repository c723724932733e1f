"""The audit trail as staff read it: by person, unit, object, verb and time; within the scope; for ever."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from core import audit
from core.clearing import clear_audit
from core.models import AuditEntry
from core.models.audit_entry import TrailKept
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db
LIST = "admin:core_auditentry_changelist"


@pytest.fixture(autouse=True)
def plain_sign_in(settings):
    settings.PORTAL_REQUIRE_MFA = False


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên", code="19")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def leader(client, province):
    user = make_staff(unit=province, role=Role.PROVINCE_LEADER)
    client.force_login(user)
    return user


def note(verb="unit.opened", *, by=None, target=None, unit=None, on=None):
    """An entry; `on` a day, at noon."""
    entry = audit.record(verb, by=by, target=target or unit, unit=unit)
    if on:
        facts = {name: getattr(entry, name) for name in ("verb", "by", "target_type", "target_id")}
        at = timezone.make_aware(timezone.datetime(*on, 12))
        return AuditEntry.objects.create(**facts, at=at, target_label="cũ", unit_path=entry.unit_path)
    return entry


def found(client, **query):
    page = client.get(reverse(LIST), query)
    assert page.status_code == 200
    return {entry.pk for entry in page.context["cl"].result_list}


def test_one_finds_what_a_person_did_by_name_and_by_key(client, leader, commune):
    an, other_an = make_user(full_name="Hà Văn An"), make_user(full_name="Hà Văn An")
    mine, theirs = note(by=an, unit=commune), note(by=other_an, unit=commune)
    by_nobody = note(unit=commune)

    assert found(client, nguoi="văn an") == {mine.pk, theirs.pk}
    assert found(client, nguoi=f"Hà Văn An ({an.pk})") == {mine.pk}
    assert found(client, nguoi="Không có ai") == set()
    assert found(client) == {mine.pk, theirs.pk, by_nobody.pk}


def test_one_finds_what_happened_in_a_unit_and_below_it(client, leader, province, commune):
    branch = make_unit(parent=commune, name="Xóm 3")
    inside, below = note(unit=commune), note(unit=branch)
    note(unit=make_unit(parent=province, name="Gia Sàng"))

    assert found(client, **{"don-vi": commune.pk}) == {inside.pk, below.pk}
    assert found(client, **{"don-vi": branch.pk}) == {below.pk}
    assert found(client, **{"don-vi": "x"}) == set()


def test_a_unit_outside_the_scope_narrows_to_nothing(client, province, commune):
    other = make_unit(parent=province, name="Gia Sàng")
    note(unit=commune)
    there = note(unit=other)
    client.force_login(make_staff(unit=other, role=Role.PROVINCE_ADMIN))

    page = client.get(reverse(LIST)).content.decode()

    assert found(client) == {there.pk}
    assert found(client, **{"don-vi": commune.pk}) == set()
    assert "Gia Sàng" in page
    assert "Bình Yên" not in page


def test_one_finds_what_was_done_to_a_kind_of_object_and_to_one(client, leader, commune):
    member, other = make_member(unit=commune), make_member(unit=commune)
    one, two = (note("member.updated", target=who, unit=commune) for who in (member, other))
    unit = note(unit=commune)

    assert found(client, loai="members.member") == {one.pk, two.pk}
    assert found(client, loai="members.member", so=member.pk) == {one.pk}
    assert unit.pk in found(client, so=commune.pk)
    assert found(client, loai="units.unit", so=str(commune.pk)) == {unit.pk}


def test_one_finds_a_verb_also_of_the_forms(client, leader, commune):
    opened, edited = note(unit=commune), note("unit.edited", unit=commune)

    page = client.get(reverse(LIST)).content.decode()

    assert found(client, viec="unit.opened") == {opened.pk}
    assert found(client, viec="unit.edited") == {edited.pk}
    assert '<option value="unit.edited">Sửa đơn vị</option>' in page


def test_both_days_count_with_all_their_hours(client, leader, commune):
    first, last = note(unit=commune, on=(2025, 3, 1)), note(unit=commune, on=(2025, 3, 5))
    late = AuditEntry.objects.create(
        verb="x.y", at=timezone.make_aware(timezone.datetime(2025, 3, 5, 23, 59)), unit_path=commune.path
    )
    note(unit=commune, on=(2025, 3, 6))
    note(unit=commune, on=(2025, 2, 28))

    assert found(client, at_from="01/03/2025", at_to="05/03/2025") == {first.pk, last.pk, late.pk}
    assert found(client, at_to="28/02/2025", at_from="hôm qua") != set()


def test_the_list_asks_as_much_for_one_row_as_for_many_and_counts_none(
    client, leader, commune, django_assert_num_queries
):
    note(by=make_user(), unit=commune)
    client.get(reverse(LIST))
    with django_assert_num_queries(8) as few:
        client.get(reverse(LIST))
    for place in range(5):
        note(by=make_user(), unit=make_unit(parent=commune, name=f"Xóm {place}"))

    with django_assert_num_queries(8):
        client.get(reverse(LIST))

    assert "Hiện số lượng" not in client.get(reverse(LIST)).content.decode()
    asked = [query["sql"] for query in few.captured_queries if "core_auditentry" in query["sql"]]
    assert [sql for sql in asked if "COUNT(" in sql] == []


def test_the_file_holds_what_is_filtered_with_its_unit_and_is_noted(client, leader, commune):
    member = make_member(unit=commune)
    note("member.updated", by=leader, target=member, unit=commune)
    note(unit=commune)

    answer = client.get(reverse("admin:core_auditentry_export"), {"dang": "csv", "loai": "members.member"})

    header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header == [
        "Lúc", "Người thực hiện", "Mã tài khoản", "Việc", "Đối tượng", "Loại đối tượng", "Số của đối tượng",
        "Đơn vị", "Chi tiết",
    ]  # fmt: skip
    assert row[1:8] == [
        leader.full_name, str(leader.pk), "Sửa hồ sơ đoàn viên", f"đoàn viên {member.pk}", "Đoàn viên",
        str(member.pk), "Đoàn xã Bình Yên",
    ]  # fmt: skip
    noted = AuditEntry.objects.get(verb="list.exported")
    assert (noted.by, noted.detail["rows"], noted.detail["narrowed"]) == (leader, 1, ["loại đối tượng"])


def test_a_file_too_long_to_write_is_refused_with_a_way_out(client, leader, commune, monkeypatch):
    monkeypatch.setattr("units.admin.audit_entry.MOST_ROWS", 1)
    note(unit=commune)
    note(unit=commune)

    query = {"dang": "csv", "viec": "unit.opened"}
    answer = client.get(reverse("admin:core_auditentry_export"), query, follow=True)

    assert answer.redirect_chain == [(f"{reverse(LIST)}?viec=unit.opened", 302)]
    assert "quá nhiều cho một file" in answer.content.decode()
    assert not AuditEntry.objects.filter(verb="list.exported").exists()


@pytest.mark.parametrize("name", ["add", "delete"])
def test_no_page_adds_or_removes_an_entry(client, province, commune, name):
    entry = note(unit=commune)
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_ADMIN))

    args = [entry.pk] if name == "delete" else []
    answer = client.post(reverse(f"admin:core_auditentry_{name}", args=args), {"post": "yes"})
    client.post(reverse("admin:core_auditentry_change", args=[entry.pk]), {"verb": "x.y"})
    client.post(reverse(LIST), {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})

    assert answer.status_code in (403, 404)
    assert AuditEntry.objects.get().verb == "unit.opened"


def test_code_neither_changes_nor_removes_an_entry(commune):
    entry = note(unit=commune)
    rows = AuditEntry.objects.filter(pk=entry.pk)
    entry.verb = "x.y"

    for change in (
        lambda: rows.update(verb="x.y"),
        lambda: AuditEntry.objects.bulk_update([entry], ["verb"]),
        rows.delete,
        entry.delete,
    ):
        with pytest.raises(TrailKept), transaction.atomic():
            change()

    entry.refresh_from_db()
    assert entry.verb == "unit.opened"


def ways_around(entry):
    table = "core_auditentry"
    yield f"UPDATE {table} SET verb = 'x.y' WHERE id = {entry.pk}"
    yield f"UPDATE {table} SET at = '2020-01-01', unit_path = 'x' WHERE id = {entry.pk}"
    if connection.vendor == "postgresql":
        yield f"DELETE FROM {table} WHERE id = {entry.pk}"


def test_the_database_keeps_an_entry_as_it_is(commune):
    entry = note(unit=commune)
    entry.verb = "x.y"

    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        entry.save()
    for sql in ways_around(entry):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            connection.cursor().execute(sql)

    entry.refresh_from_db()
    assert entry.verb == "unit.opened"


def test_what_is_past_its_time_is_cleared_and_nothing_else_with_it(commune):
    old = note(unit=commune, on=(2020, 1, 1))

    assert clear_audit(before=timezone.now() - timedelta(days=365)) == 1

    left = AuditEntry.objects.get()
    assert left.pk != old.pk
    for sql in ways_around(left):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(sql)


def test_models_and_migrations_of_the_trail_agree():
    call_command("makemigrations", "core", check=True, dry_run=True, verbosity=0)
