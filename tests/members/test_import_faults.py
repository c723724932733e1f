"""What goes wrong around an import: twins, two imports at once, edits in between, taking back."""

from datetime import date

from members import actions
from members.models import Member, Position, RosterImport, RosterRow
from tests.factories.imports import make_applied, make_import, make_roster
from tests.factories.members import make_member

State, Outcome = RosterImport.State, RosterRow.Outcome
PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005", "sex": "Nam", "phone": "0912345678"}


def outcomes(roster_import):
    return [row.outcome for row in roster_import.rows.order_by("place")]


def carry_out(roster_import):
    actions.apply_roster(roster_import=roster_import, by=None)
    actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()


def take_back(roster_import):
    actions.undo_roster(roster_import=roster_import, by=None)
    actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()


def test_the_same_file_with_little_to_tell_people_apart_changes_nothing(binh_yen):
    vague = [
        {"name": "Ma Thị Đào", "born": "2005"},
        {"name": "Nông Văn Bách", "born": "9/2004"},
        {"name": "Lý Thị Mẩy"},
    ]
    make_applied(*vague, unit=binh_yen)

    assert outcomes(make_import(*vague, unit=binh_yen)) == [Outcome.UNCHANGED] * 3


def test_another_file_with_little_to_tell_people_apart_asks(binh_yen):
    make_applied({"name": "Ma Thị Đào", "born": "2005"}, unit=binh_yen)

    other = make_import({"name": "Ma Thị Đào", "born": "2005"}, {"name": "Nông Văn Bách"}, unit=binh_yen)

    assert outcomes(other) == [Outcome.NEEDS_DECISION, Outcome.NEW]


def test_namesakes_of_one_list_told_apart_once_stay_apart(binh_yen):
    namesakes = [{"name": "Nguyễn Văn Nam", "born": "2005"}] * 2
    first = make_import(*namesakes, unit=binh_yen)
    assert outcomes(first) == [Outcome.NEW, Outcome.NEEDS_DECISION]
    actions.decide_person(row=first.rows.get(place=1), member=None, by=None)
    carry_out(first)
    assert Member.objects.count() == 2

    assert outcomes(make_import(*namesakes, unit=binh_yen)) == [Outcome.UNCHANGED] * 2


def test_twins_are_two_people_in_whatever_chunk_they_stand(binh_yen, monkeypatch):
    monkeypatch.setattr("members.actions.applying.CHUNK", 1)
    twins = [
        {"name": "Nguyễn Thị Long", "born": "02/09/2005"},
        {"name": "Nguyễn Thị Lông", "born": "02/09/2005"},
    ]

    roster_import = make_applied(*twins, unit=binh_yen)

    assert outcomes(roster_import) == [Outcome.NEW, Outcome.NEW]
    assert Member.objects.count() == 2
    assert outcomes(make_import(*twins, unit=binh_yen)) == [Outcome.UNCHANGED] * 2


def test_two_imports_read_before_either_is_applied_make_one_member(binh_yen):
    first = make_import(PHONG, unit=binh_yen)
    second = make_import(PHONG, unit=binh_yen, file_name="ban-sao.csv")

    carry_out(first)
    carry_out(second)

    assert Member.objects.count() == 1


def test_somebody_new_in_two_imports_is_asked_about_again(binh_yen):
    make_applied({"name": "Nguyễn Văn Nam", "born": "2005"}, unit=binh_yen)
    other = {"name": "Nguyễn Văn Nam", "born": "02/09/2005", "phone": "0912345678"}
    first = make_import(other, unit=binh_yen)
    second = make_import(other, unit=binh_yen, file_name="ban-sao.csv")
    for asked in (first, second):
        actions.decide_person(row=asked.rows.get(), member=None, by=None)

    carry_out(first)
    carry_out(second)

    assert Member.objects.count() == 2


def test_an_edit_between_preview_and_apply_is_not_overwritten_unseen(binh_yen):
    make_applied({**PHONG, "phone": ""}, unit=binh_yen)
    update = make_import(PHONG, unit=binh_yen, file_name="moi.csv")
    Member.objects.update(phone="+84900000000")

    carry_out(update)

    assert Member.objects.get().phone == "+84900000000"
    assert outcomes(update) == [Outcome.NEEDS_DECISION]


