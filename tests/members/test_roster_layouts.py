"""Where the people of a file stand: headers, tables, sheets."""

from datetime import date

import pytest

from members.roster import LeftOut, RosterUnreadable, read_roster
from tests.factories.rosters import make_xlsx
from tests.members.readings import BINH_YEN, TAN_CUONG, VAN_LAANG, VAN_LANG, asked, people

pytestmark = pytest.mark.django_db  # the book of the province is read from the database


def test_titles_two_header_rows_marks_and_footer(read):
    rows = [
        ["ĐOÀN XÃ BÌNH YÊN", "", "", "", "", "ĐOÀN TNCS HỒ CHÍ MINH"],
        ["CHI ĐOÀN XÓM NÀ LẸNG", "", "", "", "", "Bình Yên, ngày 12 tháng 3 năm 2026"],
        [],
        ["DANH SÁCH ĐOÀN VIÊN CHI ĐOÀN NĂM 2026"],
        [
            "TT",
            "Họ và tên",
            "Ngày tháng năm sinh",
            "Giới tính",
            "",
            "Dân tộc",
            "Trình độ",
            "",
            "Ngày vào Đoàn",
        ],
        ["", "", "", "Nam", "Nữ", "", "Văn hóa", "LLCT", ""],
        [1, "Ma Văn Đại", "5/4/2003", "x", "", "Tày", "12/12", "", "26/3/2019"],
        [2, "Nông Thị Đào", "2005", "", "X", "H'Mông", "12/12", "SC", ""],
        ["", "Tổng cộng: 2 đồng chí (Nam: 1, Nữ: 1)"],
        [],
        ["", "", "", "", "", "", "TM. BAN CHẤP HÀNH"],
        ["", "", "", "", "", "", "Ma Văn Đại"],
    ]

    reading = read(rows, merges=["D5:E5", "G5:H5", "A5:A6", "B5:B6"])

    fields = ("full_name", "date_of_birth", "sex", "ethnic_group", "unit_code", "branch", "joined_on")
    branch = "Chi đoàn xóm Nà Lẹng"
    assert people(reading, *fields) == [
        ("Ma Văn Đại", "2003-04-05", "male", "Tày", BINH_YEN, branch, "2019-03-26"),
        ("Nông Thị Đào", "2005", "female", "Mông", BINH_YEN, branch, None),
    ]
    sheet = reading.sheets[0]
    assert (sheet.header_row, sheet.columns[3], sheet.titles[3]) == (6, "male", "Giới tính – Nam")
    assert sheet.left_out == (
        LeftOut(9, "total", "Tổng cộng: 2 đồng chí (Nam: 1, Nữ: 1)"),
        LeftOut(11, "left_out", "TM. BAN CHẤP HÀNH"),
        LeftOut(12, "left_out", "Ma Văn Đại"),
    )
    assert asked(reading) == set()


