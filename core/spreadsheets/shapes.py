"""What a spreadsheet is once read, and the sentences for files that cannot be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson

from core.errors import DomainError
from core.spreadsheets.blocks import Block, Packed, Row

EMPTY = "File này trống. Hãy chọn file có danh sách rồi tải lên lại."
NOT_A_SPREADSHEET = (
    "File này không phải bảng tính. Hãy mở bằng Excel, chọn 'Lưu thành' dạng .xlsx rồi tải lên lại."
)
ENCRYPTED = "File này đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu trong Excel rồi tải lên lại."
DAMAGED = "File này bị hỏng hoặc tải lên chưa hết. Hãy mở lại bằng Excel, lưu thành file mới rồi tải lên lại."
TOO_LARGE = (
    "File này bung ra quá lớn so với một danh sách nên không được đọc. "
    "Hãy chép phần danh sách sang một file mới rồi tải lên lại."
)
TOO_MANY_BYTES = "File lớn hơn {limit} MB. Hãy chia danh sách thành nhiều file nhỏ hơn rồi tải lên lại."
TOO_MANY_BLANKS = (
    "{place} có hơn {limit} dòng trống. Hãy xóa các dòng trống (hoặc chép phần danh sách sang một file mới) "
    "rồi tải lên lại."
)
TOO_MANY_ROWS = "{place} có hơn {limit} dòng. Hãy chia danh sách thành nhiều file nhỏ hơn rồi tải lên lại."
TOO_WIDE = "{place} có hơn {limit} cột. Hãy chép phần danh sách sang một file mới rồi tải lên lại."


# Control characters and halves of letters: no text of a list, and no database takes them.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


_SIGNS_OF_UNFIT = (b"\\u", b"\\b", b"\\f")  # as JSON writes control characters


class SpreadsheetUnreadable(DomainError):
    """The file cannot be read as a spreadsheet; the sentence says why and what to do."""


@dataclass(frozen=True)
class Merge:
    """One merged rectangle. Rows count from 1 as in the file, columns from 0; both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet whose rows can be gone through again and again. `name` is None where formats have none.

    `packed` holds the rows that are not blank, so that a long sheet stays small in memory.
    `from_1904`: numbers that stand for dates are counted from 1904, as old Macs did.
    """

    name: str | None
    hidden: bool = False
    merges: tuple[Merge, ...] = ()
    packed: Packed = field(default_factory=Packed, repr=False)
    from_1904: bool = False

    def rows(self) -> Iterator[Row]:
        """Each row that is not blank with its number in the file; its cells from column A to the last filled.

        Cells are text, or a date where the file knows that it is one. Blank cells are "".
        """
        for block in self.packed:
            yield from block.rows()


def read_line(line: bytes) -> Block:
    """The block in one line of the child."""
    return Block.of_ordinals(orjson.loads(line))


def write_line(rows: list[tuple[int, list[str | int]]]) -> bytes:
    """One line of the child's output: dates travel as their ordinal, all else as text fit to be kept."""
    try:
        line = orjson.dumps(rows)
    except orjson.JSONEncodeError:  # half a letter
        return _fit_line(rows)
    return _fit_line(rows) if any(sign in line for sign in _SIGNS_OF_UNFIT) else line


def _fit_line(rows: list[tuple[int, list[str | int]]]) -> bytes:
    return orjson.dumps([(number, list(map(_fit, cells))) for number, cells in rows])


def _fit(cell: str | int) -> str | int:
    return _UNFIT.sub("", cell) if type(cell) is str else cell
