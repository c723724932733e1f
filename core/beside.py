"""A thread that does one piece of work at a time while whoever gave it goes on."""

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, connections

Item = TypeVar("Item")
Made = TypeVar("Made")

_USUAL = sys.getswitchinterval()
_SHORT = 0.0002  # seconds that whoever comes back from the database waits for the other threads


@contextmanager
def short_turns() -> Iterator[None]:
    """Let threads take turns more often meanwhile. The first that ends brings back the usual for all."""
    sys.setswitchinterval(_SHORT)
    try:
        yield
    finally:
        sys.setswitchinterval(_USUAL)


class Beside:
    """Does what it is given in its own thread, over connections of its own; without one, at once."""

    def __init__(self, thread: ThreadPoolExecutor | None) -> None:
        self._thread = thread
        self._doing: Future[None] | None = None

    @property
    def is_idle(self) -> bool:
        return self._doing is None or self._doing.done()

    def do(self, work: Callable[[], None]) -> None:
        """Begin the work once the last is done. Raises what went wrong in that one."""
        self.wait()
        if self._thread is None:
            work()
        else:
            self._doing = self._thread.submit(work)

    def wait(self) -> None:
        """Return once everything given is done. Raises what went wrong in it."""
        doing, self._doing = self._doing, None
        if doing is not None:
            doing.result()


@contextmanager
def working_beside(*, apart: bool) -> Iterator[Beside]:
    """Somebody who works beside, in a thread if `apart`. At the end all given work is done, or has failed.

    Inside of a transaction, which another connection would not see, and on SQLite, where only one can write,
    there is no thread.
    """
    if not _may_work(apart):
        yield Beside(None)
        return
    with short_turns(), ThreadPoolExecutor(1, thread_name_prefix="beside") as thread:
        try:
            beside = Beside(thread)
            yield beside
            beside.wait()
        finally:
            thread.submit(connections.close_all)


def one_ahead(
    items: Iterable[Item], work: Callable[[Item], Made], *, apart: bool
) -> Iterator[tuple[Item, Made]]:
    """Each item with what the work makes of it; if `apart`, a thread does it for the next one meanwhile.

    Where `working_beside` has no thread there is none either. What went wrong in the work is raised here.
    """
    if not _may_work(apart):
        yield from ((item, work(item)) for item in items)
        return
    with ThreadPoolExecutor(1, thread_name_prefix="one-ahead") as thread:
        try:
            held: list[tuple[Item, Future[Made]]] = []
            for item in items:
                held.append((item, thread.submit(work, item)))
                if len(held) > 1:
                    first, coming = held.pop(0)
                    yield first, coming.result()
            yield from ((item, coming.result()) for item, coming in held)
        finally:
            thread.submit(connections.close_all)


def _may_work(apart: bool) -> bool:
    return apart and connection.vendor == "postgresql" and not connection.in_atomic_block
