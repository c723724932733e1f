"""Starting the child that opens a file, and taking what it gives."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from core.spreadsheets.shapes import (
    DAMAGED,
    EMPTY,
    TOO_LARGE,
    TOO_MANY_BYTES,
    Merge,
    Sheet,
    SpreadsheetUnreadable,
    keep_row,
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


def _run_child(content: bytes) -> Iterator[bytes]:
    """The lines that the child gives, one by one while it works."""
    megabytes = len(content) // _MEGABYTE + 1
    memory, seconds = (288 + 24 * megabytes) * _MEGABYTE, 8 + 2 * megabytes
    most_output = (60 + 10 * megabytes) * _MEGABYTE
    command = [sys.executable, "-m", "core.spreadsheets.child", str(memory), str(seconds), str(most_output)]
    child = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_CODE_ROOT,
        env={"PYTHONIOENCODING": "utf-8", "MALLOC_ARENA_MAX": "2"},
    )
    late = threading.Timer(seconds + 4, child.kill)
    late.start()
    threading.Thread(target=_feed, args=(child, content), daemon=True).start()
    try:
        with child:
            yield from child.stdout or ()
    finally:
        late.cancel()
        child.kill()
    if child.returncode:
        raise SpreadsheetUnreadable(TOO_LARGE if child.returncode < 0 else DAMAGED)


def _feed(child: subprocess.Popen[bytes], content: bytes) -> None:
    """Give the child the file. One that ends early, or is killed, takes no more of it."""
    assert child.stdin is not None
    with suppress(OSError), child.stdin as pipe:
        pipe.write(content)


def _sheets(lines: Iterable[bytes]) -> tuple[Sheet, ...]:
    sheets: list[tuple[dict, list[bytes]]] = []
    sentence = ""
    for line in lines:
        if line.startswith(b"["):
            sheets[-1][1].append(keep_row(line))
            continue
        head = json.loads(line)
        sentence = sentence or head.get("unreadable", "")
        if "name" in head:
            sheets.append((head, []))
    if sentence:
        raise SpreadsheetUnreadable(sentence)
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
