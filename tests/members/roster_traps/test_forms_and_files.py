"""Files as offices make them: web forms, several sheets, hidden rows, old Macs, every format and encoding."""

import io
from datetime import datetime
from pathlib import Path
from unicodedata import normalize

import pytest
import xlsxwriter

from members.roster import read_roster
from tests.core.test_legacy_text import TCVN3_OF, VNI_OF, write
from tests.factories.rosters import make_csv, make_html, make_ods, make_xlsx, rewrite_zip
from tests.members.readings import BINH_YEN, whole

pytestmark = pytest.mark.django_db  # the book of the province is read from the database

FORM = ["Dấu thời gian", "Địa chỉ email", "Họ và tên đại biểu (viết hoa có dấu)", "Ngày sinh", "Giới tính"]
FORM += ["SĐT (Zalo)", "Đơn vị (xã/phường)", "Chức vụ", "Bạn có đăng ký ăn trưa không?"]


def test_a_web_form_in_which_one_person_answered_three_times(read):
    answers = """
    12/03/2026 8:15:22 SA|A@gmail.com|MA VĂN ĐẠI|25/4/2003|Nam|0912345678|x binh yen|Bí thư|Có
    13/03/2026 9:15:22 CH|a@gmail.com|Ma Văn Đại|25/4/2003|Nam|912345678|Bình Yên|BT|Có
    13/03/2026 9:25:22 CH|a@b.vn; c@d.vn|ma van dai|25/4/03|Nam|912345678|Đoàn xã bình yên|BT chi đoàn|Có
    """
    rows = [FORM, *(line.strip().split("|") for line in answers.strip().splitlines())]

    assert whole(read(make_csv(rows, encoding="utf-8-sig"))) == [
        (
            "2: Ma Văn Đại, born 2003-04-25, sex male, tel +84912345678, unit 05587, position Bí thư"
            ", email a@gmail.com ~name_recased ~unit_spelling"
        ),
        (
            "3: Ma Văn Đại, born 2003-04-25, sex male, tel +84912345678, unit 05587, position Bí thư"
            ", email a@gmail.com ~phone_zero_added ~position_written_out"
        ),
        (
            "4: Ma Van Dai, born 2003-04-25, sex male, tel +84912345678, unit 05587, position Bí thư chi đoàn"
            ", email a@b.vn ~name_recased ~two_digit_year ~phone_zero_added ~email_several"
            " ~position_written_out"
        ),
    ]


def test_stamps_that_are_month_first_put_every_other_date_in_doubt(read):
    rows = [
        ["Timestamp", "Họ và tên", "Ngày sinh", "Xã/phường"],
        ["3/12/2026 8:15:22", "Ma Văn Đại", "4/5/2003", "Bình Yên"],
        ["3/13/2026 8:15:22", "Ma Văn Lâm", "4/6/2003", "Bình Yên"],
        ["3/14/2026 8:15:22", "Ma Văn Mão", "4/4/2003", "Bình Yên"],
    ]

    assert whole(read(rows)) == [
        "2: Ma Văn Đại, born 2003-05-04, unit 05587 ?day_month_order",
        "3: Ma Văn Lâm, born 2003-06-04, unit 05587 ?day_month_order",
        "4: Ma Văn Mão, born 2003-04-04, unit 05587",
        "Cột 'Ngày sinh' có thể ghi tháng trước ngày: 2 ngày cần xem lại.",
    ]


def test_one_date_month_first_among_many_others_puts_only_itself_in_doubt(read):
    names = ["An", "Ba", "Cư", "Do", "Én", "Gia", "Hà", "Ích"]
    rows = [["STT", "Họ và tên", "Ngày sinh"]]
    rows += [[n, f"Ma Văn {name}", f"{n + 12}/4/2003"] for n, name in enumerate(names, 1)]
    rows += [[9, "Ma Văn Khôi", "4/25/2003"], [10, "Ma Văn Lâm", "4/5/2003"]]

    assert whole(read(rows, unit=BINH_YEN))[-2:] == [
        "10: Ma Văn Khôi, born 2003-04-25, unit 05587 ?month_first",
        "11: Ma Văn Lâm, born 2003-05-04, unit 05587",
    ]


