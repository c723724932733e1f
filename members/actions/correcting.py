"""Staff say how a file is to be read, and it is read again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from members.actions.uploading import ImportRefused
from members.models import RosterImport
from members.roster.corrections import SheetCorrection
from members.roster.instructions import kept_corrections

WRITTEN = "Lần nhập này đã ghi vào cổng nên không đọc lại được. Hãy hoàn tác rồi tải file lên lại."
BUSY = "Lần nhập này đang được đọc hoặc không còn chờ quyết định. Hãy tải lại trang."


def reading_mark(roster_import: RosterImport) -> str:
    """What a page on how the file was read says of itself: another mark, another reading."""
    return roster_import.corrected_at.isoformat() if roster_import.corrected_at else ""


@transaction.atomic
def read_again(
    *,
    roster_import: RosterImport,
    sheets: Mapping[int, SheetCorrection],
    own: bool = False,
    mark: str,
    by: Any,
) -> RosterImport:
    """Have the file read again with what staff say about its sheets; everything answered goes.

    The rows go when the worker begins: a long list takes a while to delete. `own`: without what other
    imports taught. `mark` is of the reading the person saw: of two people the second is refused.
    """
    roster_import = RosterImport.objects.locked().select_related("unit").get(pk=roster_import.pk)
    if reading_mark(roster_import) != mark and roster_import.corrected_at:
        at = timezone.localtime(roster_import.corrected_at)
        raise ImportRefused(
            f"{roster_import.corrected_by or 'Cổng'} đã cho đọc lại file này lúc {at:%H:%M %d/%m/%Y}. "
            "Hãy xem cách đọc mới rồi sửa tiếp nếu cần."
        )
    if roster_import.applied_at or roster_import.rows.filter(applied_at__isnull=False).exists():
        raise ImportRefused(WRITTEN)
    if not roster_import.may_be_read_again:
        raise ImportRefused(BUSY)
    roster_import.state = RosterImport.State.WAITING
    roster_import.corrections = kept_corrections(sheets, own=own)
    roster_import.corrected_by, roster_import.corrected_at = by, timezone.now()
    roster_import.failure, roster_import.tallies, roster_import.read_at = "", {}, None
    roster_import.row_count = roster_import.goal_count = roster_import.done_count = 0
    roster_import.try_count, roster_import.lease_until = 0, None
    roster_import.save()
    roster_import.answers.all().delete()
    roster_import.branches.all().delete()
    audit.record("roster.read_again", by=by, target=roster_import, unit=roster_import.unit)
    return roster_import
