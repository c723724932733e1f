import io
import signal
import subprocess
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.spreadsheets import Merge, SpreadsheetUnreadable, bounded, read_spreadsheet
from core.spreadsheets import shapes as sentences
from core.spreadsheets.child import packed_lines
from tests.factories.rosters import make_csv, make_html, make_ods, make_xlsx, make_zip, rewrite_zip

ROSTERS = Path(__file__).parent.parent / "rosters"
ROWS = [["Họ và tên", "Xã"], ["Nguyễn Thị Hường", "Bình Yên"]]


def cells(content):
    return [(number, row) for sheet in read_spreadsheet(content) for number, row in sheet.rows()]


def refusal(content):
    with pytest.raises(SpreadsheetUnreadable) as refused:
        read_spreadsheet(content)
    return str(refused.value)


def test_a_workbook_gives_text_cells_and_true_dates_with_their_place():
    rows = [
        [],
        ["", "Ma Văn Đại", 19205001234, 2005.0, 1.5, date(2005, 9, 2)],
        ["", "", "#N/A", "0912345678"],
    ]

    found = cells(make_xlsx(("Trang 1", rows)))

    assert found == [
        (2, ["", "Ma Văn Đại", "19205001234", "2005", "1.5", date(2005, 9, 2)]),
        (3, ["", "", "#N/A", "0912345678"]),
    ]


def test_control_characters_and_halves_of_letters_are_no_text():
    rows = [["Nguyễn Văn_x0000_ A", "B_x0007__xD800_é", "C_x000A_D"]]

    assert cells(make_xlsx(("Trang 1", rows))) == [(1, ["Nguyễn Văn A", "Bé", "C\nD"])]


def test_a_workbook_tells_hidden_sheets_and_merged_cells():
    content = make_xlsx(("A", [["Danh sách", ""], ["x", ""]], ["A1:B1"]), ("B", [["y"]]), hidden=("B",))

    sheets = read_spreadsheet(content)

    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("A", False), ("B", True)]
    assert sheets[0].merges == (Merge(top=1, left=0, bottom=1, right=1),)


def test_an_old_excel_workbook_is_read():
    sheet, hidden = read_spreadsheet((ROSTERS / "old-excel.xls").read_bytes())

    assert dict(sheet.rows())[4] == ["1", "Ma Văn Đại", date(2003, 4, 25), "Nam", "Xã Bình Yên", "912345678"]
    assert Merge(top=4, left=4, bottom=5, right=4) in sheet.merges
    assert hidden.hidden


