"""The Celery application and everything that happens by the clock."""

import os

from celery import Celery
from celery.schedules import crontab

from portal.env import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # Sends every message whose moment has come; often, for people wait for their codes.
    "notifications.deliver_due_messages": {
        "task": "notifications.deliver_due_messages",
        "schedule": env.int("MESSAGE_PERIOD_SECONDS", 10),
        "options": {"expires": 9},
    },
    # Passes on seats that nobody took in time, and opens shares whose term is over.
    "events.move_waiting_lists": {
        "task": "events.move_waiting_lists",
        "schedule": env.int("MESSAGE_PERIOD_SECONDS", 10),
        "options": {"expires": 9},
    },
    # Writes the reminders that have become due to write.
    "events.prepare_reminders": {
        "task": "events.prepare_reminders",
        "schedule": crontab(),
        "options": {"expires": 55},
    },
    # Signs out the holders of roles whose last day is over, soon after midnight and again every hour.
    "units.close_ended_roles": {
        "task": "units.close_ended_roles",
        "schedule": crontab(minute=2),
        "options": {"expires": 50 * 60},
    },
    # Takes up roster imports a killed worker left in the middle.
    "members.resume_roster_imports": {
        "task": "members.resume_roster_imports",
        "schedule": crontab(),
        "options": {"expires": 55},
    },
    # Carries out restructuring plans whose day has come, and takes up those a killed worker left.
    "units.resume_plans": {
        "task": "units.resume_plans",
        "schedule": crontab(),
        "options": {"expires": 55},
    },
    # Deletes the files and raw cells of imports that ended long enough ago, at night.
    "members.purge_rosters": {
        "task": "members.purge_rosters",
        "schedule": crontab(hour=2, minute=15),
        "options": {"expires": 60 * 60 * 12},
    },
    # Lets go of what was kept long enough, table by table, see portal/keeping.py.
    "portal.clear_expired": {
        "task": "portal.clear_expired",
        "schedule": crontab(hour=3, minute=0),
        "options": {"expires": 60 * 60 * 12},
    },
    # Forgets of alumni, a year after their ceremony, what nobody needs any more.
    "members.reduce_alumni": {
        "task": "members.reduce_alumni",
        "schedule": crontab(hour=0, minute=50),
        "options": {"expires": 60 * 60 * 12},
    },
    # Ends transfers that nobody answered for weeks, and tells the members.
    "members.expire_transfers": {
        "task": "members.expire_transfers",
        "schedule": crontab(hour=0, minute=40),
        "options": {"expires": 60 * 60 * 12},
    },
    # Tells staff of terms of posts and of requests about data that run out.
    "members.announce_due": {
        "task": "members.announce_due",
        "schedule": crontab(hour=6, minute=30),
        "options": {"expires": 60 * 60 * 12},
    },
    # Looks through all members for records that may be one person, while nobody works.
    "members.scan_duplicates": {
        "task": "members.scan_duplicates",
        "schedule": crontab(hour=1, minute=30),
        "options": {"expires": 6 * 3600},
    },
    # Takes up a scan that somebody asked for, or that a killed worker left.
    "members.resume_duplicate_scans": {
        "task": "members.resume_duplicate_scans",
        "schedule": crontab(),
        "options": {"expires": 55},
    },
}
