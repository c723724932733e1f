"""Starting the child that opens a file, and taking what it gives."""

import json
import subprocess
import sys
from pathlib import Path

from core.spreadsheets.shapes import (
    DAMAGED,
    EMPTY,
    TOO_LARGE,
    TOO_MANY_BYTES,
    Merge,
    Sheet,
    SpreadsheetUnreadable,
)

MOST_BYTES = 100 * 2**20
_CODE_ROOT = Path(__file__).resolve().parents[2]
_MEGABYTE = 2**20


def read_spreadsheet(content: bytes) -> tuple[Sheet, ...]:
    """Every sheet of the file, hidden ones included. Raises SpreadsheetUnreadable with a Vietnamese sentence.

    Memory and time grow with the size of the file as it came, so a small file that unpacks to
    gigabytes is refused after seconds and a list of 400,000 people is not.
    """
    if not content:
        raise SpreadsheetUnreadable(EMPTY)
    if len(content) > MOST_BYTES:
        raise SpreadsheetUnreadable(TOO_MANY_BYTES.format(limit=MOST_BYTES // _MEGABYTE))
    return _sheets(_run_child(content))


def _run_child(content: bytes) -> list[bytes]:
    megabytes = len(content) // _MEGABYTE + 1
    memory, seconds = (288 + 24 * megabytes) * _MEGABYTE, 8 + 2 * megabytes
    most_output = (60 + 10 * megabytes) * _MEGABYTE
    command = [sys.executable, "-m", "core.spreadsheets.child", str(memory), str(seconds), str(most_output)]
    try:
        child = subprocess.run(  # noqa: S603
            command,
            input=content,
            capture_output=True,
            cwd=_CODE_ROOT,
            env={"PYTHONIOENCODING": "utf-8", "MALLOC_ARENA_MAX": "2"},
            timeout=seconds + 4,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SpreadsheetUnreadable(TOO_LARGE) from error
    if child.returncode:
        killed = child.returncode < 0
        raise SpreadsheetUnreadable(TOO_LARGE if killed else DAMAGED)
    return child.stdout.splitlines()


def _sheets(lines: list[bytes]) -> tuple[Sheet, ...]:
    sheets: list[tuple[dict, list[bytes]]] = []
    for line in lines:
        if line.startswith(b"["):
            sheets[-1][1].append(line)
            continue
        head = json.loads(line)
        if sentence := head.get("unreadable"):
            raise SpreadsheetUnreadable(sentence)
        sheets.append((head, []))
    return tuple(
        Sheet(
            head["name"],
            head["hidden"],
            tuple(Merge(*edges) for edges in head["merges"]),
            tuple(rows),
            head["from_1904"],
        )
        for head, rows in sheets
    )
