from datetime import date

import pytest

from core.spreadsheets import Block, Packed
from core.spreadsheets.shapes import read_line, write_line

ROWS = [
    (3, ["STT", "Họ tên", "", "Ngày sinh"]),
    (4, ["1", "Hà", "", date(2005, 9, 2)]),
    (7, []),
    (8, ["", "Hà", "x"]),
    (9, ["2", "2005", "", "2005", ""]),
]


def test_a_block_gives_back_its_rows_as_far_as_they_reach():
    block = Block.of(ROWS)

    assert list(block.rows()) == ROWS
    assert list(block.tuples()) == [tuple(cells) for _, cells in ROWS]
    assert [block.cells(place) for place in range(5)] == [cells for _, cells in ROWS]
    assert (len(block), block.width, block.is_text) == (5, 5, False)
    assert block.column(3) == ("Ngày sinh", date(2005, 9, 2), "", "", "2005")
    assert block.column(-1) == block.column(9) == ("",) * 5


def test_a_part_of_a_block_is_a_block_of_those_rows():
    part = Block.of(ROWS).part(1, 3)

    assert (list(part.rows()), part.width) == (ROWS[1:3], 4)
    assert list(Block.of([(1, []), (2, [])]).rows()) == [(1, []), (2, [])]


@pytest.mark.parametrize("count", [0, 1, 1000, 1001, 2500])
def test_packed_rows_come_back_in_their_order(count):
    rows = [(number, [*cells, str(number)]) for number, (_, cells) in enumerate(ROWS * 500, start=1)][:count]

    packed = Packed(rows)

    assert [row for block in packed for row in block.rows()] == rows
    assert (len(packed), max((len(block) for block in packed), default=0)) == (count, min(count, 1000))


def test_equal_cells_of_a_line_are_kept_once():
    line = write_line([(number, ["Nam", str(number), 732_191]) for number in range(200)])

    block = read_line(line)

    assert list(block.rows()) == [(n, ["Nam", str(n), date(2005, 9, 2)]) for n in range(200)]
    assert len(set(map(id, block.column(0)))) == 1


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0c", "\x1f", "\ud83d"])
def test_signs_that_no_text_has_are_left_out_on_the_way(sign):
    block = read_line(write_line([(1, ["Hà", f"V{sign}ăn\n", 732_191])]))

    assert block.cells(0)[:2] == ["Hà", "Văn\n"]
