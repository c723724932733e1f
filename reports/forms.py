"""What the addresses of the dashboard may ask for."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from programs.models import Indicator
from reports.queries import FIGURES
from units.models import Unit

SANE = [MinValueValidator(date(1931, 3, 26)), MaxValueValidator(date(2200, 1, 1))]


class SourceForm(forms.Form):
    """Of which unit, between which days, of which declared indicator. Only units of the scope exist."""

    def __init__(self, *args, name, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ModelChoiceField(Unit.objects.within(scope), to_field_name="code")
        self.fields["from"] = forms.DateField(input_formats=["%Y-%m-%d"], validators=SANE)
        self.fields["to"] = forms.DateField(input_formats=["%Y-%m-%d"], validators=SANE)
        declared = Indicator.objects.filter(counter="")
        self.fields["indicator"] = forms.ModelChoiceField(
            declared, to_field_name="code", required=name == FIGURES
        )


class DashboardForm(forms.Form):
    """Which unit of the scope the dashboard shows; all else in the address has a default."""

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["don-vi"] = forms.ModelChoiceField(
            Unit.objects.active().within(scope), to_field_name="code", required=False
        )
