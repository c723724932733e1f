"""One measured line, and how it is printed beside what it is compared with."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Clock:
    """Wall seconds between entering and leaving `running`."""

    seconds: float = 0.0

    @contextmanager
    def running(self) -> Iterator["Clock"]:
        started = time.perf_counter()
        yield self
        self.seconds = time.perf_counter() - started


@dataclass(frozen=True)
class Figure:
    """What was measured, in seconds, for how many things, and the seconds of the bare work beside it."""

    name: str
    seconds: float
    count: int
    noun: str
    bare: float | None = None
    bare_name: str = ""
    peak_mb: float | None = None

    def line(self) -> str:
        rate = f"{self.count / self.seconds:>12,.0f} {self.noun}/s" if self.count > 1 else " " * 18
        ratio = f"{self.seconds / self.bare:6.1f} x {self.bare_name}" if self.bare else ""
        memory = f"{self.peak_mb:6.0f} MB" if self.peak_mb else " " * 9
        return f"{self.name:<58}{self.seconds:>9.3f} s {rate:<22}{memory}  {ratio}".rstrip()


def median_seconds(work: Callable[[], object], *, times: int = 7) -> float:
    """The median of several runs, the first of which is not counted."""
    work()
    taken = []
    for _ in range(times):
        clock = Clock()
        with clock.running():
            work()
        taken.append(clock.seconds)
    return statistics.median(taken)
