"""Headers taught by a correction are remembered for later lists, until somebody has them forgotten."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.crypto import encrypt_json
from members.actions.uploading import ImportRefused
from members.models import HeaderMemory, RosterHeads, RosterImport
from members.roster.header import Source
from members.roster.instructions import heads_of
from members.roster.shapes import Reading


def keep_heads(roster_import: RosterImport, reading: Reading) -> None:
    """Keep, encrypted, the first rows of each sheet for the page on how the file was read."""
    sealed = encrypt_json(heads_of(reading))
    RosterHeads.objects.bulk_create(
        [RosterHeads(roster_import=roster_import, sealed=sealed)],
        update_conflicts=True,
        unique_fields=["roster_import"],
        update_fields=["sealed"],
    )


def remember_reading(roster_import: RosterImport, reading: Reading) -> None:
    """Keep how the file was read, and the headers that staff taught for lists of the unit and below it."""
    keep_heads(roster_import, reading)
    for sheet in reading.sheets:
        if sheet.source != Source.CORRECTED or not sheet.person_count:
            continue
        HeaderMemory.objects.update_or_create(
            shape=sheet.shape,
            unit=roster_import.unit,
            defaults={
                "depth": sheet.depth,
                "roles": {str(column): role for column, role in sheet.columns.items()},
                "roster_import": roster_import,
                "file_name": roster_import.file_name,
                "by": roster_import.corrected_by,
                "at": roster_import.corrected_at or timezone.now(),
            },
        )


@transaction.atomic
def forget_header(*, memory: HeaderMemory, by: Any) -> None:
    """Let later lists be read as if nobody had taught this header. ImportRefused: it is forgotten already."""
    found = HeaderMemory.objects.select_for_update(of=("self",)).filter(pk=memory.pk).first()
    if found is None:
        raise ImportRefused("Cách đọc này đã được quên. Hãy tải lại trang.")
    audit.record("roster.header_forgotten", by=by, target=found, unit=found.unit)
    found.delete()
