"""The doorbell of what the portal does as a whole."""

from celery import shared_task
from django.utils import timezone

from portal import keeping


@shared_task(name="portal.clear_expired", ignore_result=True)
def clear_expired(**_):
    """Every night. Missing one only delays; two at once remove the same rows, which once removed are gone."""
    keeping.clear_expired(at=timezone.now())
