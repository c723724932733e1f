"""One citizen number on two people: the second is used without it, and nothing stops."""

from members import actions
from members.models import Member, RosterImport, RosterRow
from members.queries.preview import RowFilter, rows_page
from members.rules.facts import citizen_id_hash
from tests.factories.imports import make_applied, make_import
from tests.factories.members import make_member

State, Outcome = RosterImport.State, RosterRow.Outcome
NUMBER, OTHER = "019205001234", "019205005678"
PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005", "sex": "Nam", "phone": "0912345678"}
BICH = {"name": "Hoàng Thị Bích", "born": "03/04/2005", "phone": "0987654321"}
HAI = {"name": "Lý Văn Hải", "born": "05/06/2005", "sex": "Nam", "phone": "0977123456"}


def carry_out(roster_import):
    actions.apply_roster(roster_import=roster_import, by=None)
    actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()


def numbers():
    """Who holds which number, by the last four digits."""
    return dict(Member.objects.values_list("full_name", "citizen_id_last4"))


def codes(row):
    return [problem["code"] for problem in row.problems]


def held(number, **facts):
    return {"citizen_id_hash": citizen_id_hash(number), "citizen_id_last4": number[-4:], **facts}


def test_a_line_that_surely_is_one_member_leaves_another_members_number_alone(binh_yen):
    make_applied(PHONG, BICH | {"citizen": NUMBER}, unit=binh_yen)

    wrong = make_import(PHONG | {"citizen": NUMBER, "email": "p@example.vn"}, unit=binh_yen)
    seen = wrong.rows.get()
    carry_out(wrong)

    assert codes(seen) == codes(wrong.rows.get()) == ["number_taken"]
    assert wrong.state == State.APPLIED
    assert numbers() == {"Hà Văn Phong": "", "Hoàng Thị Bích": "1234"}
    assert Member.objects.get(full_name="Hà Văn Phong").email == "p@example.vn"


def test_two_people_of_one_file_with_one_number_are_both_written(binh_yen):
    roster_import = make_import(PHONG | {"citizen": NUMBER}, BICH | {"citizen": NUMBER}, unit=binh_yen)
    assert [row.outcome for row in roster_import.rows.order_by("place")] == [
        Outcome.NEW,
        Outcome.NEEDS_DECISION,
    ]

    actions.decide_twin(row=roster_import.rows.get(place=1), is_same=False, by=None)
    seen = codes(roster_import.rows.get(place=1))
    carry_out(roster_import)

    assert seen == ["number_taken"]
    assert roster_import.state == State.APPLIED
    assert numbers() == {"Hà Văn Phong": "1234", "Hoàng Thị Bích": ""}


def test_a_number_that_a_repeated_line_brought_is_taken_for_later_lines(binh_yen):
    lines = [PHONG, PHONG | {"citizen": NUMBER}, BICH | {"citizen": NUMBER}]

    roster_import = make_applied(*lines, unit=binh_yen)

    assert roster_import.state == State.APPLIED
    assert numbers() == {"Hà Văn Phong": "1234", "Hoàng Thị Bích": ""}


def test_a_repeated_line_does_not_bring_the_number_of_a_member(binh_yen):
    make_applied(BICH | {"citizen": NUMBER}, unit=binh_yen)

    roster_import = make_applied(PHONG, PHONG | {"citizen": NUMBER}, unit=binh_yen)

    assert roster_import.state == State.APPLIED
    assert numbers() == {"Hà Văn Phong": "", "Hoàng Thị Bích": "1234"}
    assert codes(roster_import.rows.get(place=1)) == ["repeated", "number_taken"]


def test_two_members_given_one_number_by_one_file_do_not_both_get_it(binh_yen):
    make_applied(PHONG, BICH, unit=binh_yen)

    lines = [PHONG | {"citizen": NUMBER}, BICH | {"citizen": NUMBER}]
    roster_import = make_applied(*lines, unit=binh_yen)

    assert roster_import.state == State.APPLIED
    assert numbers() == {"Hà Văn Phong": "1234", "Hoàng Thị Bích": ""}


def test_a_new_person_of_another_name_still_loses_a_members_number(binh_yen):
    make_member(unit=binh_yen, full_name="Lý Văn Hải", **held(NUMBER))
    roster_import = make_import(PHONG | {"citizen": NUMBER}, unit=binh_yen)

    actions.decide_person(row=roster_import.rows.get(), member=None, by=None)
    carry_out(roster_import)

    assert numbers() == {"Lý Văn Hải": "1234", "Hà Văn Phong": ""}
    assert codes(roster_import.rows.get()) == ["number_taken"]


def test_a_replaced_number_that_somebody_else_has_since_is_not_taken_back(binh_yen):
    make_applied(PHONG | {"citizen": NUMBER}, unit=binh_yen)
    correction = make_import(PHONG | {"citizen": OTHER}, unit=binh_yen)
    actions.decide_person(row=correction.rows.get(), member=Member.objects.get(), by=None)
    carry_out(correction)
    make_applied(HAI | {"citizen": NUMBER}, unit=binh_yen)

    actions.undo_roster(roster_import=correction, by=None)
    actions.work_on_import(roster_import_id=correction.pk)

    correction.refresh_from_db()
    assert correction.state == State.UNDONE
    assert numbers() == {"Hà Văn Phong": "5678", "Lý Văn Hải": "1234"}
    assert correction.rows.get().kept_reason == "Số căn cước cũ của hồ sơ này nay đã có ở hồ sơ khác."


def test_the_preview_does_not_promise_a_number_that_is_left_out(binh_yen):
    lines = [PHONG | {"citizen": NUMBER}, BICH | {"citizen": NUMBER, "sex": "Nữ", "born": "1998"}]
    roster_import = make_import(*lines, unit=binh_yen)
    asked = rows_page(roster_import, RowFilter()).rows[1]
    assert "••••••••1234" in [entry.new for entry in asked.entries]

    actions.decide_twin(row=asked.row, is_same=False, by=None)

    shown = rows_page(roster_import, RowFilter()).rows[1]
    assert [entry.new for entry in shown.entries if entry.label == "Số căn cước"] == ["", ""]