def test_an_opendocument_workbook_is_read():
    found = cells(make_ods([*ROWS, ["Ma Văn Đại", date(2005, 9, 2)]]))

    assert found == [(1, ROWS[0]), (2, ROWS[1]), (3, ["Ma Văn Đại", date(2005, 9, 2)])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimited_text_is_cut_where_most_lines_are(delimiter):
    rows = [*ROWS, [f"Ma Văn Đại{delimiter} Bí thư", "Văn Lăng"]]

    found = cells(make_csv(rows, delimiter=delimiter))

    assert [row for _, row in found] == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_delimited_text_is_decoded_whatever_it_was_saved_in(encoding):
    found = cells(make_csv(ROWS, delimiter=";", encoding=encoding))

    assert [row for _, row in found] == ROWS


def test_windows_1258_is_told_from_the_fonts_of_old():
    windows = "Ho\u0323 va\u0300 tên,Xa\u0303\nNguyê\u0303n Thi\u0323 Hươ\u0300ng,Bi\u0300nh Yên".encode(
        "cp1258"
    )
    tcvn3 = "Hä vµ tªn,X·\nNguyÔn ThÞ H\xadêng,B×nh Yªn".encode("latin-1")

    assert [row for _, row in cells(windows)] == [["Họ và tên", "Xã"], ["Nguyễn Thị Hường", "Bình Yên"]]
    assert [row for _, row in cells(tcvn3)] == [["Hä vµ tªn", "X·"], ["NguyÔn ThÞ H\xadêng", "B×nh Yªn"]]


def test_a_line_break_inside_quotes_does_not_end_a_row():
    found = cells('Họ tên,Ghi chú\nĐại,"a\nb"\n\nĐào,c'.encode())

    assert found == [(1, ["Họ tên", "Ghi chú"]), (2, ["Đại", "a\nb"]), (4, ["Đào", "c"])]


def test_a_web_page_saved_as_excel_is_read_with_its_merged_cells():
    page = (
        "<html><meta charset=utf-8><table><tr><th colspan=2>Họ và tên</th><th>Xã</th></tr>"
        "<tr><td>Ma</td><td>Đại</td><td rowspan=2>Bình Yên</td></tr>"
        "<tr><td>Nông</td><td>Đào<br>A</td></tr></table>"
    )

    (sheet,) = read_spreadsheet(page.encode())

    assert [row for _, row in sheet.rows()] == [
        ["Họ và tên", "", "Xã"],
        ["Ma", "Đại", "Bình Yên"],
        ["Nông", "Đào A"],
    ]
    assert set(sheet.merges) == {Merge(1, 0, 1, 1), Merge(2, 2, 3, 2)}


def test_a_plain_web_page_is_read_too():
    assert [row for _, row in cells(make_html(ROWS))] == ROWS


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", sentences.EMPTY),
        (b"\xef\xbb\xbf \r\n\r\n", sentences.EMPTY),
        (b"%PDF-1.7 ...", sentences.NOT_A_SPREADSHEET),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), sentences.NOT_A_SPREADSHEET),
        (bytes(range(256)) * 20, sentences.NOT_A_SPREADSHEET),
        (make_zip({"word/document.xml": "<w/>"}), sentences.NOT_A_SPREADSHEET),
        (make_xlsx(("A", ROWS))[:-300], sentences.DAMAGED),
        ((ROSTERS / "old-excel.xls").read_bytes()[:1500], sentences.DAMAGED),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            sentences.ENCRYPTED,
        ),
    ],
    ids=["empty", "blank", "pdf", "picture", "noise", "word", "truncated", "truncated-xls", "encrypted"],
)
def test_what_is_no_spreadsheet_is_refused_with_what_to_do(content, sentence):
    assert refusal(content) == sentence


def test_a_password_on_the_archive_is_told():
    content = bytearray(make_xlsx(("A", ROWS)))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(mark, place + 1)

    assert refusal(bytes(content)) == sentences.ENCRYPTED


def test_an_archive_that_says_it_unpacks_to_gigabytes_is_refused():
    with io.BytesIO() as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
                for _ in range(200):
                    member.write(bytes(1_000_000))
            package.writestr("xl/workbook.xml", "<workbook/>")
        content = target.getvalue()

    assert refusal(content) == sentences.TOO_LARGE


def test_an_archive_that_lies_about_its_size_is_refused():
    content = bytearray(make_xlsx(("A", [["x" * 30_000]])))
    entry = content.find(b"PK\x01\x02")
    while content[entry + 46 : entry + 70].find(b"sheet1.xml") < 0:
        entry = content.find(b"PK\x01\x02", entry + 1)
    content[entry + 24 : entry + 28] = (100).to_bytes(4, "little")

    assert refusal(bytes(content)) == sentences.DAMAGED


def test_one_text_that_a_million_cells_repeat_ends_the_child_only():
    long_text = f"<si><t>{'x' * 30_000}</t></si>"
    row = '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c></row>'
    rows = "".join(row.format(number) for number in range(1, 40_000))
    ours = make_xlsx(("A", [["x"]]))
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    content = rewrite_zip(
        ours,
        {
            "xl/sharedStrings.xml": f"<sst {main}>{long_text}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>",
        },
    )

    assert refusal(content) == sentences.TOO_LARGE


