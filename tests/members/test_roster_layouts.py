import unicodedata
from datetime import date

import pytest

from members.roster import LeftOut, RosterUnreadable, read_roster
from tests.core.test_legacy_text import TCVN3_OF, VNI_OF, write
from tests.factories.rosters import make_csv, make_html, make_ods, make_xlsx

BINH_YEN, VAN_LANG, VAN_LAANG, TAN_CUONG = "05587", "02143", "05665", "05503"


@pytest.fixture
def read(thai_nguyen):
    """Read rows as a workbook of one sheet; bytes as they are."""

    def reading(content, merges=(), unit=None):
        if not isinstance(content, bytes):
            content = make_xlsx(("Trang 1", content, merges))
        return read_roster(content, "danh-sach", book=thai_nguyen[0], unit=thai_nguyen[1].get(unit))

    return reading


def people(reading, *fields):
    return [tuple(row.fields.get(field) for field in fields) for row in reading.rows]


def asked(reading):
    return {
        (row.row, problem.field, problem.code)
        for row in reading.rows
        for problem in row.problems
        if problem.level != "fix"
    }


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


def test_headings_of_branches_and_communes_in_one_list(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh"],
        ["I", "Đoàn xã Bình Yên"],
        ["", "Chi đoàn xóm 1"],
        [1, "Ma Văn Đại", "25/04/2003"],
        ["", "Chi đoàn xóm 2: 1 đồng chí"],
        [1, "Nông Thị Đào", "26/04/2003"],
        ["II", "Đoàn xã Văn Lang"],
        [1, "Bế Thị Mai", "27/04/2003"],
    ]

    reading = read(rows, ["B2:C2", "B3:C3"])

    assert people(reading, "full_name", "unit_code", "branch") == [
        ("Ma Văn Đại", BINH_YEN, "Chi đoàn xóm 1"),
        ("Nông Thị Đào", BINH_YEN, "Chi đoàn xóm 2"),
        ("Bế Thị Mai", VAN_LANG, None),
    ]


def test_a_heading_numbered_like_a_commune_ends_it(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh"],
        ["I", "Đoàn xã Bình Yên"],
        [1, "Ma Văn Đại", "25/04/2003"],
        ["II", "KHỐI TRƯỜNG HỌC"],
        [1, "Nông Thị Đào", "26/04/2003"],
    ]

    reading = read(rows)

    assert people(reading, "unit_code") == [(BINH_YEN,), (None,)]
    assert asked(reading) == {(5, "unit_code", "unit_missing")}


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


def test_numbers_written_ahead_and_signatures_in_the_name_column_are_no_people(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
        [1, "Ma Văn Đại", "25/04/2003", "Xã Bình Yên"],
        [2],
        [3],
        ["", "Danh sách gồm 01 đồng chí./."],
        [],
        ["", "Người lập biểu"],
        ["", "(Đã ký)"],
        ["", "Trần Thị Lập"],
    ]

    assert people(read(rows), "full_name") == [("Ma Văn Đại",)]


def test_a_person_with_nothing_but_a_name_is_not_lost(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh"],
        [1, "Ma Văn Đại", "25/04/2003"],
        [2, "Nông Thị Đào"],
        [3, "", "26/04/2003"],
    ]

    reading = read(rows, unit=BINH_YEN)

    assert people(reading, "full_name") == [("Ma Văn Đại",), ("Nông Thị Đào",), (None,)]
    assert asked(reading) == {(4, "full_name", "name_missing")}


