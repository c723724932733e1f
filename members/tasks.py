"""Doorbells for roster imports and duplicate scans: the work itself waits as a row."""

from celery import shared_task
from django.utils import timezone

from members import actions


@shared_task(name="members.work_on_import", ignore_result=True)
def work_on_import(*, roster_import_id):
    """Rung when a file is uploaded or somebody presses apply or undo. Twice or late changes nothing."""
    if actions.work_on_import(roster_import_id=roster_import_id):
        actions.tidy_after(roster_import_id=roster_import_id)


@shared_task(name="members.purge_rosters", ignore_result=True)
def purge_rosters(**_):
    """Every night. Whatever a run leaves undone the next one does; two at once blank the same lines twice."""
    actions.purge_rosters(at=timezone.now())


@shared_task(name="members.resume_roster_imports", ignore_result=True)
def resume_roster_imports(**_):
    """Every minute. Takes up what a killed worker left; running twice is harmless, the lease decides."""
    actions.resume_imports(at=timezone.now())


@shared_task(name="members.expire_transfers", ignore_result=True)
def expire_transfers(**_):
    """Every night. Missing a night only delays; of two at once the second finds the transfers ended."""
    actions.expire_transfers(at=timezone.now())


@shared_task(name="members.reduce_alumni", ignore_result=True)
def reduce_alumni(**_):
    """Every night, some hundreds; what a run leaves the next one does. Reducing twice forgets the same."""
    actions.reduce_alumni(at=timezone.now())


@shared_task(name="members.announce_due", ignore_result=True)
def announce_due(**_):
    """Every morning. Missing one only delays; what was told once is not told again."""
    now = timezone.now()
    actions.remind_of_requests(at=now)
    actions.announce_terms(at=now)


@shared_task(name="members.scan_duplicates", ignore_result=True)
def scan_duplicates(**_):
    """Every night. A scan that is under way is not asked for again; missing a night only delays."""
    scan = actions.ask_duplicate_scan(by=None)
    actions.work_on_duplicate_scan(scan_id=scan.pk)


@shared_task(name="members.resume_duplicate_scans", ignore_result=True)
def resume_duplicate_scans(**_):
    """Every minute, and when somebody presses the button. The lease decides who works; twice is harmless."""
    actions.resume_duplicate_scans(at=timezone.now())
