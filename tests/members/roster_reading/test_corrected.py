"""A file is read as staff say, by the reader alone."""

import pytest

from members.roster import ListNotFound, UnitBook, read_roster
from members.roster.columns import Role
from members.roster.corrections import (
    Corrections,
    SheetCorrection,
    TaughtHeader,
    correction_as_json,
    correction_from_json,
    header_shape,
    role_problems,
)
from tests.factories.rosters import make_csv, make_xlsx
from tests.members.roster_reading.lists import PLAIN, ROLES, STRANGE, named, people

BOTH = [(3, "Ma Thị Lan", "+84912345671"), (4, "Hà Văn Phong", "+84912345672")]


def read(content, **said):
    return read_roster(content, "a.xlsx", book=UnitBook(), corrections=Corrections(**said))


def test_a_header_nobody_knows_is_read_as_staff_say():
    content = make_csv(STRANGE)
    with pytest.raises(ListNotFound) as unread:
        read(content)

    reading = read(content, sheets={0: named(2)})

    [sheet] = reading.sheets
    assert unread.value.has_rows
    assert people(reading) == BOTH
    assert (sheet.header_top, sheet.header_row, sheet.source) == (2, 2, "corrected")
    assert reading.rows[0].fields["ethnic_group"] == "Tày"


def test_a_column_taken_for_the_wrong_field_is_read_as_the_right_one():
    roles = {0: Role.ROW_NUMBER, 1: Role.FULL_NAME, 2: Role.OTHER, 3: Role.PHONE}
    reading = read(make_csv(PLAIN), sheets={0: named(1, roles)})

    assert [set(row.fields) for row in reading.rows] == [{"full_name", "phone"}] * 2


def test_the_row_taken_by_mistake_is_no_header_any_more():
    legend = ["STT", "Họ và tên", "Ngày sinh"]
    rows = [legend, *STRANGE[1:], legend, ["3", "Lý Thị Xuân", "5/6/2003", "0912345673", "Dao"]]

    reading = read(make_csv(rows), sheets={0: named(2, wrong=(1,))})

    assert people(reading)[:2] == BOTH
    assert reading.sheets[0].header_top == 2


def test_a_header_repeated_further_down_is_the_same_header():
    rows = [*STRANGE, STRANGE[1], ["3", "Lý Thị Xuân", "5/6/2003", "0912345673", "Dao"]]

    reading = read(make_csv(rows), sheets={0: named(2)})

    assert people(reading) == [*BOTH, (6, "Lý Thị Xuân", "+84912345673")]
    assert reading.sheets[0].tables == (5,)


def test_other_sheets_with_the_same_header_follow():
    content = make_xlsx(("Một", STRANGE), ("Hai", STRANGE[1:]))

    reading = read(content, sheets={1: named(1)})

    assert [len(sheet.rows) for sheet in reading.sheets] == [2, 2]


def test_a_header_of_two_rows_is_named_with_its_depth():
    rows = [
        ["TT", "Công dân", "Liên hệ", ""],
        ["", "", "Di động", "Thư"],
        ["1", "Ma Thị Lan", "0912345671", "lan@example.vn"],
    ]
    roles = {0: Role.ROW_NUMBER, 1: Role.FULL_NAME, 2: Role.PHONE, 3: Role.EMAIL}

    reading = read(make_csv(rows), sheets={0: named(1, roles, depth=2)})

    assert people(reading) == [(3, "Ma Thị Lan", "+84912345671")]
    assert reading.sheets[0].titles == {0: "TT", 1: "Công dân", 2: "Liên hệ – Di động", 3: "Liên hệ – Thư"}


def test_a_sheet_is_skipped_and_a_hidden_one_read():
    content = make_xlsx(("Một", PLAIN), ("Hai", PLAIN), hidden=("Hai",))
    roles = {0: Role.ROW_NUMBER, 1: Role.FULL_NAME, 3: Role.PHONE}

    reading = read(content, sheets={0: SheetCorrection(is_read=False), 1: named(1, roles)})

    assert [(len(sheet.rows), sheet.skipped) for sheet in reading.sheets] == [
        (0, "Bỏ qua theo lựa chọn của người nhập."),
        (2, ""),
    ]


def test_a_header_taught_before_is_known_wherever_it_stands():
    shape = header_shape({0: "TT", 1: "Công dân", 2: "Chào đời", 3: "Gọi số", 4: "Gốc"}, 1)
    rows = [["BẢN MỚI"], ["Tháng 4"], *STRANGE]

    reading = read(make_csv(rows), remembered={shape: TaughtHeader(1, ROLES)})

    assert [name for _, name, _ in people(reading)] == ["Ma Thị Lan", "Hà Văn Phong"]
    assert (reading.sheets[0].source, reading.sheets[0].header_top) == ("remembered", 4)


def test_another_header_is_not_taken_for_the_one_taught():
    shape = header_shape({0: "TT", 1: "Công dân"}, 1)

    reading = read(make_csv(PLAIN), remembered={shape: TaughtHeader(1, ROLES)})

    assert reading.sheets[0].source == "found"


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({0: Role.PHONE}, "Hãy chọn cột họ và tên"),
        ({0: Role.FULL_NAME, 1: Role.BIRTH, 2: Role.BIRTH}, "Hai cột cùng được chọn là “Ngày sinh”"),
        ({0: Role.FULL_NAME, 4: Role.FULL_NAME}, "Hai cột cùng được chọn là “Họ và tên”"),
    ],
)
def test_columns_that_give_no_list_are_told(roles, words):
    [problem] = role_problems(roles)

    assert words in problem


def test_columns_that_may_repeat_may():
    roles = {0: Role.FULL_NAME, 1: Role.FULL_NAME, 2: Role.PHONE, 3: Role.PHONE, 4: Role.OTHER, 5: Role.OTHER}

    assert role_problems(roles) == []


def test_what_is_kept_is_what_was_said():
    said = named(7, depth=2, wrong=(3, 5))

    assert correction_from_json(correction_as_json(said)) == said
    assert correction_from_json(correction_as_json(SheetCorrection(is_read=False))) == SheetCorrection(False)


@pytest.mark.parametrize("broken", [{"depth": 9}, {"roles": {"0": "phone"}}, {"roles": {"0": "khác"}}])
def test_what_cannot_be_a_header_is_refused(broken):
    with pytest.raises(ValueError):
        correction_from_json(correction_as_json(named(7)) | broken)
