"""The history of members whom an import writes by the hundred: the same rows that saving each would leave."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from core.rows import LONGEST_REASON, note_versions
from members.models import Member

BATCH = 500


def note_made(members: Collection[Member], *, by: Any, reason: str, at: datetime) -> None:
    """Note in the history that these members were made, by whom and why. One query a batch."""
    _note(members, by=by, reason=reason, at=at, update=False)


def note_made_by_key(keys: Sequence[int], *, by: Any, reason: str, at: datetime) -> None:
    """Note in the history that the members with these keys were made; the database copies what they say."""
    note_versions(Member, keys, done="+", by=by, reason=reason, at=at)


def note_changed_by_key(keys: Sequence[int], *, by: Any, reason: str, at: datetime) -> None:
    """Note in the history what the members with these keys say now; the database copies it."""
    note_versions(Member, keys, done="~", by=by, reason=reason, at=at)


def note_changed(members: Collection[Member], *, by: Any, reason: str, at: datetime) -> None:
    """Note in the history what these members say now, by whose hand and why. One query a batch."""
    _note(members, by=by, reason=reason, at=at, update=True)


def _note(members: Collection[Member], *, by: Any, reason: str, at: datetime, update: bool) -> None:
    Member.history.bulk_history_create(  # type: ignore[attr-defined]
        members,
        batch_size=BATCH,
        update=update,
        default_user=by,
        default_change_reason=reason[:LONGEST_REASON],
        default_date=at,
    )


def forget(members: Collection[int]) -> None:
    """Remove all history of members who are gone as if they had never been here."""
    Member.history.filter(id__in=members).delete()  # type: ignore[attr-defined]
