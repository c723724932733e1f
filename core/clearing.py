"""What foundation tables hold goes when its time is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import FileField
from django.utils import timezone

from core.models import AuditEntry

BATCH = 5000
YOUNG = timedelta(days=1)


def clear_audit(*, before: datetime) -> int:
    """Remove entries of the audit trail older than that, some at a time."""
    removed = 0
    old = AuditEntry.objects.filter(at__lt=before).order_by("at", "pk")
    while keys := list(old.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic(), _guard_lifted():
            rows = AuditEntry.objects.filter(pk__in=keys)
            removed += rows._raw_delete(rows.db)
    return removed


@contextmanager
def _guard_lifted() -> Iterator[None]:
    """The trigger that keeps the trail lets entries go, in this transaction and no other."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.clears_audit', 'on', true)")
        yield
        cursor.execute("SELECT set_config('portal.clears_audit', 'off', true)")


def clear_sessions(*, before: datetime) -> int:
    """Remove sessions that ended before that moment."""
    return Session.objects.filter(expire_date__lt=before).delete()[0]


def clear_orphans(*, at: datetime) -> int:
    """Remove stored files that no row names: left by a crash between a row and its file. Young ones stay."""
    removed = 0
    for root, fields in _fields_by_root().items():
        for path in sorted(root.rglob("*")) if root.exists() else []:
            name = path.relative_to(root).as_posix()
            if path.is_file() and _is_old(path, at) and not any(_names(field, name) for field in fields):
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _fields_by_root() -> dict[Path, list[FileField]]:
    """The columns that name files, by the folder in which those lie."""
    found: dict[Path, list[FileField]] = {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField) and hasattr(field.storage, "location"):
                found.setdefault(Path(field.storage.location), []).append(field)
    return found


def _names(field: FileField, name: str) -> bool:
    return field.model._base_manager.filter(**{field.name: name}).exists()


def _is_old(path: Path, at: datetime) -> bool:
    changed = datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
    return changed < at - YOUNG
