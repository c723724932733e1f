"""The bell rings after the commit, once, and a broker that does not answer harms nobody."""

import socket

import pytest
from celery import Celery
from django.db import transaction

from core import ringing
from core.ringing import ring

FACTS = {"roster_import_id": 7}


def task_of(broker_url):
    app = Celery("bells", broker=broker_url, set_as_current=False)

    @app.task(name="bells.work")
    def work(**_):
        """Nothing: only its bell is heard."""

    return work


def heard(task):
    """The values of every bell that lies in the broker."""
    with task.app.connection_for_read() as broker:
        queue = broker.SimpleQueue("celery")
        rung = []
        while len(queue):
            message = queue.get_nowait()
            message.ack()
            rung.append(message.payload[1])
        return rung


@pytest.fixture
def refusing_port():
    """A port of this machine on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def silent_port():
    """A port that takes connections and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.django_db
def test_the_bell_rings_only_after_the_commit(django_capture_on_commit_callbacks):
    task = task_of("memory://bells")

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        ring(task, **FACTS)
        before = heard(task)

    assert (before, heard(task)) == ([], [FACTS])


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_does_not_ring():
    task = task_of("memory://bells")

    with transaction.atomic():
        ring(task, **FACTS)
        transaction.set_rollback(True)

    assert heard(task) == []


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_refuses_is_logged_and_raises_nothing(refusing_port, caplog):
    ring(task_of(f"redis://127.0.0.1:{refusing_port}/0"), **FACTS)

    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "bells.work was not rung, beat will take it up" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_never_answers_is_given_up(silent_port, caplog, monkeypatch):
    monkeypatch.setitem(ringing.ONE_TRY, "socket_timeout", 0.1)

    ring(task_of(f"redis://127.0.0.1:{silent_port}/0"), **FACTS)

    assert "bells.work was not rung" in caplog.text