def test_three_lines_about_one_person_are_taken_back_whole(binh_yen):
    lines = [PHONG, PHONG | {"email": "p@example.vn"}, PHONG | {"email": "p@example.vn"}]
    roster_import = make_applied(*lines, unit=binh_yen)
    assert outcomes(roster_import) == [Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED]
    assert Member.objects.get().email == "p@example.vn"

    take_back(roster_import)

    assert list(Member.objects.all()) == []
    assert not roster_import.rows.exclude(kept_reason="").exists()


def test_a_post_given_since_keeps_the_new_member(binh_yen):
    roster_import = make_applied(PHONG, unit=binh_yen)
    Position.objects.create(member=Member.objects.get(), title="Bí thư", unit=binh_yen)

    take_back(roster_import)

    assert Member.objects.count() == 1
    assert roster_import.rows.get().kept_reason


def test_a_move_is_taken_back_to_the_old_home(province, binh_yen, kha_son):
    make_applied(PHONG, unit=kha_son)
    move = make_applied(PHONG | {"unit": "Xã Bình Yên"}, unit=province)
    assert Member.objects.get().unit == binh_yen

    take_back(move)

    member = Member.objects.get()
    assert member.unit == kha_son
    assert [stay.unit for stay in member.affiliations.filter(ends_on=None)] == [kha_son]


def test_a_citizen_number_held_by_a_differently_named_member_asks(binh_yen):
    make_applied(PHONG | {"citizen": "019205001234"}, unit=binh_yen)

    other = make_import(
        {"name": "Lường Thị Thu Trang", "born": "03/04/2006", "citizen": "019205001234"}, unit=binh_yen
    )

    assert outcomes(other) == [Outcome.NEEDS_DECISION]


def test_a_shared_phone_of_two_names_is_two_people(binh_yen):
    make_applied(PHONG, unit=binh_yen)

    sister = make_applied(
        PHONG | {"name": "Lường Thị Thu Trang", "sex": "Nữ", "born": "01/01/2001"}, unit=binh_yen
    )

    assert outcomes(sister) == [Outcome.NEW]


def test_less_never_replaces_more(binh_yen):
    make_member(
        unit=binh_yen,
        full_name="Hà Văn Phong",
        born_on=date(2005, 9, 2),
        born_precision="day",
        phone="+84912345678",
    )

    same = make_import({"name": "HA VAN PHONG", "born": "2005", "phone": "912345678"}, unit=binh_yen)

    assert outcomes(same) == [Outcome.UNCHANGED]


def test_an_unreadable_file_is_not_kept(binh_yen):
    uploaded = actions.upload_roster(content=b"\x00\x01\x02", file_name="x.xlsx", unit=binh_yen, by=None)
    name = uploaded.file.name
    storage = uploaded.file.storage
    assert storage.exists(name)

    actions.work_on_import(roster_import_id=uploaded.pk)

    assert not storage.exists(name)


def test_the_command_lets_a_row_name_another_unit(binh_yen, kha_son):
    content = make_roster(PHONG | {"unit": "Xã Kha Sơn"}, {"name": "Nông Văn Bách", "born": "2004"})

    roster_import = actions.import_now(content=content, file_name="a.csv", unit=binh_yen, by=None)

    assert outcomes(roster_import) == [Outcome.NEW, Outcome.NEW]
    assert [(m.full_name, m.unit) for m in Member.objects.order_by("pk")] == [
        ("Hà Văn Phong", kha_son),
        ("Nông Văn Bách", binh_yen),
    ]


def test_a_form_sent_twice_is_one_person_and_reading_it_again_changes_nothing(binh_yen):
    answers = [PHONG | {"email": "p1@example.vn", "born": "2005"}, PHONG | {"email": "p2@example.vn"}]
    twice = [PHONG | {"email": "p1@example.vn"}, PHONG | {"email": "p2@example.vn"}]

    assert outcomes(make_import(*answers, unit=binh_yen)) == [Outcome.NEW, Outcome.NEEDS_DECISION]
    applied = make_applied(*twice, unit=binh_yen)

    assert outcomes(applied) == [Outcome.NEW, Outcome.UNCHANGED]
    assert [problem["code"] for problem in applied.rows.get(place=1).problems] == ["repeated_differently"]
    assert Member.objects.get().email == "p1@example.vn"
    assert outcomes(make_import(*twice, unit=binh_yen)) == [Outcome.UNCHANGED] * 2
