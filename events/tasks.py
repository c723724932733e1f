"""Doorbells of events."""

from celery import shared_task
from django.utils import timezone

from events import actions


@shared_task(name="events.prepare_reminders", ignore_result=True)
def prepare_reminders(**_):
    """Every minute. Missing a run only delays; running twice or at once promises nothing twice."""
    actions.prepare_reminders(at=timezone.now())


@shared_task(name="events.move_waiting_lists", ignore_result=True)
def move_waiting_lists(**_):
    """Every ten seconds. Missing a run only delays; running twice or at once gives nothing twice."""
    actions.move_waiting_lists(at=timezone.now())
