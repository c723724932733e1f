"""Reading one roster file from bytes to rows."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from core.spreadsheets import Sheet, SpreadsheetUnreadable, read_spreadsheet
from members.roster.header import Header
from members.roster.homes import HomeReader
from members.roster.layout import Kind, Layout, Line
from members.roster.profile import Profile
from members.roster.rows import RowReader
from members.roster.shapes import LeftOut, Reading, ReadRow, RosterUnreadable, SheetReading
from members.roster.side_by_side import Lane, Sections, lanes_of
from members.roster.surroundings import Headings, read_title
from members.roster.unit_answers import Answer, Context
from members.roster.unit_book import UnitBook
from members.roster.units import UnitReader
from units.models import Unit

NO_LIST = (
    "Không tìm thấy danh sách trong file: không có dòng tiêu đề nào có cột họ tên. "
    "Hãy thêm dòng tiêu đề (ví dụ: STT, Họ và tên, Ngày sinh) rồi tải lên lại."
)
NO_PEOPLE = "File có dòng tiêu đề nhưng chưa có người nào. Hãy điền danh sách rồi tải lên lại."
_SHIFTED = frozenset(("citizen_id_mismatch", "sex_unlike_name"))
_MANY_SHIFTED = 4
_MOST_LEFT_OUT = 200
_STATED = re.compile(r"(\d{1,6})\s*(?:đ/c|đồng chí|người|đoàn viên|đại biểu|thành viên|đv)", re.IGNORECASE)


def read_roster(
    content: bytes,
    file_name: str,
    *,
    book: UnitBook,
    unit: Unit | None = None,
    beat: Callable[[], None] = lambda: None,
) -> Reading:
    """Everything a roster file says about people, cleaned, with its doubts. Writes nothing.

    A large file takes minutes: `beat` is called every second or so of them, and may raise to stop reading.
    Raises RosterUnreadable with a Vietnamese sentence when there is nothing to read in it.
    """
    try:
        sheets = read_spreadsheet(content)
    except SpreadsheetUnreadable as error:
        raise RosterUnreadable(str(error)) from error
    beat()
    reader = UnitReader(book)
    today = timezone.localdate()
    readings = tuple(SheetReader(sheet, reader, unit, today, beat).read() for sheet in sheets)
    if not any(reading.rows for reading in readings):
        found_header = any(reading.header_row for reading in readings)
        raise RosterUnreadable(NO_PEOPLE if found_header else NO_LIST)
    return Reading(file_name=file_name, sha256=hashlib.sha256(content).hexdigest(), sheets=readings)


@dataclass
class _Counts:
    """How many people were read, to hold against the totals a list states."""

    group: int = 0
    table: int = 0
    sheet: int = 0

    def count(self) -> None:
        self.group, self.table, self.sheet = self.group + 1, self.table + 1, self.sheet + 1

    def start_group(self) -> None:
        self.group = 0

    def start_table(self) -> None:
        self.group = self.table = 0

    def stated(self, line: Line) -> "Stated | None":
        """The total that the line states, beside what was read; None when it states none."""
        found = _STATED.search(line.text)
        if found is None:
            return None
        return Stated(line.number, int(found[1]), self.table, (self.group, self.table, self.sheet))


@dataclass(frozen=True)
class Stated:
    """A total that a line of the list states, and the counts of people it may be about."""

    row: int
    total: int
    read: int
    counts: tuple[int, ...]

    def beside(self, other: "Stated") -> "Stated":
        """The same line as the lists on both sides of it see it."""
        both = tuple(one + two for one, two in zip(self.counts, other.counts, strict=True))
        return Stated(self.row, self.total, self.read + other.read, (*both, *self.counts, *other.counts)[:9])

    def doubt(self) -> str:
        """A sentence when the stated total fits none of the counts, "" otherwise."""
        if self.total in self.counts:
            return ""
        return f"Dòng {self.row} ghi tổng số {self.total} nhưng đọc được {self.read} người."


@dataclass
class SheetReader:
    """Reads one sheet. Its rows may be taken one by one, so that a long sheet need not be held whole."""

    sheet: Sheet
    reader: UnitReader
    unit: Unit | None
    today: date
    beat: Callable[[], None] = lambda: None
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    header_row: int | None = None
    columns: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    lane: Lane | None = None
    stated: dict[int, Stated] = field(default_factory=dict)
    _tally: Counter[str] = field(default_factory=Counter)

    def read(self) -> SheetReading:
        """The whole sheet."""
        rows = () if self.sheet.hidden else tuple(self.rows())
        self._note_totals()
        return SheetReading(
            name=self.sheet.name,
            header_row=self.header_row,
            columns=self.columns,
            rows=rows,
            skipped=self._why_skipped(rows),
            titles=self.titles,
            notes=tuple(self.notes),
            left_out=tuple(self.left_out),
        )

    def rows(self) -> Iterator[ReadRow]:
        """The people of the sheet in their order."""
        layout, sections = Layout(self.sheet, self.beat), Sections()
        profile = Profile.of(sections.noting(layout.lines()), self.today)
        if self.lane is None and sections.most_lanes > 1:
            yield from self._rows_of_lanes(lanes_of(layout, sections))
            return
        headings = self._headings(layout, profile)
        sheet_unit = self._unit_of_name(headings)
        homes = HomeReader(self.reader, headings, self.unit, sheet_unit)
        reader = RowReader(self.sheet.name, layout.writing, profile, homes, self.today, self.sheet.from_1904)
        counts = _Counts()
        for line in layout.lines():
            if line.kind is Kind.HEADER and line.header is not None:
                self._take_header(line.header)
                headings.start_table(line.header)
                reader.start_section()
                counts.start_table()
            elif (kind := _kind_of(line, headings)) is Kind.PERSON:
                headings.person_read()
                counts.count()
                row = reader.read(line)
                self._tally.update(_shifts_in(row) if row.problems else ())
                yield row
            elif kind is Kind.HEADING:
                headings.take(line)
                reader.start_section()
                counts.start_group()
                self._leave_out(line)
            elif kind in (Kind.TOTAL, Kind.LEFT_OUT):
                self._leave_out(replace(line, kind=kind))
                if line.kind is Kind.TOTAL and (stated := counts.stated(line)):
                    self.stated[line.number] = stated
        self._note_dates(profile)
        self._note_shifted(counts.sheet)
        self._note_unread(sections)

    def _rows_of_lanes(self, lanes: list[Lane]) -> Iterator[ReadRow]:
        """The people of lists beside each other, one list after the other."""
        self.notes.append(
            f"Trang này có {len(lanes)} danh sách đặt cạnh nhau, đã đọc lần lượt từ trái sang phải."
        )
        for lane in lanes:
            one = SheetReader(lane.sheet, self.reader, self.unit, self.today, self.beat, lane=lane)
            yield from one.rows()
            self.header_row = self.header_row or one.header_row
            self.columns |= {c: role for c, role in one.columns.items() if c not in self.columns}
            self.titles |= {c: title for c, title in one.titles.items() if c not in self.titles}
            self.left_out += [left for left in one.left_out if left not in self.left_out]
            self.notes += [note for note in one.notes if note not in self.notes]
            for row, stated in one.stated.items():
                self.stated[row] = self.stated[row].beside(stated) if row in self.stated else stated
        self.left_out.sort(key=lambda left: left.row)

    def _take_header(self, header: Header) -> None:
        """Remember the first header for the report; later tables of the sheet have their own."""
        if self.header_row is not None:
            return
        self.header_row = header.bottom
        self.columns = {column: role.value for column, role in header.roles.items()}
        self.titles = dict(header.titles)

    def _leave_out(self, line: Line) -> None:
        if line.text and len(self.left_out) < _MOST_LEFT_OUT:
            self.left_out.append(LeftOut(line.number, line.kind.value, line.text[:200]))

    def _headings(self, layout: Layout, profile: Profile) -> Headings:
        texts: list[str] = []
        own: list[str] = []
        for line in layout.lines():
            if line.kind is not Kind.TITLE:
                break
            texts += [part for part in line.text.split("   ") if part]
            if self.lane is not None:
                own += layout.texts_of(line, self.lane.holds)
        title = read_title(texts, profile.written, self.reader)
        if own:
            title = title.under(read_title(own, profile.written, self.reader))
        return Headings(self.reader, title)

    def _unit_of_name(self, headings: Headings) -> Answer | None:
        """The unit that the sheet's own name gives, as when there is a sheet for each commune."""
        if not self.sheet.name:
            return None
        answer = self.reader.read(self.sheet.name, Context(era=headings.title.era))
        return answer if answer.code and answer.level != "warning" else None

    def _note_totals(self) -> None:
        """Say which stated totals fit nothing that was read."""
        if self.lane is None:
            self.notes[:0] = [note for stated in self.stated.values() if (note := stated.doubt())]

    def _note_shifted(self, people: int) -> None:
        """Say when so many rows contradict themselves that a column must have been sorted alone."""
        doubted = max(self._tally.values(), default=0)
        if doubted >= _MANY_SHIFTED and 4 * doubted >= people:
            told = "có thể một cột đã bị sắp xếp riêng. Hãy xem lại file gốc."
            self.notes.append(
                f"{doubted} dòng ghi giới tính, ngày sinh hoặc số căn cước không khớp nhau: {told}"
            )

    def _note_unread(self, sections: Sections) -> None:
        """Say which columns beside the list were left out although they look as if they were of a list."""
        for header in sections.headers[:1]:
            for column in (*header.repeats.unread, *header.repeats.aside):
                title = header.titles.get(column, "")
                self.notes.append(f"Cột '{title}' không thuộc danh sách này nên không được đọc.")

    def _note_dates(self, profile: Profile) -> None:
        for habits, label in ((profile.births, "Ngày sinh"), (profile.joinings, "Ngày vào Đoàn")):
            if habits.true_dates_swapped:
                self.notes.append(f"Cột '{label}': {habits.true_early} ngày có thể bị đảo ngày và tháng.")
            elif habits.typed_month_first and habits.typed_early:
                self.notes.append(
                    f"Cột '{label}' có thể ghi tháng trước ngày: {habits.typed_early} ngày cần xem lại."
                )

    def _why_skipped(self, rows: tuple[ReadRow, ...]) -> str:
        if self.sheet.hidden:
            return "Trang ẩn."
        if not self.sheet.packed:
            return "Trang trống."
        if self.header_row is None:
            return "Không có dòng tiêu đề nào có cột họ tên."
        return "" if rows else "Có dòng tiêu đề nhưng chưa có người nào."


def _shifts_in(row: ReadRow) -> list[str]:
    """The doubts of a row that many rows have when one column was sorted alone."""
    return [problem.code for problem in row.problems if problem.code in _SHIFTED]


def _kind_of(line: Line, headings: Headings) -> Kind:
    """What the line is once units are known: next to nothing but a name may be a heading or a signature."""
    if line.kind is Kind.PERSON and line.text and headings.names_unit(line.text):
        return Kind.HEADING
    if line.kind is Kind.PERSON and line.beside and not headings.names_unit(line.beside):
        return Kind.LEFT_OUT
    return line.kind