def test_failed_formulas_and_ditto_marks(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Dân tộc", "Đơn vị"],
        [1, "Ma Văn Đại", "25/04/2003", "Tày", "Xã Bình Yên"],
        [2, "Nông Thị Đào", "#N/A", "nt", '"'],
        [3, "Bế Thị Mai", "26/04/2003", "//", "như trên"],
        [4, "Lý Văn Nam", "27/04/2003", "", "Xã Văn Lang"],
        [5, "Lý Văn Sơn", "28/04/2003", "nt", "-nt-"],
    ]

    reading = read(rows)

    assert people(reading, "date_of_birth", "ethnic_group", "unit_code") == [
        ("2003-04-25", "Tày", BINH_YEN),
        (None, "Tày", BINH_YEN),
        ("2003-04-26", "Tày", BINH_YEN),
        ("2003-04-27", None, VAN_LANG),
        ("2003-04-28", None, VAN_LANG),
    ]
    assert asked(reading) == {
        (3, "date_of_birth", "formula_error"),
        (6, "ethnic_group", "ditto_without_value"),
    }


SWAPPED = [
    ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
    [1, "Ma Văn Đại", "25/04/2003", "Xã Bình Yên"],
    [2, "Nông Thị Đào", date(2003, 4, 5), "Xã Bình Yên"],
    [3, "Bế Thị Mai", date(2004, 12, 1), "Xã Bình Yên"],
    [4, "Lý Văn Nam", "13/11/2005", "Xã Bình Yên"],
]


def test_true_dates_that_a_machine_made_month_first_are_asked_about_and_kept(read):
    reading = read(SWAPPED)

    assert people(reading, "date_of_birth") == [
        ("2003-04-25",),
        ("2003-04-05",),
        ("2004-12-01",),
        ("2005-11-13",),
    ]
    assert asked(reading) == {
        (3, "date_of_birth", "day_month_order"),
        (4, "date_of_birth", "day_month_order"),
    }
    assert reading.sheets[0].notes == ("Cột 'Ngày sinh': 2 ngày có thể bị đảo ngày và tháng.",)


@pytest.mark.parametrize("other", ["05/04/2003", date(2003, 4, 25)], ids=["text", "true date"])
def test_one_date_that_such_a_machine_would_not_leave_clears_the_column(read, other):
    assert asked(read([*SWAPPED, [5, "Hứa Văn An", other, "Xã Bình Yên"]])) == set()


def test_text_dates_month_first_are_asked_about(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
        [1, "Ma Văn Đại", "04/25/2003", "Xã Bình Yên"],
        [2, "Nông Thị Đào", "04/05/2003", "Xã Bình Yên"],
    ]

    reading = read(rows)

    assert people(reading, "date_of_birth") == [("2003-04-25",), ("2003-05-04",)]
    assert asked(reading) == {(2, "date_of_birth", "month_first"), (3, "date_of_birth", "day_month_order")}


PLAIN = [
    ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Đơn vị"],
    ["1", "Nguyễn Thị Hường", "02/09/2005", "Nữ", "Tày", "Xã Bình Yên"],
    ["2", "Đặng Văn Dũng", "03/10/2005", "Nam", "Nùng", "Xã Văn Lăng"],
    ["3", "Lê Hà", "04/11/2005", "Nữ", "Sán Dìu", "Xã Tân Cương"],
]
EXPECTED = [
    ("Nguyễn Thị Hường", "2005-09-02", "female", "Tày", BINH_YEN),
    ("Đặng Văn Dũng", "2005-10-03", "male", "Nùng", VAN_LAANG),
    ("Lê Hà", "2005-11-04", "female", "Sán Dìu", TAN_CUONG),
]
SCRIPTS = {
    "unicode": str,
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "tcvn3": lambda text: write(text, TCVN3_OF),
    "vni": lambda text: write(text, VNI_OF),
    "mojibake": lambda text: text.encode().decode("latin-1"),
    "capitals in tcvn3": lambda text: write(text.upper(), TCVN3_OF),
}
FORMATS = {
    "xlsx": lambda rows: make_xlsx(("Trang 1", rows)),
    "ods": make_ods,
    "csv": make_csv,
    "semicolons in utf-16": lambda rows: make_csv(rows, delimiter=";", encoding="utf-16"),
    "html": make_html,
}


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("format", FORMATS)
def test_every_script_in_every_format_gives_the_same_people(read, script, format):
    rows = [[SCRIPTS[script](cell) for cell in row] for row in PLAIN]

    reading = read(FORMATS[format](rows))

    assert people(reading, "full_name", "date_of_birth", "sex", "ethnic_group", "unit_code") == EXPECTED
    assert asked(reading) == set()


