"""What a roster said about people goes once nobody needs it any more; what it did stays on record."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from core import audit
from members.actions.staging import State
from members.actions.uploading import cancel_import
from members.models import RosterHeads, RosterImport
from members.models.roster_block import ROWS_IN_BLOCK

BATCH = 10 * ROWS_IN_BLOCK
ENDED = [State.APPLIED, State.UNDONE, State.FAILED, State.CANCELLED]
BLANK: dict[str, Any] = {
    "full_name": "",
    "branch_name": "",
    "minor_until": None,
    "problems": [],
    "changes": {},
    "question": "",
    "asked": {},
    "decision": {},
}
# What a sheet's entry keeps: counts and which column was which; titles and headings go.
KEPT_OF_SHEET = ("name", "header_row", "rows", "skipped", "columns")


def purge_rosters(*, at: datetime) -> int:
    """Purge every import that ended, or was read and left waiting, too long ago. Returns how many.

    Of an import stay its counts, and for every line where it stood, what became of it and when. Safe to
    stop anywhere: what was begun is gone on with first, and batches that were done change nothing.
    """
    before = at - timedelta(days=settings.PORTAL_ROSTER_KEEP_DAYS)
    for left in _settled_before(before).filter(state=State.READY).order_by("pk"):
        cancel_import(roster_import=left, by=None)
    begun = RosterImport.objects.filter(purged_at__isnull=False).exclude(file="")
    due = _settled_before(before).filter(state__in=ENDED, purged_at=None)
    keys = [
        *begun.order_by("pk").values_list("pk", flat=True),
        *due.order_by("pk").values_list("pk", flat=True),
    ]
    return sum(_purge(pk, at=at, before=before) for pk in keys)


def _settled_before(before: datetime) -> QuerySet[RosterImport]:
    """The imports that came to where they are before that moment."""
    moment = Coalesce(F("undone_at"), F("applied_at"), F("read_at"), F("corrected_at"), F("uploaded_at"))
    return RosterImport.objects.alias(moment=moment).filter(LessThan(F("moment"), before))


def _purge(pk: int, *, at: datetime, before: datetime) -> bool:
    roster_import = _begin(pk, at=at, before=before)
    if roster_import is None:
        return False
    last = roster_import.rows.aggregate(last=Max("place"))["last"]
    for first in range(0, (last or 0) + 1, BATCH) if last is not None else ():
        _blank(roster_import, first, first + BATCH - 1)
    if roster_import.file:
        roster_import.file.delete(save=False)
        RosterImport.objects.filter(pk=pk).update(file="")
    return True


@transaction.atomic
def _begin(pk: int, *, at: datetime, before: datetime) -> RosterImport | None:
    """Close the import for good. None when somebody works on it again meanwhile."""
    roster_import = RosterImport.objects.locked().select_related("unit").get(pk=pk)
    if roster_import.purged_at is not None:
        return roster_import
    if not _settled_before(before).filter(pk=pk, state__in=ENDED).exists():
        return None
    roster_import.purged_at = at
    roster_import.sheets = [
        {name: sheet[name] for name in KEPT_OF_SHEET if name in sheet} for sheet in roster_import.sheets
    ]
    roster_import.save(update_fields=["purged_at", "sheets"])
    roster_import.answers.all().delete()
    roster_import.branches.all().delete()
    RosterHeads.objects.filter(roster_import=roster_import).delete()
    audit.record("roster.purged", by=None, target=roster_import, unit=roster_import.unit)
    return roster_import


def drop_cells(roster_import: RosterImport, first: int, last: int) -> None:
    """Forget the raw cells and cleaned fields of the blocks that begin between the two places."""
    roster_import.blocks.filter(first__gte=first, first__lte=last).delete()


@transaction.atomic
def _blank(roster_import: RosterImport, first: int, last: int) -> None:
    drop_cells(roster_import, first, last)
    roster_import.rows.filter(place__gte=first, place__lte=last).update(**BLANK)
