from django import forms
from django.utils import timezone

from programs.forms.activity import DayInput
from programs.models import Indicator

MOST = 10**12


class FiguresForm(forms.Form):
    """One number for each indicator that the unit declares. Blank is not 0: it declares nothing."""

    day = forms.DateField(
        label="Tính đến ngày",
        help_text="Ngày trước, tháng sau, ví dụ 26/03/2026.",
        widget=DayInput,
        error_messages={"required": "Chưa ghi ngày.", "invalid": "Ngày không có thật."},
    )
    note = forms.CharField(label="Minh chứng, ghi chú", max_length=300, required=False)

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.fields["day"].initial = timezone.localdate
        for due in asked:
            self.fields[f"so-{due.indicator.pk}"] = _number_field(due)
        self.order_fields(["day", *(f"so-{due.indicator.pk}" for due in asked), "note"])

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.values():
            self.add_error(None, "Chưa nhập số liệu nào.")
        return cleaned

    def values(self):
        """The indicators for which a number was given, with the number."""
        given = [(due.indicator, self.cleaned_data.get(f"so-{due.indicator.pk}")) for due in self.asked]
        return [(indicator, value) for indicator, value in given if value is not None]


def _number_field(due):
    is_total = due.indicator.aggregation == Indicator.Aggregation.LAST
    hint = "Tổng số hiện có." if is_total else "Số tăng thêm từ lần khai trước."
    if due.latest is not None:
        value = f"{due.latest.value:,}".replace(",", ".")
        hint = f"{hint} Lần trước: {value} ({due.latest.day:%d/%m/%Y})."
    return forms.IntegerField(
        label=f"{due.indicator.name} ({due.indicator.measure})",
        required=False,
        min_value=0,
        max_value=MOST,
        help_text=hint,
        error_messages={
            "invalid": "Số liệu phải là số.",
            "min_value": "Số liệu không được nhỏ hơn 0.",
            "max_value": "Số liệu quá lớn.",
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