def test_sheets_of_one_workbook_of_which_some_are_no_lists(thai_nguyen):
    header = ["STT", "Họ và tên", "Ngày sinh"]
    content = make_xlsx(
        ("Xã Bình Yên", [header, [1, "Ma Văn Đại", "25/4/2003"]]),
        ("Tổng hợp", [["STT", "Đơn vị", "Tổng số ĐV", "Nam", "Nữ"], [1, "Xã Bình Yên", 30, 10, 20]]),
        ("Pivot", [["Nhãn hàng", "Số lượng Họ và tên"], ["Xã Bình Yên", 30], ["Tổng chung", 30]]),
        ("Danh mục", [["Dân tộc", "Tôn giáo"], ["Kinh", "Không"], ["Tày", "Phật giáo"]]),
        ("Ẩn", [header, [1, "Lê Văn An", "25/4/2003"]]),
        ("Xã Văn Lăng", [header, [1, "Bế Thị Mai", "26/4/2003"]]),
        hidden=("Ẩn",),
    )

    assert whole(read_roster(content, "x", book=thai_nguyen[0])) == [
        "2: Ma Văn Đại, born 2003-04-25, unit 05587",
        "skipped Tổng hợp: Không có dòng tiêu đề nào có cột họ tên.",
        "skipped Pivot: Không có dòng tiêu đề nào có cột họ tên.",
        "skipped Danh mục: Không có dòng tiêu đề nào có cột họ tên.",
        "skipped Ẩn: Trang ẩn.",
        "2: Bế Thị Mai, born 2003-04-26, unit 05665",
    ]


def workbook(fill, **options):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet("A")
        for column, title in enumerate(["STT", "Họ và tên", "Ngày sinh", "SĐT"]):
            sheet.write(0, column, title)
        fill(book, sheet)
    return content.getvalue()


