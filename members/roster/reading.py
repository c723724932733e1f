"""Reading one roster file from bytes to rows."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain

from django.utils import timezone

from core.spreadsheets import Sheet, SpreadsheetUnreadable, follow_spreadsheet
from members.roster.corrections import Corrections, header_shape
from members.roster.frame import Frame
from members.roster.header import Header
from members.roster.header_finding import Teaching
from members.roster.heads import head_of
from members.roster.homes import HomeReader
from members.roster.layout import Layout
from members.roster.lines import Kind, Line, Run
from members.roster.looking import Look, is_left_out, look_at
from members.roster.places import places_in
from members.roster.profile import Profile
from members.roster.rows import RowReader
from members.roster.shapes import (
    LeftOut,
    ListNotFound,
    Reading,
    ReadRow,
    Recall,
    RosterUnreadable,
    SheetReading,
    recall_nothing,
)
from members.roster.side_by_side import Lane, Sections, lanes_of
from members.roster.surroundings import Headings, read_title, style_of
from members.roster.teaching import teaching_before, teachings
from members.roster.totals import Counts, Stated
from members.roster.unit_answers import Answer, Context
from members.roster.unit_book import UnitBook
from members.roster.units import UnitReader
from members.roster.withheld import withheld_in
from units.models import Unit

NO_LIST = (
    "Không tìm thấy danh sách trong file: không có dòng tiêu đề nào có cột họ tên. "
    "Hãy thêm dòng tiêu đề (ví dụ: STT, Họ và tên, Ngày sinh) rồi tải lên lại."
)
NO_PEOPLE = "File có dòng tiêu đề nhưng chưa có người nào. Hãy điền danh sách rồi tải lên lại."
_SHIFTED = frozenset(("citizen_id_mismatch", "sex_unlike_name"))
_MANY_SHIFTED = 4
_MOST_LEFT_OUT = 200
_AS_FOUND = Corrections()


def read_roster(
    content: bytes,
    file_name: str,
    *,
    book: UnitBook,
    unit: Unit | None = None,
    beat: Callable[[], None] = lambda: None,
    corrections: Corrections = _AS_FOUND,
    recall: Recall = recall_nothing,
) -> Reading:
    """Everything a roster file says about people, cleaned, with its doubts. Writes nothing.

    `recall` gives what is kept of a line that was sent back for mending.
    A large file takes minutes: `beat` is called every second or so of them, and may raise to stop reading.
    `corrections` are what staff say of its sheets and headers, and which columns are left out.
    Raises RosterUnreadable with a Vietnamese sentence when there is nothing to read in it.
    """
    readers = open_roster(content, book=book, unit=unit, beat=beat, corrections=corrections, recall=recall)
    rows = [tuple(reader.rows()) for reader in readers]
    sheets = zip(readers, rows, strict=True)
    return reading_of(content, file_name, [replace(reader.summary(), rows=own) for reader, own in sheets])


def open_roster(
    content: bytes,
    *,
    book: UnitBook,
    unit: Unit | None = None,
    beat: Callable[[], None] = lambda: None,
    corrections: Corrections = _AS_FOUND,
    recall: Recall = recall_nothing,
) -> list["SheetReader"]:
    """A reader for each sheet of the file. Raises RosterUnreadable when it is no spreadsheet."""
    today = timezone.localdate()
    try:
        with closing(follow_spreadsheet(content)) as followed:
            looked_at = [
                (sheet, look_at(sheet, blocks, teaching_before(place, corrections), today, beat))
                for place, (sheet, blocks) in enumerate(followed)
            ]
    except SpreadsheetUnreadable as error:
        raise RosterUnreadable(str(error)) from error
    beat()
    reader = UnitReader(book)
    taught = teachings([sheet for sheet, _ in looked_at], corrections)
    return [
        SheetReader(sheet, reader, unit, today, beat, teaching, recall, look=look)
        for (sheet, look), teaching in zip(looked_at, taught, strict=True)
    ]


def reading_of(content: bytes, file_name: str, sheets: Sequence[SheetReading]) -> Reading:
    """What there is to say of a file with these sheets. Raises ListNotFound when none names anybody."""
    reading = Reading(file_name=file_name, sha256=hashlib.sha256(content).hexdigest(), sheets=tuple(sheets))
    if not any(sheet.person_count for sheet in sheets):
        found_header = any(sheet.header_row for sheet in sheets)
        raise ListNotFound(NO_PEOPLE if found_header else NO_LIST, reading)
    return reading


@dataclass
class SheetReader:
    """Reads one sheet. Its rows may be taken one by one, so that a long sheet need not be held whole."""

    sheet: Sheet
    reader: UnitReader
    unit: Unit | None
    today: date
    beat: Callable[[], None] = lambda: None
    teaching: Teaching = field(default_factory=Teaching)
    recall: Recall = recall_nothing
    frame: Frame = field(default_factory=Frame)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    header: Header | None = None
    beside: list[Header] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    person_count: int = 0
    lane: Lane | None = None
    look: Look | None = None
    stated: dict[int, Stated] = field(default_factory=dict)
    _tally: Counter[str] = field(default_factory=Counter)

    def summary(self) -> SheetReading:
        """What is to be said of the sheet once its rows were taken, without the rows."""
        header, without = self.header, self.teaching.without
        withheld = withheld_in(header, without)
        known = [one for one in (*reversed(self.beside), header) if one is not None]
        columns = {column: role for one in known for column, role in one.roles.items()}.items()
        titles = {c: title for one in known for c, title in one.titles.items() if title}
        return SheetReading(
            name=self.sheet.name,
            header_row=header.bottom if header else None,
            columns={column: role.value for column, role in columns},
            person_count=self.person_count,
            skipped=self._why_skipped(self.person_count),
            titles=titles,
            notes=tuple(self.notes),
            left_out=tuple(self.left_out),
            frame=self.frame.told(self.sheet, without) if self.person_count else {},
            header_top=header.top if header else None,
            depth=header.depth if header else 1,
            source=header.source.value if header else "",
            shape=header_shape(titles, header.depth) if header else "",
            tables=tuple(self.tables),
            withheld=tuple(sorted(column for column in titles if withheld.has(column))),
            head=head_of(self.sheet, self.layout.writing, header, without),
        )

    @cached_property
    def layout(self) -> Layout:
        return Layout(self.sheet, self.beat, self.teaching, self.look.writing if self.look else None)

    @property
    def _is_left_out(self) -> bool:
        """Whether nobody is read here: staff said so, or it is hidden and they did not ask for it."""
        return is_left_out(self.sheet, self.teaching)

    def rows(self) -> Iterator[ReadRow]:
        """The people of the sheet in their order; none of one that is left out."""
        return chain.from_iterable(self.rows_in_runs())

    def rows_in_runs(self) -> Iterator[list[ReadRow]]:
        """The same, as many of them at once as follow one another and a thousand at most."""
        if self._is_left_out:
            return
        yield from self._rows()
        self._note_totals()

    def _rows(self) -> Iterator[list[ReadRow]]:
        layout = self.layout
        look = self.look or Look.at(layout, layout.runs(), self.today)
        profile, sections = look.profile, look.sections
        if self.lane is None and sections.most_lanes > 1:
            yield from self._rows_of_lanes(lanes_of(layout, sections))
            return
        headings = self._headings(layout, profile)
        sheet_unit = self._unit_of_name(headings)
        is_commune = bool(places_in(self.sheet.name or "").communes)
        homes = HomeReader(self.reader, headings, self.unit, sheet_unit, is_commune)
        reader = RowReader(
            self.sheet.name, layout.writing, profile, homes, self.today, self.sheet.from_1904, self.recall
        )
        counts = Counts()
        for line in layout.runs():
            if isinstance(line, Run) or (kind := _kind_of(line, headings)) is Kind.PERSON:
                run = line if isinstance(line, Run) else Run.of([line])
                headings.person_read()
                self.frame.people(run.block.numbers[0], run.block.width)
                counts.count(len(run))
                self.person_count += len(run)
                rows = reader.read(run)
                self._tally.update(code for row in rows if row.problems for code in _shifts_in(row))
                yield rows
            elif line.kind is Kind.HEADER and line.header is not None:
                self._take_header(line.header)
                before = headings.state
                headings.start_table(line.header)
                self.frame.table(line.header, starts_anew=headings.state != before)
                reader.start_section()
                counts.start_table()
            elif kind is Kind.HEADING:
                before = headings.state
                headings.take(line)
                self.frame.heading(line.number, style_of(line.mark), before, headings.state)
                reader.start_section()
                counts.start_group()
                self._leave_out(line)
            elif kind in (Kind.TOTAL, Kind.LEFT_OUT):
                self._leave_out(replace(line, kind=kind))
                self.frame.left_out(line.number)
                if line.kind is Kind.TOTAL and (stated := counts.stated(line)):
                    self.stated[line.number] = stated
        self._note_dates(profile)
        self._note_shifted(counts.sheet)
        self._note_unread(sections)

    def _rows_of_lanes(self, lanes: list[Lane]) -> Iterator[list[ReadRow]]:
        """The people of lists beside each other, one list after the other."""
        self.notes.append(
            f"Trang này có {len(lanes)} danh sách đặt cạnh nhau, đã đọc lần lượt từ trái sang phải."
        )
        for lane in lanes:
            one = SheetReader(
                lane.sheet,
                self.reader,
                self.unit,
                self.today,
                self.beat,
                self.teaching,
                self.recall,
                lane=lane,
            )
            yield from one.rows_in_runs()
            self.person_count += one.person_count
            if one.header is not None:
                self.beside.append(one.header)
            self.header = self.header or one.header
            self.left_out += [left for left in one.left_out if left not in self.left_out]
            self.notes += [note for note in one.notes if note not in self.notes]
            for row, stated in one.stated.items():
                self.stated[row] = self.stated[row].beside(stated) if row in self.stated else stated
        self.left_out.sort(key=lambda left: left.row)

    def _take_header(self, header: Header) -> None:
        """Remember the first header for the report; later tables of the sheet have their own."""
        if self.header is None:
            self.header = header
        elif len(self.tables) < _MOST_LEFT_OUT:
            self.tables.append(header.top)

    def _leave_out(self, line: Line) -> None:
        if line.text and len(self.left_out) < _MOST_LEFT_OUT:
            self.left_out.append(LeftOut(line.number, line.kind.value, line.text[:200]))

    def _headings(self, layout: Layout, profile: Profile) -> Headings:
        texts: list[str] = []
        own: list[str] = []
        for line in layout.runs():
            if isinstance(line, Run) or line.kind is not Kind.TITLE:
                break
            self.frame.title(line.number)
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

    def _why_skipped(self, count: int) -> str:
        if not self.teaching.correction.is_read:
            return "Bỏ qua theo lựa chọn của người nhập."
        if self._is_left_out:
            return "Trang ẩn."
        if not self.sheet.packed:
            return "Trang trống."
        if self.header is None:
            return "Không có dòng tiêu đề nào có cột họ tên."
        return "" if count else "Có dòng tiêu đề nhưng chưa có người nào."


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