def test_a_column_in_two_scripts_is_settled_by_the_row_or_asked_about(read):
    rows = [
        PLAIN[0],
        ["1", "Nguyễn Thị Hường", "02/09/2005", "Nữ", "Tày", "Xã Bình Yên"],
        ["2", "NguyÔn V¨n §øc", "03/10/2005", "Nam", "Kinh", "X· V¨n L¨ng"],
        ["3", "Lª Dòng", "04/11/2005", "Nam", "Kinh", "X· V¨n L¨ng"],
        ["4", "Ma Dòng", "04/11/2005", "Nam", "Kinh", "X· V¨n L¨ng"],
        ["5", "Ma Dòng", "05/11/2005", "Nam", "Kinh", ""],
    ]

    reading = read(rows, unit=BINH_YEN)

    names = ["Nguyễn Thị Hường", "Nguyễn Văn Đức", "Lê Dũng", "Ma Dũng"]
    assert [row.fields["full_name"] for row in reading.rows[:4]] == names
    assert asked(reading) == {(6, "full_name", "legacy_text_doubtful")}


def test_the_rows_own_unit_beats_the_chosen_one_and_the_chosen_one_the_title(read):
    rows = [
        ["ĐOÀN XÃ TÂN CƯƠNG"],
        ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
        [1, "Ma Văn Đại", "25/04/2003", "Xã Văn Lang"],
        [2, "Nông Thị Đào", "26/04/2003", "Chi đoàn xóm 3"],
    ]

    assert people(read(rows, unit=BINH_YEN), "unit_code") == [(VAN_LANG,), (BINH_YEN,)]
    assert people(read(rows), "unit_code") == [(VAN_LANG,), (TAN_CUONG,)]
    assert people(read(rows, unit="19"), "unit_code") == [(VAN_LANG,), (TAN_CUONG,)]


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


def test_problems_tell_row_and_column_and_hide_the_citizen_number(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "SĐT", "Số CCCD", "Đơn vị"],
        [1, "Ma Văn Đại", "31/02/2004", 912345678, "019305001234", "Xã Bình Yên"],
        [2, "Nông Thị Đào", "02/09/2005", "", "019205001234", "Xã Bình Yên"],
        [3, "Nông Thị Mai", "02/09/2005", "", "090123456", "Xã Bình Yên"],
    ]

    messages = [problem.message for row in read(rows).rows for problem in row.problems]

    assert messages == [
        "Dòng 2, cột 'Ngày sinh': '31/02/2004' không phải ngày có thật.",
        "Dòng 2, cột 'SĐT': số điện thoại '912345678' thiếu số 0 ở đầu. Hệ thống đã thêm thành 0912 345 678.",
        "Dòng 4, cột 'Số CCCD': ••••3456 là số CMND cũ, không dùng làm số căn cước.",
    ]


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


@pytest.mark.parametrize("numbered", [True, False])
def test_a_bare_commune_name_between_people_is_a_heading(read, numbered):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "SĐT"],
        ["", "Bình Yên"],
        ["1", "Ma Văn Đại", "25/04/2003", "0912345678"],
        ["", "Tân Cương"],
        ["1", "Nông Thị Đào", "26/04/2003", "0912345679"],
    ]

    reading = read(rows if numbered else [row[1:] for row in rows])

    assert people(reading, "full_name", "unit_code") == [
        ("Ma Văn Đại", BINH_YEN),
        ("Nông Thị Đào", TAN_CUONG),
    ]


def test_a_stated_total_that_does_not_fit_is_noted(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
        [1, "Ma Văn Đại", "25/04/2003", "Xã Bình Yên"],
        ["", "Tổng cộng: 02 đồng chí"],
    ]

    assert read(rows).sheets[0].notes == ("Dòng 3 ghi tổng số 2 nhưng đọc được 1 người.",)
