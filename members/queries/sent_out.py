"""References to staged lines that go out with a workbook, and what is kept of a line that comes back."""

from typing import Any

from django.core import signing

from members.models import RosterImport, RosterRow, with_contents
from members.rules.recalled import Recalled
from members.rules.settled import settled_fields
from members.rules.shown import hide_numbers
from units.queries import scope_for
from units.roles import Can

_SIGNER = signing.Signer(salt="members.roster-line")
_BLOCK = 200


def reference_of(row: RosterRow) -> str:
    """The line's import and place, signed: nobody can make up one of a line they were not given."""
    return _SIGNER.sign_object([row.roster_import_id, row.place])


class SentOut:
    """What is kept of lines by their reference, for lines of imports that the person may see.

    `by` None is the machine's own command line, which sees everything. Lines are fetched by the block.
    """

    def __init__(self, by: Any) -> None:
        self._scope = scope_for(by, Can.IMPORT_ROSTERS) if by is not None else None
        self._imports: dict[int, bool] = {}
        self._block: tuple[int, int] = (0, -1)
        self._rows: dict[int, RosterRow] = {}

    def __call__(self, reference: str, hidden: str) -> Recalled | None:
        """The line, with the number that its cell hides. None for a reference that opens nothing."""
        try:
            import_id, place = _SIGNER.unsign_object(reference)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        row = self._row(import_id, place) if self._may_see(import_id) else None
        if row is None:
            return None
        kept = row.content
        fields = settled_fields(kept, row.decision)
        if row.unit is not None:
            fields["unit_code"] = row.unit.official_code or row.unit.code
        return Recalled(
            cells=tuple(kept["raw"]),
            fields=fields,
            member_code=_code_of(row),
            citizen_id=_number_behind(hidden, kept) if hidden else "",
        )

    def _may_see(self, import_id: int) -> bool:
        if import_id not in self._imports:
            found = RosterImport.objects.filter(pk=import_id, purged_at=None)
            found = found if self._scope is None else found.within(self._scope)
            self._imports[import_id] = found.exists()
        return self._imports[import_id]

    def _row(self, import_id: int, place: int) -> RosterRow | None:
        block = (import_id, place // _BLOCK)
        if block != self._block:
            first = block[1] * _BLOCK
            rows = RosterRow.objects.filter(
                roster_import=import_id, place__gte=first, place__lt=first + _BLOCK
            ).select_related("member", "unit")
            self._block, self._rows = block, {row.place: row for row in with_contents(list(rows))}
        return self._rows.get(place)


def _code_of(row: RosterRow) -> str:
    """The code of the member that the line has become, or was found to be; blank while it is nobody."""
    is_written = row.applied_at is not None and row.undone_at is None
    is_settled = is_written or row.outcome == RosterRow.Outcome.UNCHANGED
    return row.member.code if row.member is not None and is_settled else ""


def _number_behind(hidden: str, kept: dict[str, Any]) -> str:
    """The number as the file gave it; blank when what is shown is not that number hidden."""
    shown = hidden.replace(" ", "")
    numbers = [kept["fields"].get("citizen_id", ""), *kept["raw"]]
    return next((one for one in numbers if one and hide_numbers(one, every=True) == shown), "")
