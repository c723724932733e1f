"""Two thousand rosters bent at random, always the same ones: each is read or refused, never more."""

import io
import random
import unicodedata
import zipfile
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from core.spreadsheets import Merge, Packed, Sheet, read_spreadsheet
from core.spreadsheets.shapes import read_line, write_line
from members.roster import RosterUnreadable, read_roster, reading
from tests.factories.rosters import make_csv, make_html, make_ods, make_zip

pytestmark = pytest.mark.django_db  # the book of the province is read from the database

ROSTERS = Path(__file__).parent.parent / "rosters"
SAMPLES = [path.read_bytes() for path in sorted(ROSTERS.glob("*.xlsx"))]
LIST = [["STT", "Họ và tên", "Ngày sinh", "Đơn vị"], ["1", "Ma Văn Đại", "25/4/2003", "Xã Bình Yên"]] * 5
FILES = [
    *(content for content in SAMPLES if len(content) < 12_000),
    (ROSTERS / "old-excel.xls").read_bytes(),
    (ROSTERS / "form-export.csv").read_bytes(),
    make_ods(LIST),
    make_html(LIST),
    make_csv(LIST, delimiter=";", encoding="utf-16"),
]
JUNK = [
    "",
    " ",
    "\u00a0",
    "x",
    "nt",
    "//",
    "#REF!",
    "Err:502",
    "=1+1",
    "?",
    "\u0301",
    "0",
    "-1",
    "1e999",
    "٣",
]
JUNK += [
    "Họ và tên",
    "STT",
    "Nam",
    "Nữ",
    "Ngày sinh",
    "Đơn vị",
    "Tổng cộng: 9 đồng chí",
    "TM. BCH",
    "I",
    "(1)",
]
JUNK += [
    "§Æng V¨n §øc",
    "Nguyeãn Thò Höôøng",
    "Nguyá»…n",
    "Nguy?n",
    "Xã",
    "Huyện",
    "P.",
    "xã ,",
    "31/02/2004",
]
JUNK += [
    "00/00/0000",
    "99/99/9999",
    "9" * 400,
    "Văn " * 200,
    "@@",
    "a@b.c;d@e",
    "0" * 12,
    "(((",
    "\u200b",
    "ff/ff",
]
CELLS_BENT, FILES_BENT = 1_880, 120


@pytest.fixture(scope="module")
def sheets():
    """The sheets of the samples, cut short."""
    return [
        Sheet(one.name, False, one.merges, Packed(islice(one.rows(), 11)))
        for content in SAMPLES
        for one in read_spreadsheet(content)
    ]


def bent(dice, sheet):
    """The sheet with a few of its cells, rows, columns and merges changed."""
    rows = [(number, list(cells)) for number, cells in sheet.rows()]
    merges = list(sheet.merges)
    for _ in range(dice.randint(1, 12)):
        number, cells = dice.choice(rows)
        column = dice.randrange(len(cells) + 3)
        change = dice.randrange(9)
        if change <= 3:
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = dice.choice([*JUNK, date(1905, 6, 1), date.min, date.max])
        elif change == 4:
            other = dice.choice(rows)[1]
            cells[:], other[:] = other[:], cells[:]
        elif change == 5:
            for _, row in rows:
                row.insert(column, dice.choice(["", "x"]))
        elif change == 6:
            dice.shuffle(cells)
        elif change == 7 and len(rows) > 2:
            rows.remove((number, cells))
        else:
            top, left = dice.randrange(1, 40), dice.randrange(12)
            merges.append(Merge(top, left, top + dice.randrange(6), left + dice.randrange(9)))
    return Sheet(sheet.name, False, tuple(merges), packed(rows), dice.random() < 0.1)


def packed(rows):
    given = [(number, [c.toordinal() if isinstance(c, date) else c for c in cells]) for number, cells in rows]
    found = Packed()
    found.add(read_line(write_line(given)))
    return found


def followed(sheet, _content):
    yield sheet, iter(sheet.packed)


def broken(dice, content):
    """The file with some bytes turned over, or with a part of its archive bent or gone."""
    if content.startswith(b"PK") and dice.random() < 0.7:
        return repacked(dice, content)
    return flipped(dice, content)


def flipped(dice, content):
    changed = bytearray(content)
    for _ in range(dice.randint(1, 30)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    if dice.random() < 0.2:
        start = dice.randrange(len(changed))
        del changed[start : start + dice.randrange(200)]
    return bytes(changed)


def repacked(dice, content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    one, other = dice.choice(list(parts)), dice.choice(list(parts))
    change = dice.randrange(4)
    if change == 0:
        parts[one], parts[other] = parts[other], parts[one]
    elif change == 1:
        del parts[one]
    elif parts[one]:
        parts[one] = flipped(dice, parts[one])
    return make_zip(parts)


def check(found):
    for sheet in found.sheets:
        for row in sheet.rows:
            assert row.row >= 1
            assert all(type(value) is str and value for value in row.fields.values())
            assert all(unicodedata.is_normalized("NFC", value) for value in row.fields.values())
            assert all(problem.message.startswith("Dòng ") for problem in row.problems)


def test_bent_sheets_are_read_or_refused(thai_nguyen, sheets, monkeypatch):
    dice = random.Random(19)  # noqa: S311
    outcomes = {"read": 0, "refused": 0}
    for _ in range(CELLS_BENT):
        sheet = bent(dice, dice.choice(sheets))
        monkeypatch.setattr(reading, "follow_spreadsheet", partial(followed, sheet))
        try:
            check(read_roster(b"x", "x", book=thai_nguyen[0]))
            outcomes["read"] += 1
        except RosterUnreadable:
            outcomes["refused"] += 1

    assert outcomes["read"] > CELLS_BENT // 2
    assert sum(outcomes.values()) == CELLS_BENT


def test_broken_files_are_read_or_refused_by_the_bounded_child(thai_nguyen):
    dice = random.Random(2025)  # noqa: S311
    outcomes = {"read": 0, "refused": 0}
    for _ in range(FILES_BENT):
        content = broken(dice, dice.choice(FILES))
        try:
            check(read_roster(content, "x", book=thai_nguyen[0]))
            outcomes["read"] += 1
        except RosterUnreadable:
            outcomes["refused"] += 1

    assert sum(outcomes.values()) == FILES_BENT
    assert all(outcomes.values())
