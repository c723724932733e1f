"""What is kept around the people of a sheet (see `roster.frame`), asked about one of its rows."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any


def rows_above(frame: Mapping[str, Any], number: int) -> list[int]:
    """The rows of a kept frame that have to stand above that row for it to be read as it was."""
    tables = frame["tables"]
    own = max(bisect_right([table["bottom"] for table in tables], number) - 1, 0)
    rows = [*frame["titles"], *_of_table(tables[0])]
    if own:
        rows += _of_table(tables[own])
    groups = frame["groups"]
    place = bisect_right([first for first, _ in groups], number) - 1
    if place >= 0:
        rows += groups[place][1]
    return sorted({row for row in rows if row < number})


def without_headings(frame: Mapping[str, Any]) -> Mapping[str, Any]:
    """The frame for rows whose headings are not kept: they stand under titles and header alone."""
    return {**frame, "groups": []}


def is_cut(frame: Mapping[str, Any], number: int) -> bool:
    """Whether the headings above that row are not kept."""
    return frame.get("cut_at") is not None and number >= frame["cut_at"]


def _of_table(table: Mapping[str, Any]) -> Iterable[int]:
    return [*table["closing"], *range(table["top"], table["bottom"] + 1)]


def columns_at(frame: Mapping[str, Any], number: int) -> dict[str, str]:
    """Which role each column has in the table in which that row stands."""
    bottoms = [table["bottom"] for table in frame["tables"]]
    return frame["tables"][max(bisect_right(bottoms, number) - 1, 0)]["columns"]
