"""Doorbells of the outbox."""

from celery import shared_task
from django.utils import timezone

from notifications import actions

RUN_LIMIT = 500  # so that a flood of messages leaves the workers room for other tasks


@shared_task(name="notifications.deliver_due_messages", ignore_result=True)
def deliver_due_messages(**_):
    """Every ten seconds. Missing a run only delays; running twice or at once sends nothing twice."""
    actions.deliver_due(at=timezone.now(), limit=RUN_LIMIT)
