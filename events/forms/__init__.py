"""Shapes of what people may send to events."""

from events.forms.event_admin import EventAdminForm
from events.forms.event_cancel import EventCancelForm
from events.forms.event_copy import EventCopyForm
from events.forms.event_filter import EventFilterForm

__all__ = ["EventAdminForm", "EventCancelForm", "EventCopyForm", "EventFilterForm"]