def test_a_cell_in_the_last_corner_is_refused():
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    content = rewrite_zip(
        make_xlsx(("A", [["x"]])),
        {"xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>"},
    )

    assert refusal(content) == sentences.TOO_LARGE


def test_a_document_type_in_a_sheet_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'

    assert (
        refusal(rewrite_zip(make_xlsx(("A", ROWS)), {"xl/worksheets/sheet1.xml": bomb}))
        == sentences.TOO_LARGE
    )


def test_hundreds_of_thousands_of_blank_rows_are_refused_with_what_to_do():
    expected = sentences.TOO_MANY_BLANKS.format(place="Trang 'A'", limit="200.000")

    assert refusal(make_xlsx(("A", ROWS), blank_rows=201_000)) == expected
    assert refusal(make_csv(ROWS) + b"\r\n" * 200_002 + b"Ma,A") == expected.replace("Trang 'A'", "File này")


def test_a_thousand_blank_rows_with_borders_do_no_harm():
    assert [row for _, row in cells(make_xlsx(("A", ROWS), blank_rows=1000))] == ROWS


def test_too_many_columns_are_refused():
    expected = sentences.TOO_WIDE.format(place="File này", limit="1.000")

    assert refusal((",".join(map(str, range(16_384))) + "\n").encode() * 3) == expected


def test_a_file_over_the_limit_is_refused_before_it_is_opened():
    assert refusal(bytes(101 * 2**20)) == sentences.TOO_MANY_BYTES.format(limit=100)


def test_the_child_gives_a_line_for_each_sheet_and_its_rows_and_no_more_than_it_may():
    content = make_xlsx(("A", ROWS))

    lines = list(packed_lines(content, most_bytes=1000))

    assert [line[:1] for line in lines] == [b"{", b"["]
    with pytest.raises(SpreadsheetUnreadable, match="quá lớn"):
        list(packed_lines(content, most_bytes=50))


def test_a_workbook_with_bytes_turned_over_is_read_or_refused():
    content = make_xlsx(("A", ROWS * 50))
    outcomes = set()
    for place in range(40, len(content), len(content) // 25):
        changed = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        try:
            outcomes.add(len(read_spreadsheet(changed)[0].packed))
        except SpreadsheetUnreadable as refused:
            outcomes.add(str(refused))

    sayable = {
        getattr(sentences, name) for name in ("DAMAGED", "TOO_LARGE", "NOT_A_SPREADSHEET", "ENCRYPTED")
    }
    assert outcomes <= sayable | {100}


def test_who_takes_no_more_of_a_file_ends_the_child(monkeypatch):
    children = []
    start = subprocess.Popen

    def noted(*args, **kwargs):
        children.append(start(*args, **kwargs))
        return children[-1]

    monkeypatch.setattr(bounded.subprocess, "Popen", noted)
    rows = "\n".join(f"{number},Ma Văn Đại" for number in range(100_000))

    with closing(bounded.follow_spreadsheet(rows.encode())) as followed:
        _, blocks = next(followed)
        first = next(blocks)

    assert len(first) == 1000
    assert [child.returncode for child in children] == [-signal.SIGKILL]


def test_a_child_is_late_by_its_own_time_only(monkeypatch):
    """What is done with its lines may take long; while it is waited for, it may not."""
    now, killed = [0.0], []
    monkeypatch.setattr(bounded.time, "monotonic", lambda: now[0])
    child = SimpleNamespace(kill=lambda: killed.append(now[0]), returncode=None)
    watch = bounded._Watch(child, 10)
    lines = watch.timed([b"[1]", b"[2]"])
    moments = []

    for held in (500, 0):
        next(lines)
        now[0] += held
        watch.look()
        moments.append(list(killed))
    next(lines, None)
    for waited in (9, 2):
        now[0] += waited
        watch.look()
        moments.append(list(killed))
    watch.stop()

    assert moments == [[], [], [], [511.0]]
