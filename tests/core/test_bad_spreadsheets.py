"""Files made to hurt, or broken on their way: each gets its sentence, none harms the process that asks."""

import tracemalloc
from pathlib import Path

import pytest

from core.spreadsheets import SpreadsheetUnreadable, read_spreadsheet
from core.spreadsheets import shapes as sentences
from tests.factories.rosters import make_csv, make_html, make_ods, make_xlsx, make_zip, rewrite_zip

ROSTERS = Path(__file__).parent.parent / "rosters"
ROWS = [["STT", "Họ và tên"], ["1", "Ma Văn Đại"]]
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 100 + '"><!ENTITY c "' + "&b;" * 100 + '">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def cells(content):
    return [row for sheet in read_spreadsheet(content) for _, row in sheet.rows()]


def told(content):
    """The cells, or the sentence that says why there are none."""
    try:
        return cells(content)
    except SpreadsheetUnreadable as refused:
        return str(refused)


def refusal(content):
    with pytest.raises(SpreadsheetUnreadable) as refused:
        read_spreadsheet(content)
    return str(refused.value)


@pytest.mark.parametrize("trick", [LAUGHS, OUTSIDE], ids=["bomb", "outside"])
@pytest.mark.parametrize(
    ("part", "xml"),
    [
        ("xl/sharedStrings.xml", f"<sst {MAIN}><si><t>Họ và tên &c;&a;</t></si></sst>"),
        ("xl/worksheets/sheet1.xml", f"<worksheet {MAIN}><sheetData/></worksheet>"),
        ("xl/workbook.xml", f"<workbook {MAIN}>&c;&a;</workbook>"),
        ("xl/styles.xml", f"<styleSheet {MAIN}>&c;&a;</styleSheet>"),
    ],
)
def test_entities_are_never_resolved(trick, part, xml):
    content = rewrite_zip(make_xlsx(("A", ROWS)), {part: '<?xml version="1.0"?>' + trick + xml})

    seen = told(content)

    assert isinstance(seen, list) or seen in (sentences.DAMAGED, sentences.TOO_LARGE)
    assert "root:" not in str(seen)
    assert "haha" not in str(seen)


@pytest.mark.parametrize("trick", [LAUGHS, OUTSIDE], ids=["bomb", "outside"])
def test_entities_of_opendocument_and_web_pages_are_never_resolved(trick):
    ods = rewrite_zip(
        make_ods(ROWS), {"content.xml": trick + "<office:spreadsheet>&c;&a;</office:spreadsheet>"}
    )
    page = trick.encode() + make_html([["Họ và tên", "&c;&a;"]])

    seen = str([told(ods), told(page)])

    assert "root:" not in seen
    assert "haha" not in seen


def test_references_to_other_files_and_formulas_to_the_network_are_kept_as_they_were_last_shown():
    sheet = (
        f'<worksheet {MAIN}><sheetData><row r="1">'
        '<c r="A1" t="str"><f>[1]Sheet1!$A$1</f><v>Ma Văn Đại</v></c>'
        '<c r="B1" t="str"><f>WEBSERVICE("http://127.0.0.1:1/x")</f><v>Xã Bình Yên</v></c>'
        "</row></sheetData></worksheet>"
    )
    link = '<externalLink><externalBook r:id="rId1"/></externalLink>'
    changes = {"xl/worksheets/sheet1.xml": sheet, "xl/externalLinks/externalLink1.xml": link}

    assert cells(rewrite_zip(make_xlsx(("A", ROWS)), changes)) == [["Ma Văn Đại", "Xã Bình Yên"]]


def test_macros_are_ignored():
    changes = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"Auto_Open Shell" * 100}

    assert cells(rewrite_zip(make_xlsx(("A", ROWS)), changes)) == ROWS


def test_the_widest_sheet_there_can_be_is_refused():
    wide = make_xlsx(("A", [["Họ và tên", *["x"] * 16_383], ["Ma Văn Đại"]]))

    assert refusal(wide) == sentences.TOO_WIDE.format(place="Trang 'A'", limit="1.000")


def test_a_file_of_300_megabytes_is_refused_before_anything_is_parsed_and_the_limit_named():
    content = bytes(300 * 2**20)
    tracemalloc.start()

    sentence = refusal(content)

    assert sentence == "File lớn hơn 100 MB. Hãy chia danh sách thành nhiều file nhỏ hơn rồi tải lên lại."
    assert tracemalloc.get_traced_memory()[1] < 2**20
    tracemalloc.stop()


@pytest.mark.parametrize(
    "members",
    [
        {"a.txt": "x"},
        {"word/document.xml": "<w/>"},
        {"ppt/presentation.xml": "<p/>"},
        {"danh-sach.xlsx": make_xlsx(("A", ROWS))},
        {},
    ],
    ids=["text", "word", "slides", "zipped twice", "empty"],
)
def test_an_archive_that_is_no_workbook_says_so(members):
    assert refusal(make_zip(members)) in (sentences.NOT_A_SPREADSHEET, sentences.DAMAGED)


def test_two_million_rows_are_refused_with_the_limit():
    line = b"1,Ma A\r\n"

    sentence = refusal(b"STT,Ten\r\n" + line * 2_000_000)

    assert sentence == sentences.TOO_MANY_ROWS.format(place="File này", limit="1.048.576")


@pytest.mark.parametrize(
    "text", ["=1+1", "+84912345678", "-Bí thư", "@xóm", "=HYPERLINK(A1)", "\t=1", "|cmd"]
)
def test_text_that_begins_like_a_formula_stays_text(text):
    row = ["Ma Văn Đại", text]

    assert cells(make_csv([["Họ và tên", "Xã"], row], delimiter=";"))[1] == row
    assert cells(make_xlsx(("A", [["Họ và tên", "Xã"], row])))[1] == row


@pytest.mark.parametrize(
    "whole",
    [
        make_xlsx(("A", ROWS * 30)),
        make_ods(ROWS * 30),
        (ROSTERS / "old-excel.xls").read_bytes(),
        make_csv(ROWS * 30, encoding="utf-16"),
        make_html(ROWS * 30),
    ],
    ids=["xlsx", "ods", "xls", "utf-16", "html"],
)
def test_a_file_cut_off_anywhere_is_read_or_refused(whole):
    known = {sentences.DAMAGED, sentences.EMPTY, sentences.NOT_A_SPREADSHEET, sentences.TOO_LARGE}
    answers = [told(whole[: len(whole) * part // 100]) for part in (1, 7, 40, 90, 99)]

    assert not [answer for answer in answers if isinstance(answer, str) and answer not in known]
