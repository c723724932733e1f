"""People are read many at once: where one run of them ends and the next begins changes nothing."""

from random import Random

import pytest

from core.spreadsheets import Block, Packed, Sheet, read_spreadsheet
from members.roster import open_roster, read_roster, reading
from members.roster.header_finding import Teaching
from members.roster.looking import look_at
from tests.factories.rosters import make_csv, make_xlsx
from tests.members.test_plain_rows import CELLS, HEADER, SAMPLES

pytestmark = pytest.mark.django_db  # the book of the province is read from the database

BETWEEN = [
    ["", "Đoàn xã Bình Yên"],
    ["I", "XÃ VĂN LANG"],
    ["Tổng cộng: 5 người"],
    ["", "Người lập biểu"],
    ["x", "Nguyễn Văn Bình", "", "", "Lê Thị Hoa"],
    ["", "Lý Tú"],
    HEADER,
]


def mixed_list():
    """People with cells of every kind, plain and not, and other lines between them."""
    dice = Random(7)
    rows = [["DANH SÁCH ĐOÀN VIÊN XÃ PHÚ BÌNH"], HEADER]
    for number in range(1, 300):
        rows.append([str(number), *(dice.choice(CELLS[name][: dice.choice((1, 9))]) for name in HEADER[1:])])
        if dice.random() < 0.05:
            rows.append(dice.choice(BETWEEN))
    merges = ["L30:L34", "B60:D60"]
    return make_xlsx(("Danh sách", rows, merges))


def in_blocks(content, size):
    """The sheets of the file, their rows in blocks of that size."""
    for sheet in read_spreadsheet(content):
        rows = list(sheet.rows())
        packed = Packed()
        for start in range(0, len(rows), size):
            packed.add(Block.of(rows[start : start + size]))
        anew = Sheet(sheet.name, sheet.hidden, sheet.merges, packed, sheet.from_1904)
        yield anew, iter(packed)


@pytest.mark.parametrize("size", [1, 7, 50])
@pytest.mark.parametrize("sample", [*SAMPLES, None], ids=lambda one: one.stem if one else "mixed")
def test_a_sheet_reads_the_same_in_blocks_of_any_size(monkeypatch, thai_nguyen, sample, size):
    content = sample.read_bytes() if sample else mixed_list()
    book = thai_nguyen[0]
    whole = read_roster(content, "a.xlsx", book=book)

    monkeypatch.setattr(reading, "follow_spreadsheet", lambda given: in_blocks(given, size))

    assert read_roster(content, "a.xlsx", book=book) == whole


def test_rows_come_one_by_one_or_in_runs(thai_nguyen):
    content = mixed_list()

    (one,) = open_roster(content, book=thai_nguyen[0])
    (other,) = open_roster(content, book=thai_nguyen[0])

    runs = list(other.rows_in_runs())
    assert [row for run in runs for row in run] == list(one.rows())
    assert max(map(len, runs)) > 10


def test_a_sheet_in_an_old_script_waits_for_its_last_rows(thai_nguyen):
    """The name in the first row may be Unicode; those at the end tell that it is not."""
    header = ["STT", "Ho va ten", "Ngay sinh", "Dan toc", "Ghi chu"]
    rows = [[str(number), "Dòng", "02/09/2005", "Kinh", "x"] for number in range(1, 1200)]
    modern = make_csv([header, *rows])
    mixed = make_csv([header, *rows, ["1200", "NguyÔn ThÞ H­êng", "02/09/2005", "T¸y", "x"]])

    def first_name(content):
        return read_roster(content, "a.csv", book=thai_nguyen[0]).rows[0].fields["full_name"]

    def look(content):
        (sheet,) = read_spreadsheet(content)
        return look_at(sheet, iter(sheet.packed), Teaching(), reading.timezone.localdate(), lambda: None)

    assert (first_name(modern), first_name(mixed)) == ("Dòng", "Dũng")
    assert look(modern).profile.people == 1199
    assert look(mixed) is None
