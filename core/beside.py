"""A thread that does one piece of work at a time while whoever gave it goes on."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection, connections


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
    if not apart or connection.vendor != "postgresql" or connection.in_atomic_block:
        yield Beside(None)
        return
    with ThreadPoolExecutor(1, thread_name_prefix="beside") as thread:
        try:
            beside = Beside(thread)
            yield beside
            beside.wait()
        finally:
            thread.submit(connections.close_all)
