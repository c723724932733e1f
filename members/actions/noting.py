"""The history of members whom an import writes by the hundred: the same rows that saving each would leave."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from core.bulk import copy_rows
from members.models import Member

BATCH = 500
_LONGEST_REASON = 100


def note_made(members: Collection[Member], *, by: Any, reason: str, at: datetime) -> None:
    """Note in the history that these members were made, by whom and why. One query a batch."""
    _note(members, by=by, reason=reason, at=at, update=False)


def note_made_by_key(keys: Sequence[int], *, by: Any, reason: str, at: datetime) -> None:
    """Note in the history that the members with these keys were made; the database copies what they say."""
    history = Member.history.model  # type: ignore[attr-defined]
    own = {field.column for field in history._meta.concrete_fields}
    columns = [str(field.column) for field in Member._meta.concrete_fields if field.column in own]
    said = {
        "history_date": at,
        "history_type": "+",
        "history_user_id": by.pk if by else None,
        "history_change_reason": reason[:_LONGEST_REASON],
    }
    copy_rows(Member, history, columns, said, keys=keys)


def note_changed(members: Collection[Member], *, by: Any, reason: str, at: datetime) -> None:
    """Note in the history what these members say now, by whose hand and why. One query a batch."""
    _note(members, by=by, reason=reason, at=at, update=True)


def _note(members: Collection[Member], *, by: Any, reason: str, at: datetime, update: bool) -> None:
    Member.history.bulk_history_create(  # type: ignore[attr-defined]
        members,
        batch_size=BATCH,
        update=update,
        default_user=by,
        default_change_reason=reason[:_LONGEST_REASON],
        default_date=at,
    )


def forget(members: Collection[int]) -> None:
    """Remove all history of members who are gone as if they had never been here."""
    Member.history.filter(id__in=members).delete()  # type: ignore[attr-defined]
