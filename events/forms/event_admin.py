from django import forms

from events.models import Event


class EventAdminForm(forms.ModelForm):
    """The plain facts of an event."""

    class Meta:
        model = Event
        fields = [
            "title",
            "kind",
            "mode",
            "host",
            "program",
            "campaign",
            "theme",
            "description",
            "starts_at",
            "ends_at",
            "doors_at",
            "place",
            "place_note",
            "opens_at",
            "closes_at",
            "capacity",
            "offer_hours",
            "shares_until",
            "gives_certificate",
            "pass_percent",
        ]
