"""What signing up asks for beyond an address and a password."""

from django import forms

from core.text import tidy


class FullNameForm(forms.Form):
    full_name = forms.CharField(
        label="Họ và tên", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def clean_full_name(self):
        return tidy(self.cleaned_data["full_name"])

    def signup(self, request, user):
        """Allauth calls this after the account is made; the name is kept by the adapter."""
