"""Doorbells of events."""

from celery import shared_task
from django.utils import timezone

from events import actions


@shared_task(name="events.prepare_reminders", ignore_result=True)
def prepare_reminders(**_):
    """Every minute. Missing a run only delays; running twice or at once promises nothing twice."""
    actions.prepare_reminders(at=timezone.now())
