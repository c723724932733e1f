"""The audit trail: verbs, never values. Actions write it inside their own transaction."""

from typing import Any

from django.utils import timezone

from core.models import AuditEntry


def record(verb: str, *, by: Any, target: Any, unit: Any = None, detail: dict | None = None) -> AuditEntry:
    """Note that `by` (None: the portal itself) did `verb` to `target` in the branch of `unit`."""
    return AuditEntry.objects.create(
        verb=verb,
        by=by,
        at=timezone.now(),
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:200],
        unit_path=unit.path if unit is not None else "",
        detail=detail or {},
    )
