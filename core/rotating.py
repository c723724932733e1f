"""Everything sealed is sealed anew under the newest key: rows one by one, then files.

Safe to stop anywhere and to run again, also while people work: what is under the newest key already is left
alone, and a row that somebody wrote meanwhile was written under it.
"""

import logging
import os
from pathlib import Path

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db.models import BinaryField, FileField, Model

from core.crypto import sealed_anew
from core.files import EncryptedStorage

log = logging.getLogger(__name__)


def rotate_all() -> dict[str, int]:
    """Seal everything anew; tells how many rows of each table, how many files, and what nobody can open."""
    counts = {"files": 0, "unreadable": 0}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, BinaryField):
                _rotate_column(model, field.name, counts)
    for root in sorted({Path(storage.location) for storage in _encrypted_storages()}):
        for path in sorted(root.rglob("*")) if root.exists() else []:
            if path.is_file() and not path.name.endswith(".new"):
                _rotate_file(path, counts)
    return counts


def _rotate_column(model: type[Model], name: str, counts: dict[str, int]) -> None:
    label = model._meta.label_lower
    rows = model._base_manager.order_by("pk").values_list("pk", name)
    for pk, sealed in rows.iterator(chunk_size=200):
        if not sealed:
            continue
        try:
            anew = sealed_anew(sealed)
        except InvalidToken:
            counts["unreadable"] += 1
            log.warning("%s %s opens under no key", label, pk)
            continue
        if anew is not None:
            same = model._base_manager.filter(pk=pk, **{name: sealed})
            counts[label] = counts.get(label, 0) + same.update(**{name: anew})


def _rotate_file(path: Path, counts: dict[str, int]) -> None:
    try:
        anew = sealed_anew(path.read_bytes())
    except FileNotFoundError:  # removed meanwhile
        return
    except InvalidToken:
        counts["unreadable"] += 1
        log.warning("%s opens under no key", path)
        return
    if anew is None:
        return
    draft = path.with_name(f"{path.name}.new")
    draft.write_bytes(anew)
    os.replace(draft, path)
    counts["files"] += 1


def _encrypted_storages() -> list[EncryptedStorage]:
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    stores = [field.storage for field in fields if isinstance(field, FileField)]
    return [storage for storage in stores if isinstance(storage, EncryptedStorage)]
