"""Where the facts of a member came from."""

from dataclasses import dataclass
from datetime import datetime

from members.models import Member
from members.rules.facts import LABELS


@dataclass(frozen=True)
class Source:
    """One import that set facts of a member, and from which line of the file."""

    file_name: str
    where: str
    at: datetime
    by: str
    fields: list[str]
    is_undone: bool


def sources_of(member: Member) -> list[Source]:
    """The imports that set facts of the member, latest first. One query."""
    rows = member.provenance.select_related("row", "roster_import__applied_by").order_by("-at", "-pk")
    return [
        Source(
            file_name=found.roster_import.file_name,
            where=found.row.where,
            at=found.at,
            by=str(found.roster_import.applied_by or "cổng thông tin"),
            fields=[LABELS[name] for name in LABELS if name in found.fields],
            is_undone=found.row.undone_at is not None,
        )
        for found in rows
    ]
