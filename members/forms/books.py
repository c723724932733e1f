"""Which unit's workbook somebody wants."""

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget

from units.models import Unit


class UnitBookForm(forms.Form):
    """One of the units offered."""

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label="Đơn vị",
        empty_label="Chọn đơn vị",
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = offered
