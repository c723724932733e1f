from django import forms

from events.models import Event


class EventAdminForm(forms.ModelForm):
    """The plain facts of an event. `refusal` is what the action said the first time, if it did."""

    refusal = ""

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
            "gives_certificate",
            "pass_percent",
        ]

    def clean(self):
        cleaned = super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned
