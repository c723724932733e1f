"""Reads of events, shaped for a page or a report."""

from events.queries.attached import attached_to
from events.queries.event_list import EventRow, EventRows, event_rows, open_rows
from events.queries.event_page import EventPage, event_page
from events.queries.nominating import NominationPage, nomination_page
from events.queries.people import unreminded
from events.queries.registrations import waiting_place
from events.queries.waiting_list import why_waiting

__all__ = [
    "EventPage",
    "EventRow",
    "EventRows",
    "NominationPage",
    "attached_to",
    "event_page",
    "event_rows",
    "nomination_page",
    "open_rows",
    "unreminded",
    "waiting_place",
    "why_waiting",
]
