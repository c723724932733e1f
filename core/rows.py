"""Rows as they can be written down in a journal, and back; their history when many change at once."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from core.bulk import copy_rows

LONGEST_REASON = 100


def whole(row: Model) -> dict[str, Any]:
    """Every column of the row as it can be written down."""
    return {field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """These columns as they can be written down."""
    return {name: _plain(value) for name, value in values.items()}


def restored(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as they were, from what was written down."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}


def keeps_history(model: type[Model]) -> bool:
    """Whether the table's rows have their earlier versions kept."""
    return hasattr(model._meta, "simple_history_manager_attribute")


def note_versions(
    model: type[Model], keys: Sequence[int], *, done: str, by: Any, reason: str, at: datetime
) -> None:
    """Note in the history what the rows with these keys say now: `done` is "+" for new ones, "~" for changed.

    The database copies what they say, in one query.
    """
    history = getattr(model, model._meta.simple_history_manager_attribute).model  # type: ignore[attr-defined]
    own = {field.column for field in history._meta.concrete_fields}
    columns = [str(field.column) for field in model._meta.concrete_fields if field.column in own]
    said = {
        "history_date": at,
        "history_type": done,
        "history_user_id": by.pk if by else None,
        "history_change_reason": reason[:LONGEST_REASON],
    }
    copy_rows(model, history, columns, said, keys=keys)


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)
