"""Items made in a process of their own, ahead of whoever takes them: two processors then share one work."""

import gc
import os
import pickle
import select
import signal
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NoReturn

from django.db import connections

_HEAD = struct.Struct("<cQ")
_ITEM, _ERROR, _END = b"i", b"e", b"."
_PATIENCE = 5_000  # milliseconds
_inherited: list[Any] = []


class WorkerLost(RuntimeError):
    """The process that made the items ended without a word: killed, or out of memory."""


def may_fork() -> bool:
    """Whether this process can be doubled: a lock that another thread holds would stay shut in the double."""
    return hasattr(os, "fork") and threading.active_count() == 1


def ahead(items: Callable[[], Iterator[bytes]], *, beat: Callable[[], None]) -> Iterator[bytes]:
    """What `items` gives when it is called in a fork of this process, in its order.

    The fork has the memory of this process as it is now, and connections to the database of its own; nothing
    it changes is seen here. `beat` is called here every few seconds of waiting and may raise. An exception
    in the fork is raised here; WorkerLost when it was killed. It ends with the iterator or with this process.
    """
    taking, giving = os.pipe()
    child = os.fork()
    if not child:
        os.close(taking)
        _make(items, giving)
    os.close(giving)
    try:
        yield from _taken(taking, beat)
    finally:
        os.close(taking)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(child, 0)


def _make(items: Callable[[], Iterator[bytes]], giving: int) -> NoReturn:
    """The whole life of the fork."""
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        gc.disable()  # its life is short, and looking through what it shares would copy it
        _leave_connections()
        with os.fdopen(giving, "wb") as pipe:
            try:
                for item in items():
                    _give(pipe, _ITEM, item)
                _give(pipe, _END, b"")
            except Exception as error:
                _give(pipe, _ERROR, _packed(error))
    finally:
        os._exit(0)


def _leave_connections() -> None:
    """Let go of the inherited connections without a word to the server: they are the other process's."""
    for connection in connections.all(initialized_only=True):
        _inherited.append(connection.connection)
        connection.connection = None


def _give(pipe: Any, kind: bytes, item: bytes) -> None:
    pipe.write(_HEAD.pack(kind, len(item)))
    pipe.write(item)
    pipe.flush()


def _packed(error: Exception) -> bytes:
    try:
        packed = pickle.dumps(error)
        pickle.loads(packed)  # noqa: S301 - what was written the line before
    except Exception:
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return packed


def _taken(taking: int, beat: Callable[[], None]) -> Iterator[bytes]:
    waiting = select.poll()
    waiting.register(taking, select.POLLIN | select.POLLHUP)
    while True:
        while not waiting.poll(_PATIENCE):
            beat()
        kind, length = _HEAD.unpack(_read(taking, _HEAD.size))
        item = _read(taking, length)
        if kind == _END:
            return
        if kind == _ERROR:
            raise pickle.loads(item)  # noqa: S301 - written by our own fork
        yield item


def _read(taking: int, length: int) -> bytes:
    parts = []
    while length:
        part = os.read(taking, min(length, 2**20))
        if not part:
            raise WorkerLost("The process that works ahead was lost.")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
