"""The first look at a sheet, which tells what only all of its rows together show."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from core.spreadsheets import Block, Sheet
from members.roster.cells import Handwriting
from members.roster.header_finding import Teaching
from members.roster.layout import Layout
from members.roster.lines import Line, Run
from members.roster.profile import Profile
from members.roster.side_by_side import Sections


@dataclass(frozen=True)
class Look:
    """What was seen of a sheet: how it is written, its tables, and what its people have in common."""

    writing: Handwriting
    sections: Sections
    profile: Profile

    @classmethod
    def at(cls, layout: Layout, runs: Iterable[Run | Line], today: date) -> "Look":
        """Look at every line of the sheet."""
        sections = Sections()
        return cls(layout.writing, sections, Profile.of(sections.noting(runs), today))


def look_at(
    sheet: Sheet,
    blocks: Iterator[Block],
    teaching: Teaching | None,
    today: date,
    beat: Callable[[], None],
) -> Look | None:
    """The look at a sheet while it is still being read; None when it has to wait until all of it is there.

    It has to where it is not known yet what was taught of its headers, and where cells are in an old script:
    those further down settle what is read in the first of them.
    """
    if teaching is None or is_left_out(sheet, teaching):
        return None
    writing = Handwriting()
    layout = Layout(sheet, beat, teaching, writing)
    look = Look.at(layout, layout.runs(writing.noting(blocks)), today)
    return look if writing.is_modern else None


def is_left_out(sheet: Sheet, teaching: Teaching) -> bool:
    """Whether nobody is read there: staff said so, or it is hidden and they did not ask for it."""
    said = teaching.correction
    return not said.is_read or (sheet.hidden and said.header is None)
