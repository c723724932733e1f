"""Work done ahead in a fork: in order, errors included, and with its end."""

import os
import signal
import time

import pytest
from django.db import connection

from core import ahead as module
from core.ahead import WorkerLost, ahead
from core.errors import DomainError


def quiet():
    """A beat that says nothing."""


def taken(items, *, beat=quiet):
    return list(ahead(items, beat=beat))


def test_items_come_in_their_order_whatever_their_size():
    sizes = [0, 1, 70_000, 3_000_000, 5]

    assert [len(item) for item in taken(lambda: (b"x" * size for size in sizes))] == sizes


def test_they_are_made_in_another_process():
    assert taken(lambda: iter([str(os.getpid()).encode()])) != [str(os.getpid()).encode()]


def test_an_error_there_is_raised_here_after_what_came_before():
    def broken():
        yield b"one"
        raise DomainError("Có một dòng hỏng.")

    items = ahead(broken, beat=quiet)

    assert next(items) == b"one"
    with pytest.raises(DomainError, match="Có một dòng hỏng"):
        next(items)


def test_an_error_that_cannot_travel_is_told():
    class Stays(Exception):
        pass

    def broken():
        raise Stays("here")
        yield b""

    with pytest.raises(RuntimeError, match="Stays: here"):
        taken(broken)


def test_a_killed_worker_is_noticed():
    def dying():
        yield b"one"
        os.kill(os.getpid(), signal.SIGKILL)
        yield b"two"

    with pytest.raises(WorkerLost):
        taken(dying)


def test_whoever_waits_long_is_asked_to_beat(monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 10)
    beats = []

    def slow():
        time.sleep(0.1)
        yield b"late"

    assert taken(slow, beat=lambda: beats.append(1)) == [b"late"]
    assert len(beats) >= 3


def test_it_ends_with_the_one_who_takes():
    items = ahead(lambda: iter(lambda: str(os.getpid()).encode(), b""), beat=quiet)
    worker = int(next(items))

    items.close()

    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_it_has_a_connection_of_its_own():
    def backend():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]

    here = backend()

    assert taken(lambda: iter([str(backend()).encode()])) != [str(here).encode()]
    assert backend() == here
