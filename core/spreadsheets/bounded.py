"""Starting the child that opens a file, and taking what it gives."""

import json
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from core.spreadsheets.blocks import Block, Packed
from core.spreadsheets.shapes import (
    DAMAGED,
    EMPTY,
    TOO_LARGE,
    TOO_MANY_BYTES,
    Merge,
    Sheet,
    SpreadsheetUnreadable,
    read_line,
)

MOST_BYTES = 100 * 2**20
_CODE_ROOT = Path(__file__).resolve().parents[2]
_MEGABYTE = 2**20
_LEAST_WAIT = 0.1


def read_spreadsheet(content: bytes) -> tuple[Sheet, ...]:
    """Every sheet of the file, hidden ones included. Raises SpreadsheetUnreadable with a Vietnamese sentence.

    Memory and time grow with the size of the file as it came, so a small file that unpacks to
    gigabytes is refused after seconds and a list of 400,000 people is not.
    """
    return tuple(sheet for sheet, _ in follow_spreadsheet(content))


def follow_spreadsheet(content: bytes) -> Generator[tuple[Sheet, Iterator[Block]]]:
    """The same, sheet by sheet, each with its blocks while they are being read; `packed` has them afterwards.

    Nothing of the file is to be used before all of it was followed: it may turn out unreadable at its end.
    """
    if not content:
        raise SpreadsheetUnreadable(EMPTY)
    if len(content) > MOST_BYTES:
        raise SpreadsheetUnreadable(TOO_MANY_BYTES.format(limit=MOST_BYTES // _MEGABYTE))
    with closing(_run_child(content)) as lines:
        yield from _sheets(lines)


def _run_child(content: bytes) -> Generator[bytes]:
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
    watch = _Watch(child, seconds + 4)
    threading.Thread(target=_feed, args=(child, content), daemon=True).start()
    try:
        with child:
            yield from watch.timed(child.stdout or ())
    finally:
        watch.stop()
        child.kill()
    if child.returncode:
        raise SpreadsheetUnreadable(TOO_LARGE if child.returncode < 0 else DAMAGED)


class _Watch:
    """Ends a child that takes longer than it may. The time that its lines wait to be taken does not count."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        self._child, self._end = child, time.monotonic() + seconds
        self._held_since: float | None = None
        self._set(seconds)

    def _set(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self.look)
        self._timer.daemon = True
        self._timer.start()

    def look(self) -> None:
        """End the child if it is late; look again when it may be."""
        now, since = time.monotonic(), self._held_since
        left = self._end - now + (now - since if since is not None else 0)
        if left <= 0:
            self._child.kill()
        elif self._child.returncode is None:
            self.stop()
            self._set(max(left, _LEAST_WAIT))

    def timed(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines. One who takes no more of them ends the child."""
        for line in lines:
            self._held_since = time.monotonic()
            try:
                yield line
            except GeneratorExit:
                self._child.kill()
                raise
            self._end += time.monotonic() - self._held_since
            self._held_since = None

    def stop(self) -> None:
        self._timer.cancel()


def _feed(child: subprocess.Popen[bytes], content: bytes) -> None:
    """Give the child the file. One that ends early, or is killed, takes no more of it."""
    assert child.stdin is not None
    with suppress(OSError), child.stdin as pipe:
        pipe.write(content)


def _sheets(lines: Iterator[bytes]) -> Iterator[tuple[Sheet, Iterator[Block]]]:
    """Each sheet with its blocks. What of them is left when the next sheet is asked for is read then."""
    heads: list[dict] = []

    def blocks(packed: Packed) -> Iterator[Block]:
        """The blocks up to the next line that is none."""
        for line in lines:
            if not line.startswith(b"["):
                heads.append(json.loads(line))
                return
            block = read_line(line)
            packed.add(block)
            yield block

    deque(blocks(Packed()), maxlen=0)
    while heads:
        head = heads.pop()
        if "unreadable" in head:
            raise SpreadsheetUnreadable(head["unreadable"])
        merges = tuple(Merge(*edges) for edges in head["merges"])
        sheet = Sheet(head["name"], head["hidden"], merges, Packed(), head["from_1904"])
        following = blocks(sheet.packed)
        yield sheet, following
        deque(following, maxlen=0)
