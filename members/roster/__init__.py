"""Reading a roster file: cells with their place, layout, values, units. Knows no HTTP and writes nothing."""

from members.roster.reading import open_roster, read_roster, reading_of
from members.roster.shapes import (
    FIELDS,
    MEMBER_CODE,
    SECOND_PHONE,
    LeftOut,
    ListNotFound,
    Problem,
    Reading,
    ReadRow,
    RosterUnreadable,
    SheetReading,
    UnitQuestion,
)
from members.roster.unit_book import UnitBook, alias_key

__all__ = [
    "FIELDS",
    "MEMBER_CODE",
    "SECOND_PHONE",
    "LeftOut",
    "ListNotFound",
    "Problem",
    "ReadRow",
    "Reading",
    "RosterUnreadable",
    "SheetReading",
    "UnitBook",
    "UnitQuestion",
    "alias_key",
    "open_roster",
    "read_roster",
    "reading_of",
]
