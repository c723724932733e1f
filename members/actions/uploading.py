"""A roster file arrives: it is kept, encrypted, before anything is made of it."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import DomainError
from core.text import tidy
from members.actions.storing import drop_rows
from members.models import RosterHeads, RosterImport
from units.models import Unit

MAX_BYTES = 60 * 1024 * 1024
PURGED = (
    "File và nội dung các dòng của lần nhập này đã được xóa vì quá thời hạn lưu, nên không làm được việc này."
)


class ImportRefused(DomainError):
    """The import cannot do that now; the sentence says why."""


def refuse_purged(roster_import: RosterImport) -> None:
    """Raise ImportRefused when what the lines said is no longer kept."""
    if roster_import.purged_at is not None:
        raise ImportRefused(PURGED)


@transaction.atomic
def upload_roster(
    *,
    content: bytes,
    file_name: str,
    unit: Unit,
    basis: str = "",
    legal_basis: str = "",
    without: Iterable[str] = (),
    policy: str = RosterImport.Policy.OVERWRITE,
    by: Any,
) -> RosterImport:
    """Keep the file and note that it waits to be read. Raises ImportRefused for an empty or huge file.

    `without` are the kinds of columns that are left out whenever the file is read; `policy` is what it may do
    to members who exist.
    """
    if not content:
        raise ImportRefused("File trống. Hãy kiểm tra lại file rồi tải lên.")
    if len(content) > MAX_BYTES:
        raise ImportRefused("File lớn hơn 60 MB. Hãy chia thành nhiều file rồi tải lên từng file.")
    roster_import = RosterImport(
        file_name=tidy(file_name)[-255:],
        sha256=hashlib.sha256(content).hexdigest(),
        byte_count=len(content),
        unit=unit,
        basis=basis,
        legal_basis=legal_basis,
        without=sorted(without),
        policy=policy,
        uploaded_by=by,
        uploaded_at=timezone.now(),
    )
    roster_import.file.save(f"{roster_import.sha256[:32]}.bin", ContentFile(content), save=False)
    roster_import.save()
    audit.record("roster.uploaded", by=by, target=roster_import, unit=unit)
    return roster_import


@transaction.atomic
def cancel_import(*, roster_import: RosterImport, by: Any) -> RosterImport:
    """Give up an import that has written nothing; its file and rows go. Raises ImportRefused once it has."""
    roster_import = RosterImport.objects.locked().get(pk=roster_import.pk)
    if not roster_import.may_be_cancelled:
        raise ImportRefused("Lần nhập này đã ghi vào cổng nên không hủy được. Hãy dùng Hoàn tác.")
    kept, roster_import.file = roster_import.file.name, ""
    roster_import.state = RosterImport.State.CANCELLED
    roster_import.save(update_fields=["state", "file"])
    drop_rows(roster_import)
    roster_import.answers.all().delete()
    roster_import.branches.all().delete()
    RosterHeads.objects.filter(roster_import=roster_import).delete()
    if kept:
        transaction.on_commit(lambda: roster_import.file.storage.delete(kept))
    audit.record("roster.cancelled", by=by, target=roster_import, unit=roster_import.unit)
    return roster_import
