"""Everything the portal holds as text: every column of every table, sealed ones opened, and every file."""

import zlib
from pathlib import Path

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import connection
from django.db.models import FileField

from core.crypto import decrypt


def places_of(words) -> dict[str, set[str]]:
    """Where each of the words stands: columns as "table.column", files as "file"."""
    found: dict[str, set[str]] = {word: set() for word in words}
    for place, text in _texts():
        for word in words:
            if word in text:
                found[word].add(place)
    return found


def _texts():
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    yield f"{table}.{name}", _plain(value)
    for root in {storage.location for storage in storages_of_files()}:
        for path in Path(root).rglob("*"):
            if path.is_file():
                yield "file", _plain(path.read_bytes())


def storages_of_files() -> list:
    """Where the files of every table lie."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    return list({field.storage for field in fields if isinstance(field, FileField)})


def _plain(value) -> str:
    if isinstance(value, memoryview | bytes):
        return _opened(bytes(value)).decode("utf-8", "replace")
    if isinstance(value, str) and "\\u" in value:  # JSON as SQLite keeps it
        return value.encode().decode("unicode_escape", "replace")
    return str(value)


def _opened(sealed: bytes) -> bytes:
    try:
        sealed = decrypt(sealed)
    except InvalidToken:
        return sealed
    try:
        return zlib.decompress(sealed)
    except zlib.error:
        return sealed


def known_tables() -> set[str]:
    """Every table of a model, to show that the walk misses none."""
    return {model._meta.db_table for model in apps.get_models()}
