"""What only a column or a sheet tells about its cells: month first, old scripts, repeats."""

import unicodedata
from datetime import date

import pytest

from tests.core.test_legacy_text import TCVN3_OF, VNI_OF, write
from tests.factories.rosters import make_csv, make_html, make_ods, make_xlsx
from tests.members.readings import BINH_YEN, TAN_CUONG, VAN_LAANG, VAN_LANG, asked, people

pytestmark = pytest.mark.django_db  # the book of the province is read from the database


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
