"""An applied roster is taken back, row by row from the end, where nothing has happened since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core import audit
from core.bulk import commit_without_waiting
from members.actions.applying import MEMBER_FIELDS
from members.actions.homes import move_homes
from members.actions.noting import note_changed_by_key
from members.actions.overwriting import overwrite
from members.actions.staging import LEASE, LeaseLost, State, go_on, line_of_row
from members.actions.unmaking import Applied, kept_before, remove_members, unmake_members
from members.actions.uploading import ImportRefused, refuse_purged
from members.models import Member, Provenance, RosterImport, RosterRow, with_contents
from members.queries.codes import unit_ids_by_code
from members.queries.tallies import tallies_of
from members.queries.traces import later_imports, named_traces
from members.rules.facts import facts_of_fields, facts_of_member, put_facts
from units.actions import take_turn

CHUNK = 4000
CHANGED = "Hồ sơ đã được sửa sau lần nhập này."
NUMBER_TAKEN = "Số căn cước cũ của hồ sơ này nay đã có ở hồ sơ khác."
CLAIMED = "Đoàn viên đã nhận hồ sơ này."
IMPORTED = "Một lần nhập hoặc lần gộp hồ sơ sau đó đã ghi vào hồ sơ này."
KEPT_BEFORE = "Một dòng khác của danh sách về người này được giữ lại."


@transaction.atomic
def undo_roster(*, roster_import: RosterImport, by: Any) -> RosterImport:
    """Start taking back what the import wrote. Rows changed since are kept and listed with the reason."""
    roster_import = RosterImport.objects.locked().get(pk=roster_import.pk)
    refuse_purged(roster_import)
    if roster_import.state != State.APPLIED:
        raise ImportRefused("Chỉ hoàn tác được lần nhập đã áp dụng xong.")
    roster_import.state = State.UNDOING
    roster_import.goal_count = roster_import.rows.applied().count()
    roster_import.done_count, roster_import.try_count, roster_import.lease_until = 0, 0, None
    roster_import.failure, roster_import.undone_by = "", by
    roster_import.save()
    audit.record("roster.undone", by=by, target=roster_import, unit=roster_import.unit)
    return roster_import


def take_back_rows(*, roster_import: RosterImport) -> RosterImport:
    """Take back every applied row that is untouched. Safe to stop anywhere and call again."""
    unit_ids = unit_ids_by_code()
    roster_import.rows.applied().exclude(kept_reason="").update(kept_reason="")
    roster_import.done_count = roster_import.goal_count - roster_import.rows.applied().count()
    before: int | None = None
    while (before := _take_back_chunk(roster_import, unit_ids, before=before)) is not None:
        pass
    return _finish(roster_import)


@dataclass
class _Chunk:
    """Some rows being taken back together, with the members they wrote, one object each."""

    members: Mapping[int, Member]
    later: Mapping[int, datetime]
    traces: Mapping[int, str]
    kept: set[int]
    unit_ids: dict[str, int]
    holders: Mapping[str, int]
    deleted: set[int] = field(default_factory=set)
    restored: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)


@transaction.atomic
def _take_back_chunk(
    roster_import: RosterImport, unit_ids: dict[str, int], *, before: int | None
) -> int | None:
    commit_without_waiting()
    take_turn()
    current = RosterImport.objects.locked().get(pk=roster_import.pk)
    if current.lease_until != roster_import.lease_until or current.state != roster_import.state:
        raise LeaseLost
    applied = _last_applied(roster_import, before)
    if not applied:
        return None
    now = timezone.now()
    gone = unmake_members(roster_import, applied, at=now)
    _take_back_one_by_one(roster_import, {row.place for row in applied} - gone, unit_ids, now)
    done, lease = roster_import.done_count + len(applied), now + LEASE
    go_on(roster_import, done_count=done, lease_until=lease, try_count=0)
    return applied[-1].place


def _last_applied(roster_import: RosterImport, before: int | None) -> list[Applied]:
    """The last rows that are to be taken back, of those before the place."""
    waiting = roster_import.rows.applied().order_by("-place")
    waiting = waiting if before is None else waiting.filter(place__lt=before)
    waiting = waiting.annotate(is_plain=Q(changes={}))
    return [Applied(*values) for values in waiting.values_list(*Applied._fields)[:CHUNK]]


def _take_back_one_by_one(
    roster_import: RosterImport, places: set[int], unit_ids: dict[str, int], now: datetime
) -> None:
    """Take back rows about whom there is more to be known than that nobody touched them."""
    rows = list(roster_import.rows.filter(place__in=places).order_by("-place")) if places else []
    if not rows:
        return
    chunk = _chunk_of(roster_import, rows, unit_ids)
    for row in with_contents(rows):
        row.kept_reason = _take_back(row, chunk)
        row.undone_at = None if row.kept_reason else now
    _write(roster_import, rows, chunk, now)


def _chunk_of(roster_import: RosterImport, rows: list[RosterRow], unit_ids: dict[str, int]) -> _Chunk:
    keys = sorted({row.member_id for row in rows if row.member_id is not None})
    members = {member.pk: member for member in Member.objects.locked().filter(pk__in=keys).order_by("pk")}
    return _Chunk(
        members=members,
        later=later_imports(keys, roster_import),
        traces=named_traces(keys),
        kept=kept_before(roster_import, keys),
        unit_ids=unit_ids,
        holders=_holders(rows),
    )


def _old_number(row: RosterRow) -> str:
    """The hash of the citizen number that the row replaced; a blank when there was none."""
    return row.changes.get("citizen_id_hash", [""])[0]


def _holders(rows: list[RosterRow]) -> dict[str, int]:
    """The members who hold the numbers that the rows replaced."""
    numbers = {_old_number(row) for row in rows} - {""}
    found = Member.objects.filter(citizen_id_hash__in=numbers).exclude(citizen_id_hash="")
    return dict(found.values_list("citizen_id_hash", "pk"))


def _take_back(row: RosterRow, chunk: _Chunk) -> str:
    """Take the row back in memory. Returns why it has to stay, or a blank."""
    member = chunk.members.get(row.member_id) if row.member_id else None
    if member is None:
        return ""
    is_new = row.outcome == RosterRow.Outcome.NEW
    if reason := _kept_reason(row, member, chunk):
        chunk.kept.add(member.pk)
        return reason
    if is_new:
        chunk.deleted.add(member.pk)
        return ""
    put_facts(member, {name: old for name, (old, _) in row.changes.items() if name != "unit"})
    if "unit" in row.changes:
        member.unit_id = int(row.changes["unit"][0])
        chunk.moved.add(member.pk)
    chunk.restored.add(member.pk)
    return ""


def _kept_reason(row: RosterRow, member: Member, chunk: _Chunk) -> str:
    if row.applied_at and member.pk in chunk.later and chunk.later[member.pk] > row.applied_at:
        return IMPORTED
    current = {**facts_of_member(member), "unit": str(member.unit_id)}
    if chunk.holders.get(_old_number(row), member.pk) != member.pk:
        return NUMBER_TAKEN
    if row.outcome != RosterRow.Outcome.NEW:
        return CHANGED if any(current[name] != new for name, (_, new) in row.changes.items()) else ""
    if member.user_id is not None:
        return CLAIMED
    if member.pk in chunk.kept:
        return KEPT_BEFORE
    if member.pk in chunk.traces:
        return f"Hồ sơ đã có dữ liệu khác: {chunk.traces[member.pk]}."
    return CHANGED if _differs(row, current, chunk.unit_ids) else ""


def _differs(row: RosterRow, current: Mapping[str, str], unit_ids: dict[str, int]) -> bool:
    """Whether a member that the row made says anything the row did not give. A number may be missing."""
    given = {**facts_of_fields(line_of_row(row, unit_ids).fields), "unit": str(row.unit_id)}
    return any(
        value != given.get(name, "") and not (name.startswith("citizen_id") and not value)
        for name, value in current.items()
    )


def _write(roster_import: RosterImport, rows: list[RosterRow], chunk: _Chunk, now: datetime) -> None:
    restored = [chunk.members[pk] for pk in sorted(chunk.restored - chunk.deleted)]
    overwrite(restored, MEMBER_FIELDS)
    moved = {member.pk: member.unit_id for member in restored if member.pk in chunk.moved}
    if moved:
        move_homes(moved, on=timezone.localdate(now))
    if restored:
        reason = f"hoàn tác lần nhập danh sách {roster_import.file_name}"
        keys = [member.pk for member in restored]
        note_changed_by_key(keys, by=roster_import.undone_by, reason=reason, at=now)
    overwrite(rows, ["undone_at", "kept_reason"])
    sources = Provenance.objects.filter(roster_import=roster_import)
    sources.filter(member__in=chunk.restored - chunk.kept).delete()
    remove_members(chunk.deleted)


@transaction.atomic
def _finish(roster_import: RosterImport) -> RosterImport:
    roster_import.state = State.UNDONE
    roster_import.undone_at = timezone.now()
    roster_import.lease_until = None
    roster_import.tallies = tallies_of(roster_import)
    roster_import.save(update_fields=["state", "undone_at", "lease_until", "tallies"])
    return roster_import
