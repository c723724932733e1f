"""What is kept of a staged line's own words, and what is left of them once they were purged."""

from typing import Any

from core.crypto import decrypt_json
from members.models import RosterRow


def cells_of(row: RosterRow) -> dict[str, Any]:
    """The raw cells and cleaned fields of the line with its question and problems; empty once purged."""
    if not row.sealed:
        return {"raw": [], "fields": {}, "question": None, "problems": []}
    return decrypt_json(row.sealed)
