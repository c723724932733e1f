"""Work done in a process of its own, so that its time and its peak memory are its own."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from django.db import connections

from bench.figures import Clock


@dataclass(frozen=True)
class Spent:
    """Wall seconds, and the most memory that the process and all its children held at once, in MB.

    Looked at twenty times a second. Pages that several of them share count in each, so it is never less than
    what they really hold.
    """

    seconds: float
    peak_mb: float


def spend(work: Callable[[], object]) -> Spent:
    """Run the work in a fork. Raises RuntimeError when it did not come to its end."""
    connections.close_all()
    forks = multiprocessing.get_context("fork")
    here, there = forks.Pipe(duplex=False)
    process = forks.Process(target=_run, args=(work, there))
    process.start()
    there.close()
    peak = 0.0
    while not here.poll(0.05):
        peak = max(peak, _held(process.pid))
    try:
        seconds = here.recv()
    except EOFError:
        seconds = None
    process.join()
    if seconds is None:
        raise RuntimeError("The measured work ended with an error; it stands above.")
    return Spent(seconds, peak)


def _held(pid: int | None) -> float:
    """The memory that the process and its children hold now, in MB."""
    pages = 0
    for one in _family(str(pid)):
        with suppress(OSError):  # it may have ended meanwhile
            pages += int(Path(f"/proc/{one}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _family(pid: str) -> Iterator[str]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(child)


def _run(work: Callable[[], object], there: Connection) -> None:
    clock = Clock()
    with clock.running():
        work()
    there.send(clock.seconds)
    connections.close_all()
