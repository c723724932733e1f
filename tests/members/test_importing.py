"""A roster file on its whole way: kept, read, decided on, applied, taken back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.models import AuditEntry
from members import actions
from members.models import Affiliation, Member, Provenance, RosterImport, RosterRow
from tests.factories.imports import make_applied, make_import, make_roster
from tests.factories.members import make_member
from tests.factories.units import make_unit
from units.actions import load_province
from units.models import Unit, UnitAlias

State, Outcome = RosterImport.State, RosterRow.Outcome

PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005", "sex": "Nam", "phone": "0912345678"}
BICH = {"name": "Hoàng Thị Bích", "born": "2004", "sex": "Nữ", "phone": "0987654321"}


def outcomes(roster_import):
    return [row.outcome for row in roster_import.rows.order_by("place")]


def test_reading_stages_rows_and_writes_no_member(binh_yen):
    roster_import = make_import(PHONG, BICH, unit=binh_yen)

    assert (roster_import.state, roster_import.row_count) == (State.READY, 2)
    assert outcomes(roster_import) == [Outcome.NEW, Outcome.NEW]
    assert Member.objects.count() == 0


def test_file_and_cells_lie_encrypted_on_disk(binh_yen):
    roster_import = make_import(PHONG | {"citizen": "019205001234"}, unit=binh_yen)

    with open(roster_import.file.path, "rb") as kept:
        on_disk = kept.read()
    row = roster_import.rows.get()
    assert b"Phong" not in on_disk
    assert b"019205001234" not in bytes(roster_import.blocks.get().sealed)
    assert "019205001234" not in str(vars(row))
    assert row.content["fields"]["citizen_id"] == "019205001234"


def test_applying_makes_members_at_home_in_their_unit_and_says_where_from(binh_yen):
    roster_import = make_applied(PHONG, BICH, unit=binh_yen)

    members = Member.objects.order_by("sort_key")
    assert roster_import.state == State.APPLIED
    assert [(m.full_name, str(m.born), m.sex, m.phone, m.unit) for m in members] == [
        ("Hoàng Thị Bích", "2004", "female", "+84987654321", binh_yen),
        ("Hà Văn Phong", "02/09/2005", "male", "+84912345678", binh_yen),
    ]
    assert Affiliation.objects.filter(kind="home", ends_on=None, unit=binh_yen).count() == 2
    source = Provenance.objects.get(member__full_name="Hà Văn Phong")
    assert (source.roster_import, source.row.row_number) == (roster_import, 2)
    assert source.fields == ["born", "full_name", "phone", "sex", "unit"]
    assert AuditEntry.objects.filter(verb="roster.applied").count() == 1


def test_the_same_file_again_changes_nothing(binh_yen):
    make_applied(PHONG, BICH, unit=binh_yen)

    again = make_import(PHONG, BICH, unit=binh_yen)

    assert outcomes(again) == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    with pytest.raises(actions.ImportRefused, match="Không còn dòng nào để áp dụng"):
        actions.apply_roster(roster_import=again, by=None)


def test_a_known_member_gets_what_the_file_adds_and_loses_nothing(binh_yen):
    make_applied(PHONG, unit=binh_yen)

    update = make_applied(
        {"name": "Hà Văn Phong", "born": "02/09/2005", "email": "phong@example.vn"}, unit=binh_yen
    )

    member = Member.objects.get()
    assert outcomes(update) == [Outcome.UPDATED]
    assert update.rows.get().changes == {"email": ["", "phong@example.vn"]}
    assert (member.email, member.phone) == ("phong@example.vn", "+84912345678")


def test_two_people_of_one_name_are_never_merged_by_year_alone(binh_yen):
    make_applied({"name": "Nguyễn Văn Nam", "born": "02/09/2005", "phone": "0912345678"}, unit=binh_yen)

    other = make_import({"name": "Nguyễn Văn Nam", "born": "2005", "phone": "0987654321"}, unit=binh_yen)

    assert outcomes(other) == [Outcome.NEEDS_DECISION]
    assert other.rows.get().asked["candidates"] == [Member.objects.get().pk]


def test_staff_say_it_is_the_same_person(binh_yen):
    make_applied({"name": "Nguyễn Văn Nam", "born": "02/09/2005"}, unit=binh_yen)
    member = Member.objects.get()
    other = make_import({"name": "Nguyễn Văn Nam", "born": "2005", "phone": "0987654321"}, unit=binh_yen)

    actions.decide_person(row=other.rows.get(), member=member, by=None)

    assert other.rows.get().outcome == Outcome.UPDATED
    assert other.rows.get().changes == {"phone": ["", "+84987654321"]}


def test_staff_say_it_is_somebody_else(binh_yen):
    make_applied({"name": "Nguyễn Văn Nam", "born": "02/09/2005"}, unit=binh_yen)
    other = make_import({"name": "Nguyễn Văn Nam", "born": "2005"}, unit=binh_yen)

    actions.decide_person(row=other.rows.get(), member=None, by=None)
    actions.apply_roster(roster_import=other, by=None)
    actions.work_on_import(roster_import_id=other.pk)

    assert Member.objects.count() == 2


def test_a_repeated_line_makes_one_member(binh_yen):
    roster_import = make_applied(PHONG, PHONG | {"email": "phong@example.vn"}, unit=binh_yen)

    assert outcomes(roster_import) == [Outcome.NEW, Outcome.UPDATED]
    assert [m.email for m in Member.objects.all()] == ["phong@example.vn"]


def test_an_unclear_unit_of_the_real_province_is_asked_once_and_the_answer_remembered(db):
    province = load_province(code="19", by=None).province
    vague = [PHONG | {"unit": "VAN LANG"}, BICH | {"unit": "VAN LANG"}]
    roster_import = make_import(*vague, unit=province)
    question = roster_import.rows.first().question
    chosen = Unit.objects.get(name="Văn Lăng", valid_to=None)

    count = actions.decide_unit(roster_import=roster_import, question=question, unit=chosen, by=None)

    assert count == 2
    assert [row.unit for row in roster_import.rows.all()] == [chosen, chosen]
    assert outcomes(roster_import) == [Outcome.NEW, Outcome.NEW]
    assert [alias.unit for alias in UnitAlias.objects.all()] == [chosen]
    assert outcomes(make_import(PHONG | {"unit": "VAN LANG"}, unit=province)) == [Outcome.NEW]


def test_a_closed_unit_is_no_answer(province):
    roster_import = make_import(PHONG | {"unit": "VAN LANG"}, unit=province)
    closed = make_unit(parent=province, name="Văn Lang", valid_to=date(2025, 6, 30))

    with pytest.raises(actions.ImportRefused, match="đã kết thúc hoạt động"):
        actions.decide_unit(
            roster_import=roster_import, question=roster_import.rows.get().question, unit=closed, by=None
        )


def test_members_of_another_branch_are_neither_shown_nor_changed(binh_yen, kha_son):
    theirs = make_member(unit=kha_son, full_name="Hà Văn Phong", phone="+84912345678")

    roster_import = make_import(PHONG, unit=binh_yen)

    row = roster_import.rows.get()
    assert (row.outcome, row.member, row.asked["candidates"]) == (Outcome.NEEDS_DECISION, None, [])
    assert theirs.full_name not in str(row.problems)


def test_rows_of_units_outside_the_branch_are_refused(binh_yen, kha_son):
    roster_import = make_import(PHONG | {"unit": "Xã Kha Sơn"}, unit=binh_yen)

    assert outcomes(roster_import) == [Outcome.REJECTED]


def test_a_skipped_row_and_a_dropped_fix_stay_out(binh_yen):
    make_member(unit=binh_yen, full_name="Hoàng Thị Bích", born_on="2004-01-01", born_precision="year")
    roster_import = make_import(PHONG | {"phone": "912345678"}, BICH | {"phone": ""}, unit=binh_yen)
    first, second = roster_import.rows.order_by("place")

    actions.drop_fix(row=first, field="phone", by=None)
    actions.skip_question(roster_import=roster_import, question=second.question, by=None)
    actions.apply_roster(roster_import=roster_import, by=None)
    actions.work_on_import(roster_import_id=roster_import.pk)

    written = Member.objects.filter(provenance__roster_import=roster_import)
    assert [(m.full_name, m.phone) for m in written] == [("Hà Văn Phong", "")]


def test_undoing_removes_the_new_and_restores_the_changed(binh_yen):
    make_applied(PHONG, unit=binh_yen)
    update = make_applied(PHONG | {"email": "phong@example.vn"}, BICH, unit=binh_yen)

    actions.undo_roster(roster_import=update, by=None)
    actions.work_on_import(roster_import_id=update.pk)

    update.refresh_from_db()
    assert update.state == State.UNDONE
    assert [(m.full_name, m.email) for m in Member.objects.all()] == [("Hà Văn Phong", "")]


def test_undoing_keeps_what_was_changed_since_and_says_so(binh_yen):
    roster_import = make_applied(PHONG, BICH, unit=binh_yen)
    member = Member.objects.get(full_name="Hà Văn Phong")
    Member.objects.filter(pk=member.pk).update(phone="+84900000000")

    actions.undo_roster(roster_import=roster_import, by=None)
    actions.work_on_import(roster_import_id=roster_import.pk)

    assert list(Member.objects.all()) == [member]
    kept = roster_import.rows.exclude(kept_reason="").get()
    assert (kept.member, kept.kept_reason) == (member, "Hồ sơ đã được sửa sau lần nhập này.")


def test_a_second_press_of_apply_is_refused(binh_yen):
    roster_import = make_import(PHONG, unit=binh_yen)
    actions.apply_roster(roster_import=roster_import, by=None)

    with pytest.raises(actions.ImportRefused, match="đang được áp dụng"):
        actions.apply_roster(roster_import=roster_import, by=None)


def test_an_unreadable_file_fails_with_its_sentence_and_keeps_no_row(binh_yen):
    uploaded = actions.upload_roster(content=b"\x00\x01\x02", file_name="x.xlsx", unit=binh_yen, by=None)

    actions.work_on_import(roster_import_id=uploaded.pk)

    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.rows.count()) == (State.FAILED, 0)
    assert uploaded.failure.endswith(".")


def test_an_empty_file_is_refused_at_once(binh_yen):
    with pytest.raises(actions.ImportRefused, match="File trống"):
        actions.upload_roster(content=b"", file_name="x.xlsx", unit=binh_yen, by=None)


def test_a_cancelled_import_does_nothing_any_more(binh_yen):
    roster_import = make_import(PHONG, unit=binh_yen)

    actions.cancel_import(roster_import=roster_import, by=None)

    assert actions.work_on_import(roster_import_id=roster_import.pk) is False
    with pytest.raises(actions.ImportRefused):
        actions.apply_roster(roster_import=roster_import, by=None)
    with pytest.raises(actions.ImportRefused, match="Hoàn tác"):
        actions.cancel_import(roster_import=make_applied(BICH, unit=binh_yen), by=None)


def test_an_import_in_hand_is_left_to_its_worker_until_the_lease_ends(binh_yen):
    roster_import = make_import(PHONG, unit=binh_yen)
    actions.apply_roster(roster_import=roster_import, by=None)
    mine = RosterImport.objects.filter(pk=roster_import.pk)
    mine.update(lease_until=timezone.now() + timedelta(minutes=1))

    assert actions.resume_imports(at=timezone.now()) == 0

    mine.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert actions.resume_imports(at=timezone.now()) == 1
    assert Member.objects.count() == 1


def test_a_worker_that_died_in_the_middle_is_followed_by_one_that_goes_on(binh_yen, monkeypatch):
    people = [PHONG | {"name": f"Hà Văn {name}", "phone": ""} for name in ("An", "Bình", "Chi", "Dung", "Em")]
    roster_import = make_import(*people, unit=binh_yen)
    actions.apply_roster(roster_import=roster_import, by=None)
    monkeypatch.setattr("members.actions.applying.CHUNK", 2)
    written = []

    def die_at_the_second_chunk(*arguments, **named):
        if written:
            raise KeyboardInterrupt
        written.append(1)
        return write(*arguments, **named)

    from members.actions import applying  # noqa: PLC0415

    write = applying._write_chunk
    monkeypatch.setattr(applying, "_write_chunk", die_at_the_second_chunk)
    with pytest.raises(KeyboardInterrupt):
        actions.work_on_import(roster_import_id=roster_import.pk)
    half = Member.objects.count()
    monkeypatch.setattr(applying, "_write_chunk", write)
    RosterImport.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    actions.resume_imports(at=timezone.now())

    roster_import.refresh_from_db()
    assert (half, Member.objects.count(), roster_import.state) == (2, 5, State.APPLIED)
    assert roster_import.rows.filter(applied_at=None).count() == 0


def test_reading_takes_few_queries_however_many_lines(binh_yen, django_assert_max_num_queries):
    people = [PHONG | {"name": f"Hà Văn A{n}", "phone": f"09123456{n:02d}"} for n in range(40)]
    uploaded = actions.upload_roster(content=make_roster(*people), file_name="a.csv", unit=binh_yen, by=None)

    with django_assert_max_num_queries(34):
        actions.work_on_import(roster_import_id=uploaded.pk)
