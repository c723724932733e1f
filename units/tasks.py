"""Doorbells of the tree: what the calendar does to roles, and plans that wait as rows."""

from celery import shared_task
from django.utils import timezone

from units import actions


@shared_task(name="units.close_ended_roles", ignore_result=True)
def close_ended_roles(**_):
    """Every hour. A role is closed once, whoever comes first; a run that is missed only delays."""
    actions.close_ended_roles(at=timezone.now())


@shared_task(name="units.resume_plans", ignore_result=True)
def resume_plans(**_):
    """Every minute, and when somebody presses a button. The lease decides who works; twice is harmless."""
    actions.resume_plans(at=timezone.now())
