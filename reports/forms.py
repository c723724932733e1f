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
            choices=[("khi-do", "khi đó"), ("hien-nay", "hiện nay, so với năm trước")],
            initial="khi-do",
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
