"""The members of one unit as a workbook that staff fill in and send back."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from core.formulas import looks_like_formula
from members.models import Member
from members.rules.shown import shown_phone
from units.models import Unit

PEOPLE, LISTS, HELP = "Đoàn viên", "Danh mục", "Hướng dẫn"
CODE_TITLE = "Mã đoàn viên"
FIRST_ROW = 3
SPARE_ROWS = 500
MOST_CHOICES = 500
SEXES = ("Nam", "Nữ")
POSITIONS = ("Đoàn viên", "Bí thư", "Phó Bí thư", "Ủy viên Ban Thường vụ", "Ủy viên Ban Chấp hành")
INSTRUCTIONS = (
    "CÁCH DÙNG SỔ ĐOÀN VIÊN",
    "1. Sửa thẳng vào các ô ở trang “Đoàn viên” rồi lưu file, giữ nguyên dạng .xlsx.",
    "2. Cột “Mã đoàn viên” được khóa: cổng nhận ra từng người theo mã này, kể cả khi sửa họ tên.",
    "3. Thêm người mới: ghi vào dòng trống dưới cùng và để trống mã. Không chép mã của người khác.",
    "4. Xóa một dòng hoặc không gửi lại dòng đó thì hồ sơ trên cổng không thay đổi.",
    "5. Xóa trắng một ô thì giá trị đang có trên cổng vẫn giữ nguyên. Muốn bỏ hẳn, hãy sửa trên cổng.",
    "6. Ngày ghi theo ngày/tháng/năm, ví dụ 02/09/2005. Biết đến đâu ghi đến đó: 2005, 9/2005.",
    "7. Giới tính, dân tộc, tôn giáo, chức vụ, chi đoàn có sẵn danh sách để chọn ở mũi tên bên phải ô.",
    "8. Sổ không có số căn cước. Số căn cước được bổ sung bằng danh sách khác, tải lên như mọi danh sách.",
    "9. Sửa xong, tải file này lên ở mục “Nhập từ Excel”. Cổng cho xem từng ô thay đổi trước khi ghi.",
    "File có thông tin của nhiều người: không gửi qua nhóm chat, xóa khỏi máy khi không còn dùng.",
)


@dataclass(frozen=True)
class Column:
    """One column: its header as the reader knows it, and what a member has in it."""

    title: str
    width: int
    value: Callable[[Member], str]
    list_name: str = ""
    is_strict: bool = False


SENSITIVE = {
    "phone": Column("Số điện thoại", 15, lambda member: shown_phone(member.phone)),
    "ethnic_group": Column("Dân tộc", 12, lambda member: member.ethnic_group, "ethnic_group"),
    "religion": Column("Tôn giáo", 14, lambda member: member.religion, "religion"),
}
COLUMNS = (
    Column(CODE_TITLE, 13, lambda member: member.code),
    Column("Họ và tên", 28, lambda member: member.full_name),
    Column("Ngày sinh", 13, lambda member: str(member.born or "")),
    Column("Giới tính", 10, lambda member: member.get_sex_display(), "sex", is_strict=True),
    Column("Chức vụ", 20, lambda member: member.position, "position"),
    Column("Chi đoàn", 26, lambda member: member.branch_name, "branch"),
    SENSITIVE["phone"],
    Column("Email", 28, lambda member: member.email),
    Column("Ngày vào Đoàn", 14, lambda member: str(member.joined or "")),
)


@dataclass(frozen=True)
class UnitBookRequest:
    """Which workbook is asked for. `lists` are the drop-downs by name; `homes` the words for each unit
    by its key, empty when all are at home in one place; `sees` the sensitive columns it may have.
    """

    unit: Unit
    on: date
    lists: Mapping[str, Sequence[str]]
    sees: Collection[str]
    homes: Mapping[int, str]


def unit_workbook(asked: UnitBookRequest, members: Iterable[Member]) -> tuple[bytes, int]:
    """The workbook and how many members it holds. Written row by row; never a citizen number.

    Member codes are locked; every other cell, also of rows to come, is text that may be changed.
    """
    content = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        columns = _columns(asked)
        sheet = book.add_worksheet(PEOPLE)
        count = _write_people(book, sheet, asked, columns, members)
        ranges = _write_lists(book, asked)
        for place, column in enumerate(columns):
            if column.list_name in ranges:
                _offer(sheet, place, FIRST_ROW + count + SPARE_ROWS, column, ranges[column.list_name])
        _write_help(book)
    return content.getvalue(), count


def _columns(asked: UnitBookRequest) -> list[Column]:
    groups = (SENSITIVE["ethnic_group"], SENSITIVE["religion"])
    hidden = [column for name, column in SENSITIVE.items() if name not in asked.sees]
    columns = [one for one in (*COLUMNS[:4], *groups, *COLUMNS[4:]) if one not in hidden]
    unit = Column("Đơn vị", 26, lambda member: asked.homes.get(member.unit_id, ""))
    return [*columns, unit] if asked.homes else columns


def _write_people(
    book: Any, sheet: Any, asked: UnitBookRequest, columns: list[Column], members: Iterable[Member]
) -> int:
    looks = {
        "locked": book.add_format({"locked": True, "num_format": "@", "font_color": "#8A97A6"}),
        "open": book.add_format({"locked": False, "num_format": "@"}),
        "quoted": book.add_format({"locked": False, "num_format": "@", "quote_prefix": True}),
    }
    header = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#E8F1FB"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, looks["open" if place else "locked"])
    sheet.write_string(
        0, 1, f"SỔ ĐOÀN VIÊN {asked.unit.title.upper()}", book.add_format({"bold": True, "font_size": 14})
    )
    sheet.write_string(1, 1, f"Lập ngày {asked.on:%d/%m/%Y}. Xem trang “{HELP}” trước khi sửa.")
    for place, column in enumerate(columns):
        sheet.write_string(FIRST_ROW - 1, place, column.title, header)
    count = 0
    for count, member in enumerate(members, start=1):
        for place, text in enumerate(_cells(columns, member)):
            look = "locked" if not place else "quoted" if looks_like_formula(text) else "open"
            if text:
                sheet.write_string(FIRST_ROW - 1 + count, place, text, looks[look])
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.autofilter(FIRST_ROW - 1, 0, FIRST_ROW - 1 + max(count, 1), len(columns) - 1)
    sheet.protect("", {"sort": True, "autofilter": True, "format_cells": True, "format_columns": True})
    return count


def _cells(columns: list[Column], member: Member) -> Iterator[str]:
    return (column.value(member) or "" for column in columns)


def _write_lists(book: Any, asked: UnitBookRequest) -> dict[str, str]:
    """The hidden sheet that the drop-downs read, row by row; the range of each list by its name."""
    lists = {"sex": SEXES, **asked.lists}
    named = [(name, list(dict.fromkeys(filter(None, words)))[:MOST_CHOICES]) for name, words in lists.items()]
    sheet = book.add_worksheet(LISTS)
    sheet.hide()
    for row in range(max((len(words) for _, words in named), default=0)):
        for column, (_, words) in enumerate(named):
            if row < len(words):
                sheet.write_string(row, column, words[row])
    return {
        name: f"='{LISTS}'!${chr(65 + column)}$1:${chr(65 + column)}${len(words)}"
        for column, (name, words) in enumerate(named)
        if words
    }


def _offer(sheet: Any, place: int, last: int, column: Column, source: str) -> None:
    sheet.data_validation(
        FIRST_ROW,
        place,
        last,
        place,
        {
            "validate": "list",
            "source": source,
            "error_type": "stop" if column.is_strict else "information",
            "error_title": column.title,
            "error_message": "Hãy chọn trong danh sách."
            if column.is_strict
            else "Giá trị này chưa có trong danh sách. Bấm OK nếu đúng là cần ghi như vậy.",
        },
    )


def _write_help(book: Any) -> None:
    sheet = book.add_worksheet(HELP)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100)
    for row, line in enumerate(INSTRUCTIONS):
        sheet.write_string(row, 0, line, wrap if row else book.add_format({"bold": True, "font_size": 14}))
