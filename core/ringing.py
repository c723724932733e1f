"""Ringing a worker's doorbell. What is to be done waits as a row; the bell only makes it start sooner."""

import logging
from functools import partial
from typing import Any

from celery import Task
from django.db import transaction

log = logging.getLogger(__name__)

PATIENCE = 2.0
ONE_TRY = {"max_retries": 0, "socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}


def ring(task: Task, **facts: Any) -> None:
    """Ask a worker to do the task with these plain values, once the transaction has committed.

    The broker is tried once and not waited for. A bell that nobody hears is logged and never an error:
    beat takes the row up within the minute.
    """
    transaction.on_commit(partial(_ring, task, facts))


def _ring(task: Task, facts: dict[str, Any]) -> None:
    try:
        with task.app.connection_for_write(connect_timeout=PATIENCE, transport_options=ONE_TRY) as broker:
            task.apply_async(kwargs=facts, connection=broker, retry=False)
    except Exception as failure:  # whatever the broker's client raises, the row is safe
        log.warning("%s was not rung, beat will take it up: %s", task.name, failure)
