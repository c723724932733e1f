"""A plan as a table: one row for each former unit and each unit that receives it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from core.errors import DomainError
from core.spreadsheets import Sheet, read_spreadsheet
from core.text import fold, tidy
from units.models import PlannedUnit, RestructuringChange, Unit

# The columns by their folded headers; those marked with a star must be there.
COLUMNS = {
    "ma don vi cu": "source",
    "ma cu": "source",
    "ma don vi nhan": "code",
    "ma moi": "code",
    "loai don vi nhan": "kind",
    "loai moi": "kind",
    "ten don vi nhan": "name",
    "ten moi": "name",
    "hinh thuc": "fate",
    "thuoc": "parent",
    "ma don vi cap tren": "parent",
    "ty le": "share",
    "ty le (%)": "share",
}
NEEDED = {"source", "code"}
NO_HEADER = (
    "Không tìm thấy hàng tiêu đề. File cần có ít nhất hai cột “Mã đơn vị cũ” và “Mã đơn vị nhận”; "
    "thêm “Loại đơn vị nhận”, “Tên đơn vị nhận” cho đơn vị lập mới."
)
NO_ROWS = "Bảng chưa có dòng nào: hãy ghi ít nhất một đơn vị cũ dưới hàng tiêu đề."
FATES = {fold(kind.label): kind for kind in RestructuringChange.Kind}
KINDS = {fold(kind.label): kind for kind in Unit.Kind}


class TableUnreadable(DomainError):
    """The table cannot be read; every row that is wrong is told with its number."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class PlanRow:
    """One row as it was written, by the number it has in the file; codes are not looked up yet."""

    number: int
    source: str
    code: str
    kind: Unit.Kind | None
    name: str
    fate: RestructuringChange.Kind | None
    parent: str
    share: int | None


def read_plan_table(content: bytes) -> list[PlanRow]:
    """The rows of the first sheet that has the headers. Raises TableUnreadable or SpreadsheetUnreadable."""
    for sheet in read_spreadsheet(content):
        if (found := _header_of(sheet)) is not None:
            rows: list[PlanRow] = []
            problems: list[str] = []
            for number, cells in _below(sheet, found[0]):
                _read_row(number, cells, found[1], rows, problems)
            if problems:
                raise TableUnreadable(problems[:20])
            if rows:
                return rows
            raise TableUnreadable([NO_ROWS])
    raise TableUnreadable([NO_HEADER])


def read_new_units(text: str, *, parent: Unit) -> list[PlannedUnit]:
    """Units typed one a line as "code; kind; name". Raises ValidationError naming the line."""
    found = []
    for number, line in enumerate((line for line in text.splitlines() if line.strip()), start=1):
        parts = [tidy(part) for part in line.split(";")]
        kind = KINDS.get(fold(parts[1])) if len(parts) == 3 else None
        if kind is None or not parts[0] or not parts[2]:
            raise ValidationError(f"Dòng {number}: hãy ghi mã; loại; tên. Ví dụ: 05587; Xã; Bình Yên.")
        found.append(PlannedUnit(parent=parent, kind=kind, name=parts[2][:120], code=parts[0][:24]))
    return found


def _header_of(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for number, cells in sheet.rows():
        titles = {
            COLUMNS[fold(str(cell))]: place for place, cell in enumerate(cells) if fold(str(cell)) in COLUMNS
        }
        if titles.keys() >= NEEDED:
            return number, titles
        if number > 20:
            break
    return None


def _below(sheet: Sheet, header: int) -> Iterator[tuple[int, list[str]]]:
    for number, cells in sheet.rows():
        if number > header:
            yield number, [tidy(str(cell)) for cell in cells]


def _read_row(
    number: int, cells: list[str], places: dict[str, int], rows: list[PlanRow], problems: list[str]
) -> None:
    said = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
    if not said["source"]:
        return
    kind, fate = said.get("kind", ""), said.get("fate", "")
    share = said.get("share", "").removesuffix("%").strip()
    if kind and fold(kind) not in KINDS:
        problems.append(f"Dòng {number}: không có loại đơn vị “{kind}”. Ví dụ đúng: Xã, Phường, Chi đoàn.")
    elif fate and fold(fate) not in FATES:
        problems.append(f"Dòng {number}: không có hình thức “{fate}”. Hãy ghi Sáp nhập, Chia tách, Đổi tên…")
    elif share and not (share.isdecimal() and 1 <= int(share) <= 100):
        problems.append(f"Dòng {number}: tỷ lệ “{share}” phải là số từ 1 đến 100.")
    else:
        rows.append(
            PlanRow(
                number=number,
                source=said["source"],
                code=said["code"],
                kind=KINDS.get(fold(kind)),
                name=said.get("name", ""),
                fate=FATES.get(fold(fate)),
                parent=said.get("parent", ""),
                share=int(share) if share else None,
            )
        )
