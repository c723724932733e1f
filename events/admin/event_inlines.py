from events.models import EventPart, SeatQuota, Session, Venue
from units.admin import ScopedTabularInline


class SessionInline(ScopedTabularInline):
    model = Session
    fields = ["title", "starts_at", "ends_at"]
    ordering = ["starts_at", "pk"]
    tab = True


class EventPartInline(ScopedTabularInline):
    model = EventPart
    fields = ["starts_at", "title", "kind", "speaker"]
    ordering = ["starts_at", "pk"]
    tab = True


class SeatQuotaInline(ScopedTabularInline):
    model = SeatQuota
    fields = ["unit", "seats"]
    autocomplete_fields = ["unit"]
    ordering = ["unit__path", "pk"]
    tab = True


class VenueInline(ScopedTabularInline):
    model = Venue
    fields = ["unit", "place", "person_in_charge", "is_central", "expected_count", "present_count", "note"]
    autocomplete_fields = ["unit"]
    ordering = ["unit__path", "pk"]
    tab = True
