"""Work done in a process of its own, so that its time and its peak memory are its own."""

import multiprocessing
import resource
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from django.db import connections

from bench.figures import Clock


@dataclass(frozen=True)
class Spent:
    """Wall seconds, and the most memory the process and its largest child held at once, in MB."""

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
    try:
        spent = here.recv()
    except EOFError:
        spent = None
    process.join()
    if spent is None:
        raise RuntimeError("The measured work ended with an error; it stands above.")
    return spent


def _run(work: Callable[[], object], there: Connection) -> None:
    clock = Clock()
    with clock.running():
        work()
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    there.send(Spent(clock.seconds, sum(peaks) / 1024))
    connections.close_all()
