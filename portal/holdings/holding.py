"""One table that holds something about a member, and what of it is theirs to read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from members.models import Member

MOST_ROWS = 1000


@dataclass(frozen=True)
class Holding:
    """One table: what it is called, how to find the member's rows, and what of a row is theirs to read."""

    table: str
    title: str
    rows: Callable[[Member], Iterable[Any]]
    shown: dict[str, str]

    def of(self, member: Member) -> list[dict[str, Any]]:
        """The member's rows as label and value, at most a thousand of a table."""
        return [
            {label: _value(row, path) for label, path in self.shown.items()}
            for row in list(self.rows(member))[:MOST_ROWS]
        ]


def _value(row: Any, path: str) -> Any:
    """What stands at the end of the path, called if it is a method; a missing step gives None."""
    try:
        value = attrgetter(path)(row)
    except AttributeError:
        return None
    value = value() if callable(value) else value
    return value if value is None or isinstance(value, str | int | float | list | dict) else _plain(value)


def _plain(value: Any) -> Any:
    """Dates and moments as they are, everything else as words."""
    return value if hasattr(value, "isoformat") else str(value)
