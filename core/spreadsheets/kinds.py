"""What a file is, told by its bytes and never by its name."""

import io
import zipfile
from enum import Enum

from core.spreadsheets.shapes import (
    DAMAGED,
    EMPTY,
    ENCRYPTED,
    NOT_A_SPREADSHEET,
    TOO_LARGE,
    SpreadsheetUnreadable,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FORMATS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
)
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_TEXT_BYTES = bytes(set(range(0x20, 0x100)) | {0x09, 0x0A, 0x0C, 0x0D})
_LARGEST_UNPACKED = 2_000_000_000
_FREE_UNPACKED = 60_000_000
_LARGEST_RATIO = 100


class Kind(Enum):
    """How a file has to be read."""

    XLSX = "xlsx"
    WORKBOOK = "workbook"
    HTML = "html"
    TEXT = "text"


def kind_of(content: bytes) -> Kind:
    """How to read the bytes. Raises SpreadsheetUnreadable for what no reader should touch."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SpreadsheetUnreadable(EMPTY)
    if content.startswith(b"PK"):
        return _zip_kind(content)
    if content.startswith(_OLE):
        if _ENCRYPTED_STREAM in content:
            raise SpreadsheetUnreadable(ENCRYPTED)
        return Kind.WORKBOOK
    if content.startswith(_OTHER_FORMATS):
        raise SpreadsheetUnreadable(NOT_A_SPREADSHEET)
    return _text_kind(content)


def _zip_kind(content: bytes) -> Kind:
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise SpreadsheetUnreadable(DAMAGED) from error
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise SpreadsheetUnreadable(ENCRYPTED)
    _refuse_bombs(members, len(content))
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "xl/workbook.bin" in names:
        return Kind.WORKBOOK
    if "content.xml" in names and any(name.startswith("META-INF/") for name in names):
        _refuse_encrypted_ods(content)
        return Kind.WORKBOOK
    raise SpreadsheetUnreadable(NOT_A_SPREADSHEET)


def _refuse_bombs(members: list[zipfile.ZipInfo], packed_size: int) -> None:
    """Real workbooks unpack to ten or twenty times their size; small ones may do what they like."""
    unpacked = sum(member.file_size for member in members)
    if unpacked > _LARGEST_UNPACKED or len(members) > 20_000:
        raise SpreadsheetUnreadable(TOO_LARGE)
    if unpacked > _FREE_UNPACKED and unpacked > _LARGEST_RATIO * packed_size:
        raise SpreadsheetUnreadable(TOO_LARGE)


def _refuse_encrypted_ods(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        try:
            manifest = package.read("META-INF/manifest.xml")
        except KeyError:
            return
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise SpreadsheetUnreadable(DAMAGED) from error
    if b"encryption-data" in manifest:
        raise SpreadsheetUnreadable(ENCRYPTED)


def _text_kind(content: bytes) -> Kind:
    head = content[:4096]
    plain = head.replace(b"\x00", b"").lower()
    if b"<html" in plain or b"<table" in plain:
        return Kind.HTML
    if b"<?xml" in plain:
        raise SpreadsheetUnreadable(NOT_A_SPREADSHEET)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_utf16(head):
        return Kind.TEXT
    strange = len(head.translate(None, _TEXT_BYTES))
    if strange > len(head) // 200:
        raise SpreadsheetUnreadable(NOT_A_SPREADSHEET)
    return Kind.TEXT


def _looks_utf16(head: bytes) -> bool:
    """Text in UTF-16 without a mark: digits and commas leave a zero in every second byte, on one side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    few, many = sorted((even, odd))
    return many > len(head) // 8 and few <= many // 20