def test_birth_dates_under_the_sex_with_numbering_row_and_units_in_the_post(read):
    rows = [
        ["STT", "Họ và tên", "Ngày, tháng, năm sinh", "", "Chức vụ, đơn vị công tác", "Số điện thoại"],
        ["", "", "Nam", "Nữ", "", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["I", "KHỐI XÃ, PHƯỜNG"],
        [1, "NGUYỄN THỊ HƯỜNG", "", "02/09/1996", "Bí thư Đoàn xã Bình Yên", 912345678],
        [2, "MA VĂN ĐẠI", "1999", "", "UV BCH Đoàn xã Văn Lăng", "0168 123 4567/0912345678"],
    ]

    reading = read(rows, merges=["C1:D1", "B4:F4"])

    fields = ("full_name", "date_of_birth", "sex", "position", "unit_code", "phone", "phone_other")
    assert people(reading, *fields) == [
        ("Nguyễn Thị Hường", "1996-09-02", "female", "Bí thư", BINH_YEN, "+84912345678", None),
        ("Ma Văn Đại", "1999", "male", "Ủy viên Ban Chấp hành", VAN_LAANG, "+84381234567", "+84912345678"),
    ]
    assert asked(reading) == set()


@pytest.mark.parametrize("merges", [["B1:C1"], []], ids=["merged", "plain"])
def test_a_name_over_two_columns_with_old_districts_and_communes_between(read, merges):
    rows = [
        ["STT", "Họ và tên", "", "Năm sinh", "Đơn vị", "Số CCCD"],
        ["Huyện Định Hóa"],
        ["Xã Trung Lương"],
        [1, "Lường Thị", "Nga", 2001, "Chi đoàn xóm 2", 19301001234],
        [2, "Ma Văn", "Đại", 1999, "nt", "6099001234"],
        ["Thành phố Thái Nguyên"],
        ["Phường Trung Thành"],
        [1, "Nông Thị", "Đào", 2003, "Chi đoàn tổ 3", "1303001234"],
        ["", "Phường Cam Giá"],
        [1, "Bế Thị", "Mai", 2002, "", ""],
    ]

    reading = read(rows, merges)

    assert people(reading, "full_name", "date_of_birth", "unit_code", "branch", "citizen_id") == [
        ("Lường Thị Nga", "2001", BINH_YEN, "Chi đoàn xóm 2", "019301001234"),
        ("Ma Văn Đại", "1999", BINH_YEN, "Chi đoàn xóm 2", "006099001234"),
        ("Nông Thị Đào", "2003", "05500", "Chi đoàn tổ 3", "001303001234"),
        ("Bế Thị Mai", "2002", None, None, None),
    ]
    assert asked(reading) == {(10, "unit_code", "unit_unclear")}
    assert reading.rows[-1].question.candidates == ("05467", "05500")
    assert reading.rows[-1].question.context == "huyen-164"


def test_columns_in_any_order_from_column_c_without_numbers(read):
    rows = [
        [],
        ["", "", "ĐT", "Xã/phường", "NTNS", "Họ, chữ đệm và tên", "DT", "Phái"],
        ["", "", "0912345678", "binh yen", "2.9.2005", "MA VĂN ĐẠI", "kinh", "nam"],
        ["", "", "O912345679", "Tân Cương", "02/9/05", "bế thị mai", "Cao Lan", "NỮ"],
    ]

    reading = read(rows)

    assert people(reading, "full_name", "date_of_birth", "sex", "ethnic_group", "unit_code", "phone") == [
        ("Ma Văn Đại", "2005-09-02", "male", "Kinh", BINH_YEN, "+84912345678"),
        ("Bế Thị Mai", "2005-09-02", "female", "Sán Chay", TAN_CUONG, "+84912345679"),
    ]
    assert [row.row for row in reading.rows] == [3, 4]
    assert asked(reading) == set()


def test_english_headers(read):
    rows = [
        ["No.", "Full name", "Date of birth", "Gender", "Ethnic group", "Phone number", "Commune", "Email"],
        [1, "Ma Văn Đại", date(2003, 4, 25), "M", "Tày", "+84 912 345 678", "Bình Yên", "A@Example.com "],
    ]

    reading = read(rows)

    assert people(reading, "full_name", "date_of_birth", "sex", "phone", "unit_code", "email") == [
        ("Ma Văn Đại", "2003-04-25", "male", "+84912345678", BINH_YEN, "a@example.com")
    ]


def test_a_birth_date_in_three_columns(read):
    rows = [
        ["STT", "Họ đệm", "Tên", "Ngày sinh", "", "", "Đơn vị"],
        ["", "", "", "Ngày", "Tháng", "Năm", ""],
        [1, "Ma Văn", "Đại", 5, 4, 2003, "Xã Bình Yên"],
        [2, "Nông Thị", "Đào", "", 9, 2005, "Xã Bình Yên"],
    ]

    reading = read(rows, merges=["D1:F1"])

    assert people(reading, "full_name", "date_of_birth") == [
        ("Ma Văn Đại", "2003-04-05"),
        ("Nông Thị Đào", "2005-09"),
    ]


def test_parents_and_party_dates_are_not_the_members_own(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Ngày vào", "", "Họ tên bố", "SĐT bố", "Đơn vị", "Quê quán"],
        ["", "", "", "Đảng", "Đoàn", "", "", "", ""],
        [
            1,
            "Ma Văn Đại",
            "25/4/2003",
            "3/2/2024",
            "26/3/2019",
            "Ma Văn Chính",
            "0912345678",
            "Xã Bình Yên",
            "Xã Tân Cương",
        ],
    ]

    reading = read(rows, merges=["D1:E1"])

    (row,) = reading.rows
    assert row.fields == {
        "full_name": "Ma Văn Đại",
        "date_of_birth": "2003-04-25",
        "unit_code": BINH_YEN,
        "joined_on": "2019-03-26",
    }


def test_several_tables_and_repeated_headers_on_one_sheet(read):
    header = ["STT", "Họ và tên", "Ngày sinh"]
    rows = [
        ["ĐOÀN XÃ BÌNH YÊN"],
        ["Chi đoàn xóm 1"],
        header,
        [1, "Ma Văn Đại", "25/04/2003"],
        header,
        [2, "Nông Thị Đào", "26/04/2003"],
        ["", "Tổng số: 2"],
        [],
        ["", "", "NGƯỜI LẬP BIỂU"],
        ["", "", "Ma Văn Chính"],
        [],
        ["Chi đoàn xóm 2"],
        ["Họ tên", "NTNS", "Giới tính"],
        ["Bế Thị Mai", "2004", "Nữ"],
        ["Lý Văn Nam", "2003", "Nam"],
    ]

    reading = read(rows)

    assert people(reading, "full_name", "date_of_birth", "sex", "unit_code", "branch") == [
        ("Ma Văn Đại", "2003-04-25", None, BINH_YEN, "Chi đoàn xóm 1"),
        ("Nông Thị Đào", "2003-04-26", None, BINH_YEN, "Chi đoàn xóm 1"),
        ("Bế Thị Mai", "2004", "female", BINH_YEN, "Chi đoàn xóm 2"),
        ("Lý Văn Nam", "2003", "male", BINH_YEN, "Chi đoàn xóm 2"),
    ]


def test_branch_and_commune_under_one_wide_header_are_read(read):
    rows = [
        ["TT", "Họ và tên", "Quê quán", "Nơi sinh hoạt", ""],
        ["", "", "", "Chi đoàn", "Đoàn xã"],
        [1, "Ma Văn Đại", "Cao Bằng", "xóm 5", "Bình Yên"],
    ]

    assert people(read(rows), "full_name", "unit_code", "branch") == [("Ma Văn Đại", BINH_YEN, "xóm 5")]


def test_of_two_phone_columns_the_fixed_line_comes_second(read):
    rows = [
        ["Họ và tên", "Điện thoại cố định", "Di động", "Đơn vị"],
        ["Ma Văn Đại", "02083855123", "0912345678", "Xã Bình Yên"],
    ]

    assert people(read(rows), "phone", "phone_other") == [("+84912345678", "+842083855123")]


def test_merged_unit_cells_reach_down_and_plain_blanks_do_not(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
        [1, "Ma Văn Đại", "25/04/2003", "Xã Văn Lang"],
        [2, "Nông Thị Đào", "26/04/2003", ""],
        [3, "Bế Thị Mai", "27/04/2003", ""],
    ]

    reading = read(rows, merges=["D2:D3"], unit=BINH_YEN)

    assert people(reading, "unit_code") == [(VAN_LANG,), (VAN_LANG,), (BINH_YEN,)]


def test_sheets_are_read_or_skipped_with_the_reason(thai_nguyen):
    header = ["STT", "Họ và tên", "Ngày sinh"]
    content = make_xlsx(
        ("Xã Văn Lang", [header, [1, "Ma Văn Đại", "25/04/2003"]]),
        ("Tổng hợp", [["Nội dung", "Số lượng"], ["Đoàn viên", 35]]),
        ("Sheet3", []),
        ("Nháp", [header, [1, "Nông Thị Đào", "26/04/2003"]]),
        ("Mẫu", [header]),
        hidden=("Nháp",),
    )

    reading = read_roster(content, "x", book=thai_nguyen[0])

    assert people(reading, "full_name", "unit_code") == [("Ma Văn Đại", VAN_LANG)]
    assert [sheet.skipped for sheet in reading.sheets] == [
        "",
        "Không có dòng tiêu đề nào có cột họ tên.",
        "Trang trống.",
        "Trang ẩn.",
        "Có dòng tiêu đề nhưng chưa có người nào.",
    ]


@pytest.mark.parametrize(
    ("rows", "start"),
    [
        ([["Nội dung", "Số lượng"], ["Đội hình", "3"]], "Không tìm thấy danh sách"),
        ([["STT", "Họ và tên", "Ngày sinh"]], "File có dòng tiêu đề nhưng chưa có người nào"),
    ],
)
def test_a_file_without_people_says_what_to_do(read, rows, start):
    with pytest.raises(RosterUnreadable) as refused:
        read(rows)

    assert str(refused.value).startswith(start)
    assert "tải lên lại" in str(refused.value)


def test_what_is_no_spreadsheet_is_a_roster_nobody_can_read(read):
    with pytest.raises(RosterUnreadable, match="không phải bảng tính"):
        read(b"%PDF-1.7")


def test_three_header_rows_whose_first_heads_some_columns_alone(read):
    rows = [
        ["DANH SÁCH ĐOÀN VIÊN"],
        ["STT", "Thông tin cá nhân", "", "", "", "Đơn vị", "SĐT"],
        ["", "Họ và tên", "Ngày sinh", "Giới tính", "", "", ""],
        ["", "", "", "Nam", "Nữ", "", ""],
        [1, "Ma Văn Đại", "5/4/2003", "x", "", "Xã Bình Yên", 912345678],
    ]

    reading = read(rows, merges=["B2:E2", "D3:E3", "A2:A4", "B3:B4", "F2:F4"])

    assert reading.sheets[0].header_row == 4
    assert people(reading, "full_name", "sex", "unit_code", "phone") == [
        ("Ma Văn Đại", "male", BINH_YEN, "+84912345678")
    ]
