"""Members whom an import made and nobody has touched since are removed by the thousand."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import IsNull

from core.bulk import blank_column, delete_rows, update_rows
from members.models import Affiliation, ClaimCode, DuplicatePair, Member, Provenance, RosterImport, RosterRow
from members.queries.traces import later_imports, named_traces


class Applied(NamedTuple):
    """A row that was applied, as far as it tells whether its member was touched since."""

    pk: int
    place: int
    outcome: str
    member_id: int | None
    unit_id: int | None
    applied_at: datetime
    is_plain: bool


def unmake_members(roster_import: RosterImport, rows: Sequence[Applied], *, at: datetime) -> set[int]:
    """Take back those rows whose members are as the rows made them. Returns the places of these rows.

    What such a member says is held against the version of their making, not against the file.
    """
    made = _made_by_one_row(rows)
    keys = _untouched(made)
    keys -= {*named_traces(keys), *later_imports(keys, roster_import), *kept_before(roster_import, keys)}
    if not keys:
        return set()
    own = [made[key] for key in keys]
    update_rows(RosterRow, "member_id", {row.pk: None for row in own}, {"undone_at": at, "kept_reason": ""})
    remove_members(keys)
    return {row.place for row in own}


def remove_members(keys: Collection[int]) -> None:
    """Remove members, locked by the caller, of whom nothing is held but what imports and scans leave.

    The database refuses when something else is held after all.
    """
    if not keys:
        return
    blank_column(RosterRow, "member_id", keys)
    for model in (Affiliation, ClaimCode, Provenance):
        delete_rows(model, "member_id", keys)
    for end in ("first_member_id", "second_member_id"):
        delete_rows(DuplicatePair, end, keys)
    delete_rows(Member, "id", keys)
    delete_rows(Member.history.model, "id", keys)  # type: ignore[attr-defined]


def _made_by_one_row(rows: Sequence[Applied]) -> dict[int, Applied]:
    """The rows that made a member, by its key, where no other of the rows is about the same."""
    about = Counter(row.member_id for row in rows)
    alone = [row for row in rows if row.is_plain and row.outcome == RosterRow.Outcome.NEW]
    return {row.member_id: row for row in alone if row.member_id and about[row.member_id] == 1}


def _untouched(made: dict[int, Applied]) -> set[int]:
    """The members, locked from now on, whom nobody has changed, claimed or moved since their row."""
    there = Member.objects.locked().filter(pk__in=list(made), user=None).order_by("pk")
    same = there.filter(_as_made()).values_list("pk", "unit_id", "updated_at")
    return {
        key
        for key, unit_id, updated_at in same
        if (unit_id, updated_at) == (made[key].unit_id, made[key].applied_at)
    }


def _as_made() -> Exists:
    """Whether the history says that the member was made, when they were last changed, just as they are."""
    history = Member.history.model  # type: ignore[attr-defined]
    kept = {field.attname for field in history._meta.concrete_fields} - {"id", "user_id"}
    fields = [field for field in Member._meta.concrete_fields if field.attname in kept]
    alike = [
        Q(**{field.attname: OuterRef(field.attname)})
        | (Q(IsNull(F(field.attname), True), IsNull(OuterRef(field.attname), True)) if field.null else Q())
        for field in fields
    ]
    made = history.objects.filter(id=OuterRef("pk"), history_type="+", history_date=OuterRef("updated_at"))
    return Exists(made.filter(*alike))


def kept_before(roster_import: RosterImport, keys: Collection[int]) -> set[int]:
    """The members about whom another row of the list was kept."""
    kept = roster_import.rows.applied().exclude(kept_reason="").filter(member__in=keys)
    return {key for key in kept.values_list("member_id", flat=True) if key is not None}
