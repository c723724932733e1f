"""Where one waiting squad or club goes, or with which day and why it ends."""

from django import forms

from core.rows import LONGEST_REASON


class AssignGroupForm(forms.Form):
    """One of the units that came out of the divided one, as far as the person may choose them."""

    unit = forms.ChoiceField(
        label="Về đơn vị",
        widget=forms.Select(attrs={"class": "roster-input"}),
        error_messages={"required": "Chưa chọn đơn vị.", "invalid_choice": "Không có đơn vị này."},
    )

    def __init__(self, *args, group, homes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget.attrs["aria-label"] = f"Về đơn vị, {group}"
        self.homes = {str(home.pk): home for home in homes}
        titles = [(key, home.title) for key, home in self.homes.items()]
        self.fields["unit"].choices = [("", "Chọn đơn vị"), *titles]

    def clean_unit(self):
        return self.homes[self.cleaned_data["unit"]]


class EndGroupForm(forms.Form):
    """The last day, and the reason, which stands in the history of the squad or club."""

    ends_on = forms.DateField(
        label="Ngày kết thúc",
        widget=forms.TextInput(attrs={"class": "roster-input", "placeholder": "dd/mm/yyyy"}),
        error_messages={"required": "Chưa ghi ngày kết thúc.", "invalid": "Ngày không có thật."},
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "roster-input"}),
        error_messages={"required": "Chưa ghi lý do kết thúc."},
    )
