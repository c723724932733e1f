"""An empty table for the lines of a restructuring plan, to be filled in and sent back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from units.models import RestructuringChange, Unit

LINES, CODES, HELP, LISTS = "Phương án", "Mã đơn vị", "Hướng dẫn", "Danh mục"
ROWS = 1000
FATES = tuple(str(kind.label) for kind in RestructuringChange.Kind)
INSTRUCTIONS = (
    "CÁCH GHI BẢNG PHƯƠNG ÁN SẮP XẾP ĐƠN VỊ",
    "1. Mỗi dòng ở trang “Phương án” là một đơn vị cũ và một đơn vị nhận. Giữ nguyên hàng tiêu đề.",
    "2. Mã của đơn vị đang có: chép từ trang “Mã đơn vị”. Cổng không đọc cột “Tên đơn vị cũ”.",
    "3. Đơn vị nhận sẽ lập mới: ghi mã mới, chọn loại, ghi tên không kèm loại, ví dụ Bình Yên.",
    "4. Sáp nhập: nhiều dòng cùng một mã đơn vị nhận. Ví dụ ba xã thành một: ba dòng.",
    "5. Chia tách: nhiều dòng cùng một mã đơn vị cũ. Tỷ lệ ghi cho mọi phần, cộng lại bằng 100.",
    "6. Đổi tên, chuyển loại: một dòng, mã mới, loại mới và tên mới.",
    "7. Chuyển cấp trên: ghi mã đơn vị cấp trên mới vào cột “Mã đơn vị nhận”, chọn hình thức.",
    "8. Kết thúc, không có đơn vị kế thừa: chọn hình thức Kết thúc và để trống mã đơn vị nhận.",
    "9. Để trống hình thức: nhiều đơn vị nhận được hiểu là chia tách, nhiều đơn vị cũ là sáp nhập.",
    "10. “Mã đơn vị cấp trên” chỉ ghi cho đơn vị lập mới; để trống là trực thuộc đơn vị của phương án.",
    "11. Lưu file dạng .xlsx rồi tải lên ở “Nhập từ bảng”. Có dòng sai thì cổng nêu ra và chưa ghi gì.",
)


@dataclass(frozen=True)
class Column:
    """One column of the table: its header as the reader knows it, its width and what it offers."""

    title: str
    width: int
    choices: Sequence[str] = ()


def _columns(kinds: Sequence[str]) -> list[Column]:
    return [
        Column("Mã đơn vị cũ", 16),
        Column("Tên đơn vị cũ", 26),
        Column("Hình thức", 18, FATES),
        Column("Mã đơn vị nhận", 16),
        Column("Loại đơn vị nhận", 24, kinds),
        Column("Tên đơn vị nhận", 26),
        Column("Mã đơn vị cấp trên", 20),
        Column("Tỷ lệ (%)", 11),
    ]


def plan_workbook(*, title: str, units: Iterable[Unit], kinds: Sequence[str]) -> bytes:
    """The table with drop-downs, the codes of `units`, and how to fill it in. Every cell is text."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        header = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#E8F1FB"})
        text = book.add_format({"num_format": "@"})
        _write_lines(book.add_worksheet(LINES), _columns(kinds), header, text)
        _write_codes(book.add_worksheet(CODES), units, header, text)
        _write_help(book, book.add_worksheet(HELP), title)
        _write_lists(book.add_worksheet(LISTS), _columns(kinds))
    return content.getvalue()


def _write_lines(sheet: Any, columns: list[Column], header: Any, text: Any) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, text)
        sheet.write_string(0, place, column.title, header)
        if column.choices:
            letter = chr(65 + place)
            sheet.data_validation(
                1,
                place,
                ROWS,
                place,
                {
                    "validate": "list",
                    "source": f"='{LISTS}'!${letter}$1:${letter}${len(column.choices)}",
                    "error_title": column.title,
                    "error_message": "Hãy chọn trong danh sách.",
                },
            )
    sheet.freeze_panes(1, 0)


def _write_codes(sheet: Any, units: Iterable[Unit], header: Any, text: Any) -> None:
    for place, (title, width) in enumerate((("Mã", 20), ("Đơn vị", 46))):
        sheet.set_column(place, place, width, text)
        sheet.write_string(0, place, title, header)
    for row, unit in enumerate(units, start=1):
        sheet.write_string(row, 0, unit.code)
        sheet.write_string(row, 1, unit.title)
    sheet.freeze_panes(1, 0)


def _write_help(book: Any, sheet: Any, title: str) -> None:
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "font_size": 14})
    sheet.set_column(0, 0, 110)
    for row, line in enumerate((*INSTRUCTIONS, f"Phương án: {title}")):
        sheet.write_string(row, 0, line, wrap if row else bold)


def _write_lists(sheet: Any, columns: list[Column]) -> None:
    """The hidden sheet that the drop-downs read, each in the column it is for."""
    sheet.hide()
    for place, column in enumerate(columns):
        for row, word in enumerate(column.choices):
            sheet.write_string(row, place, word)
