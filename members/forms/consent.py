"""Which purpose a member agrees to or takes back."""

from django import forms

from members.models import Consent


class PurposeForm(forms.Form):
    purpose = forms.ChoiceField(choices=Consent.Purpose)
