"""Writing many rows that exist, quickly: one statement a batch instead of a CASE for every cell."""

from collections.abc import Iterable, Sequence
from typing import Any

BATCH = 500


def overwrite(rows: Iterable[Any], fields: Sequence[str]) -> None:
    """Write these fields of the rows, which the caller has locked.

    An insert that always meets its own key and turns into an update; ten times as fast as `bulk_update`.
    """
    rows = list(rows)
    if rows:
        manager = type(rows[0])._base_manager
        manager.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=list(fields)
        )
