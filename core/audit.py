"""The audit trail: verbs, never values. Actions write it inside their own transaction.

`detail` holds names of fields, codes, kinds and counts; what people typed stands with the record itself.
"""

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
        target_label=_label(target)[:200],
        unit_path=unit.path if unit is not None else "",
        detail=detail or {},
    )


def _label(target: Any) -> str:
    """What it was done to: by its title, or by kind and number where the title would name a person."""
    if getattr(target, "names_a_person", False):
        return f"{target._meta.verbose_name} {target.pk}"
    return str(target)
