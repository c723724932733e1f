"""Files nobody may read from the disk: encrypted on the way in, decrypted on the way out."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction

from core.crypto import decrypt, encrypt


class EncryptedStorage(FileSystemStorage):
    """Stores whole files encrypted under DATA_KEY. Made for files of tens of megabytes at most."""

    def _save(self, name: str, content: Any) -> str:
        content.seek(0)
        return super()._save(name, ContentFile(encrypt(content.read())))  # type: ignore[misc]

    def _open(self, name: str, mode: str = "rb") -> ContentFile:
        with super()._open(name, "rb") as sealed:  # type: ignore[misc]
            return ContentFile(decrypt(sealed.read()), name=name)

    def url(self, name: str | None) -> str:
        raise ValueError("Private files have no address.")


def forget_file(file: Any) -> None:
    """Remove the file behind a model's field once the transaction that forgets it is written.

    A crash in between leaves a file that no row names; the nightly run removes those.
    """
    storage, name = file.storage, str(file.name)
    transaction.on_commit(lambda: storage.delete(name))
