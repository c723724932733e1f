"""The work a roster import waits for, done by whoever holds its lease."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from core.seldom import collecting_seldom
from members.actions.applying import apply_roster, write_rows
from members.actions.branching import settle_rows
from members.actions.giving_up import give_up, is_hopeless, note_own_fault
from members.actions.staging import LEASE, LeaseLost, State, go_on, read_row_of, read_staged
from members.actions.tidying import tidy_after
from members.actions.undoing import take_back_rows
from members.actions.uploading import ImportRefused, upload_roster
from members.models import RosterImport
from members.roster import RosterUnreadable
from members.roster.shapes import Problem
from members.roster.trying import answer, row_answer
from units.models import Unit
from units.queries import province

WORK: dict[str, Callable[..., RosterImport]] = {
    State.WAITING: read_staged,
    State.READING: read_staged,
    State.APPLYING: write_rows,
    State.UNDOING: take_back_rows,
    State.SETTLING: settle_rows,
}

log = logging.getLogger(__name__)


def work_on_import(*, roster_import_id: int) -> bool:
    """Do what the import waits for. False when there is nothing to do or another worker does it.

    The lease is taken by a conditional UPDATE and renewed with every chunk, so a killed worker's import
    can be taken up again, where it stopped, once the lease has run out. After three tries that broke off
    without getting further it is given up; killed workers are borne with for longer.
    """
    now = timezone.now()
    free = RosterImport.objects.filter(pk=roster_import_id).in_work().free_at(now)
    taken = free.update(lease_until=now + LEASE)
    if taken != 1:
        return False
    roster_import = RosterImport.objects.select_related("unit").get(pk=roster_import_id)
    try:
        if is_hopeless(roster_import):
            give_up(roster_import=roster_import)
            return False
        go_on(roster_import, try_count=roster_import.try_count + 1)
        with collecting_seldom():
            WORK[roster_import.state](roster_import=roster_import)
    except LeaseLost:
        return False
    except Exception:
        note_own_fault(roster_import)
        raise
    return True


def resume_imports(*, at: datetime) -> int:
    """Take up every import that waits for work and that nobody holds. Returns how many.

    One that breaks is logged and leaves the others their turn.
    """
    waiting = RosterImport.objects.in_work().free_at(at).order_by("pk").values_list("pk", flat=True)
    return sum(_try_to_work(pk) for pk in list(waiting))


def _try_to_work(roster_import_id: int) -> bool:
    try:
        if not work_on_import(roster_import_id=roster_import_id):
            return False
        tidy_after(roster_import_id=roster_import_id)
        return True
    except Exception:
        log.exception("Roster import %s broke off", roster_import_id)
        return False


def import_now(*, content: bytes, file_name: str, unit: Unit | None, by: Any) -> RosterImport:
    """Upload, read and apply in one go, as the command does. Raises RosterUnreadable, keeping nothing."""
    home = unit or province()
    if home is None:
        raise ImportRefused("Chưa có đơn vị nào trong cổng. Hãy chạy: manage.py load_units")
    roster_import = upload_roster(content=content, file_name=file_name, unit=home, by=by)
    _work_through(roster_import)
    if roster_import.state == State.FAILED:
        sentence = roster_import.failure
        roster_import.file.delete(save=False)
        roster_import.delete()
        raise RosterUnreadable(sentence)
    if roster_import.rows.to_apply().exists():
        apply_roster(roster_import=roster_import, by=by)
        _work_through(roster_import)
    return roster_import


def _work_through(roster_import: RosterImport) -> None:
    work_on_import(roster_import_id=roster_import.pk)
    tidy_after(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()


def answer_of(roster_import: RosterImport) -> dict[str, Any]:
    """The import as plain data, in the shape of `members.roster.trying.try_reading`."""
    rows = list(roster_import.rows.order_by("place"))
    outcomes = [row.outcome for row in rows]
    told = [
        row_answer(read_row_of(row), row.outcome, [Problem(**problem) for problem in row.problems])
        for row in rows
    ]
    return answer(roster_import.file_name, roster_import.sha256, roster_import.sheets, outcomes, told)
