"""Work done in a process of its own, so that its time and its peak memory are its own."""

import multiprocessing
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from django.db import connections

from bench.figures import Clock


@dataclass(frozen=True)
class Spent:
    """Wall seconds, and the most memory that the process and all its children held at once, in MB.

    Looked at ten times a second. Pages that several of them share count once; those that the process began
    with, the interpreter and Django, count too.
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
    while not here.poll(0.1):
        peak = max(peak, _held())
    try:
        seconds = here.recv()
    except EOFError:
        seconds = None
    process.join()
    if seconds is None:
        raise RuntimeError("The measured work ended with an error; it stands above.")
    return Spent(seconds, peak)


def _held() -> float:
    """The memory that this process and its children hold now, in MB."""
    kilobytes = 0
    for one in _family(str(os.getpid())):
        try:
            told = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:  # it has ended meanwhile
            continue
        found = re.search(r"^Pss:\s+(\d+) kB", told, re.M)
        kilobytes += int(found[1]) if found else 0
    return kilobytes / 1024


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
