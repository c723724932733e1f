"""What the addresses of the dashboard may ask for."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from programs.models import Indicator
from reports.queries import EVENTS, FIGURES, NOW, THEN
from units.models import Cluster, Unit

SANE = [MinValueValidator(date(1931, 3, 26)), MaxValueValidator(date(2200, 1, 1))]
WAYS = (THEN, NOW)
UNPLACED = (EVENTS, Indicator.Counter.UNITS_WITH_SQUAD)  # their lists are of whole branches only


class SourceForm(forms.Form):
    """Of which unit, between which days, of which declared indicator. Only units of the scope exist."""

    def __init__(self, *args, name, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.name = name
        self.fields["unit"] = forms.ModelChoiceField(Unit.objects.within(scope), to_field_name="code")
        self.fields["from"] = forms.DateField(input_formats=["%Y-%m-%d"], validators=SANE)
        self.fields["to"] = forms.DateField(input_formats=["%Y-%m-%d"], validators=SANE)
        declared = Indicator.objects.filter(counter="")
        self.fields["indicator"] = forms.ModelChoiceField(
            declared, to_field_name="code", required=name == FIGURES
        )
        at = Unit.objects.within(scope)  # those that have ended, too
        self.fields["at"] = forms.ModelChoiceField(at, to_field_name="code", required=False)
        self.fields["way"] = forms.ChoiceField(choices=[(way, way) for way in WAYS], required=False)

    def clean(self):
        said = super().clean()
        at, unit = said.get("at"), said.get("unit")
        is_below = not at or (unit and at.path.startswith(unit.path))
        if at and (not is_below or self.name in UNPLACED):
            self.add_error("at", "Không có đơn vị này.")
        return said


class DashboardForm(forms.Form):
    """Which unit of the scope the dashboard shows; all else in the address has a default."""

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["don-vi"] = forms.ModelChoiceField(
            Unit.objects.active().within(scope), to_field_name="code", required=False
        )


class OverTimeForm(forms.Form):
    """Which indicator, between which days, told by the units of then or by those of now."""

    def __init__(self, *args, scope, today, **kwargs):
        super().__init__(*args, **kwargs)
        indicators = Indicator.objects.order_by("place", "pk")
        self.fields["chi-tieu"] = forms.ModelChoiceField(
            indicators,
            to_field_name="code",
            label="Chỉ tiêu",
            empty_label=None,
            error_messages={"invalid_choice": "Không có chỉ tiêu này.", "required": "Chưa chọn chỉ tiêu."},
        )
        year = {"tu": today.replace(month=1, day=1), "den": today}
        for name, label in (("tu", "Từ ngày"), ("den", "Đến hết ngày")):
            self.fields[name] = forms.DateField(
                label=label,
                initial=year[name],
                validators=SANE,
                error_messages={"required": f"Chưa ghi {label.lower()}."},
            )
        self.fields["cach"] = forms.ChoiceField(
            label="Theo đơn vị",
            choices=[(THEN, "khi đó"), (NOW, "hiện nay, so với năm trước")],
            initial=THEN,
        )
        clusters = Cluster.objects.within(scope).order_by("-year", "name", "pk")
        if clusters.exists():
            self.fields["cum"] = forms.ModelChoiceField(
                clusters, label="Trong cụm", required=False, empty_label="Mọi đơn vị, không xếp hạng"
            )
        self.fields["don-vi"] = forms.ModelChoiceField(
            Unit.objects.active().within(scope),
            to_field_name="code",
            required=False,
            widget=forms.HiddenInput,
        )

    def clean(self):
        said = super().clean()
        if said.get("tu") and said.get("den") and said["tu"] > said["den"]:
            self.add_error("den", "Ngày kết thúc phải từ ngày bắt đầu trở đi.")
        return said
