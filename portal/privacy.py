"""Everything the portal holds about one member, table by table. The list is the promise.

A test fails when a table that points at a member is missing in portal/holdings or in docs/privacy.md.
"""

from dataclasses import dataclass
from typing import Any

from members.models import Member
from portal.holdings import HOLDINGS


@dataclass(frozen=True)
class HeldTable:
    """The rows of one table about one member, as label and value."""

    title: str
    rows: list[dict[str, Any]]

    @property
    def lines(self) -> list[list[tuple[str, Any]]]:
        """The rows as a page shows them: what is empty is left out."""
        return [
            [(label, value) for label, value in row.items() if value not in (None, "")] for row in self.rows
        ]


def held_about(member: Member) -> list[HeldTable]:
    """Every table that holds something about the member and its account, the empty ones left out."""
    tables = [HeldTable(holding.title, holding.of(member)) for holding in HOLDINGS]
    return [table for table in tables if table.rows]