def test_dates_counted_from_1904(read):
    def fill(book, sheet):
        sheet.write_row(1, 0, [1, "Ma Văn Đại"])
        sheet.write_datetime(1, 2, datetime(2003, 4, 25), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_row(2, 0, [2, "Bế Thị Mai", 36274])

    assert whole(read(workbook(fill, date_1904=True), unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003-04-25, unit 05587",
        "3: Bế Thị Mai, born 2003-04-25, unit 05587 ~date_serial",
    ]


def test_hidden_rows_columns_formulas_comments_and_rich_text(read):
    def fill(book, sheet):
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_formula(1, 0, "=ROW()-1", None, 1)
        sheet.write_rich_string(1, 1, book.add_format({"bold": True}), "Ma Văn ", "Đại")
        sheet.write_comment(1, 1, "đã chuyển")
        sheet.write_formula(1, 2, "=DATE(2003,4,25)", day, 37736)
        sheet.write_formula(1, 3, "=VLOOKUP(B2,X!A:B,2,0)", None, "0912345678")
        sheet.write_formula(2, 0, "=ROW()-1", None, 2)
        sheet.write_row(2, 1, ["Bế Thị Mai", "26/4/2003"])
        sheet.write_formula(2, 3, "=VLOOKUP(B3,X!A:B,2,0)", None, "#N/A")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
        sheet.autofilter("A1:D3")
        sheet.freeze_panes(1, 0)

    assert whole(read(workbook(fill), unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003-04-25, tel +84912345678, unit 05587",
        "3: Bế Thị Mai, born 2003-04-26, unit 05587 ?formula_error",
    ]


LIST = [
    ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
    ["1", "Nguyễn Thị Hường", "25/4/2003", "Xã Bình Yên"],
    ["2", "Đặng Văn Đức", "2/9/2005", "Xã Văn Lăng"],
    ["3", "Lê Hoàng Ước", "7/4/2003", "Phường Gia Sàng"],
]
PEOPLE = [
    ("Nguyễn Thị Hường", "2003-04-25", "05587"),
    ("Đặng Văn Đức", "2005-09-02", "05665"),
    ("Lê Hoàng Ước", "2003-04-07", "05467"),
]
OLD_EXCEL = Path(__file__).parent.parent.parent / "rosters" / "old-excel.xls"


def windows_1258(text):
    """As that encoding writes it: tones apart from their letters."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    written = []
    for char in text:
        parts = normalize("NFD", char)
        base = normalize("NFC", "".join(part for part in parts if part not in tones))
        written += [base, *(part for part in parts if part in tones)]
    return "".join(written)


def in_script(rows, change):
    return [[change(cell) for cell in row] for row in rows]


FILES = {
    "semicolons": make_csv(LIST, delimiter=";"),
    "semicolons with a mark": make_csv(LIST, delimiter=";", encoding="utf-8-sig"),
    "tabs in utf-16": make_csv(LIST, delimiter="\t", encoding="utf-16"),
    "sep= line": b"\xef\xbb\xbfsep=;\r\n" + make_csv(LIST, delimiter=";"),
    "titles above": "DANH SÁCH ĐOÀN VIÊN, NĂM 2026\r\n\r\n".encode() + make_csv(LIST, delimiter=";"),
    "windows-1258": make_csv(in_script(LIST, windows_1258), delimiter=";", encoding="cp1258"),
    "tcvn3": make_csv(in_script(LIST, lambda text: write(text, TCVN3_OF)), delimiter=";", encoding="latin-1"),
    "vni": make_csv(in_script(LIST, lambda text: write(text, VNI_OF)), encoding="latin-1"),
    "html": make_html(LIST),
    "ods": make_ods(LIST),
    "xlsx": make_xlsx(("A", LIST)),
    "xlsm": rewrite_zip(make_xlsx(("A", LIST)), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros"}),
}


@pytest.mark.parametrize("kind", FILES)
def test_the_same_list_in_every_kind_of_file(read, kind):
    rows = read(FILES[kind]).rows

    assert [tuple(row.fields.values()) for row in rows] == PEOPLE
    assert [row.row - rows[0].row for row in rows] == [0, 1, 2]
    assert {problem.code for row in rows for problem in row.problems} <= {"legacy_text"}


def test_an_old_excel_file_with_a_hidden_sheet(read):
    content = OLD_EXCEL.read_bytes()

    assert whole(read(content)) == [
        "4: Ma Văn Đại, born 2003-04-25, sex male, tel +84912345678, unit 05587 ~phone_zero_added",
        "5: Nông Thị Đào, born 2005-09-02, sex female, tel +84381234567, unit 05587 ~phone_new_prefix",
        "skipped Ẩn: Trang ẩn.",
    ]


def test_a_title_copied_to_sheets_that_are_named_after_other_communes_is_doubted(thai_nguyen):
    rows = [["ĐOÀN XÃ BÌNH YÊN"], ["STT", "Họ và tên", "Ngày sinh"], [1, "Ma Văn Đại", "25/4/2003"]]
    names = ("Xã Bình Yên", "Xã Đại Từ", "Trung Lương", "Văn Lăng")
    content = make_xlsx(*((name, rows) for name in names))

    assert whole(read_roster(content, "x", book=thai_nguyen[0])) == [
        "3: Ma Văn Đại, born 2003-04-25, unit 05587",
        "3: Ma Văn Đại, born 2003-04-25, unit 05587 ?unit_not_of_title",
        "3: Ma Văn Đại, born 2003-04-25, unit 05587",
        "3: Ma Văn Đại, born 2003-04-25, unit 05587",
    ]
