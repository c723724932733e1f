"""Doorbells for roster imports: the work itself waits as a row."""

from celery import shared_task
from django.utils import timezone

from members import actions


@shared_task(name="members.work_on_import", ignore_result=True)
def work_on_import(*, roster_import_id):
    """Rung when a file is uploaded or somebody presses apply or undo. Twice or late changes nothing."""
    actions.work_on_import(roster_import_id=roster_import_id)


@shared_task(name="members.purge_rosters", ignore_result=True)
def purge_rosters(**_):
    """Every night. Whatever a run leaves undone the next one does; two at once blank the same lines twice."""
    actions.purge_rosters(at=timezone.now())


@shared_task(name="members.resume_roster_imports", ignore_result=True)
def resume_roster_imports(**_):
    """Every minute. Takes up what a killed worker left; running twice is harmless, the lease decides."""
    actions.resume_imports(at=timezone.now())
