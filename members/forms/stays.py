"""What is asked before a member begins or ends to take part in another unit beside their home."""

from django import forms
from django.utils import timezone
from unfold import widgets

from core.text import fold
from members.forms.transfers import NOBODY, PlaceChoice
from members.models import Affiliation, Member
from members.queries.transfers import destinations
from units.admin.choices import sane_year
from units.models import Unit

KINDS = [(kind.value, kind.label.capitalize()) for kind in Affiliation.STAYS]


class StayForm(forms.Form):
    """Where, how and for how long."""

    kind = forms.ChoiceField(label="Hình thức", choices=KINDS, widget=widgets.UnfoldAdminSelectWidget)
    unit = PlaceChoice(
        label="Sinh hoạt tại",
        queryset=Unit.objects.none(),
        empty_label="Chọn đơn vị",
        widget=widgets.UnfoldAdminSelectWidget,
        error_messages={"required": "Chưa chọn đơn vị.", "invalid_choice": "Chưa chọn đơn vị."},
    )
    starts_on = forms.DateField(
        label="Từ ngày",
        initial=timezone.localdate,
        validators=[sane_year],
        widget=widgets.UnfoldAdminDateWidget,
        error_messages={"required": "Chưa ghi ngày bắt đầu."},
    )
    ends_on = forms.DateField(
        label="Đến hết ngày",
        required=False,
        validators=[sane_year],
        widget=widgets.UnfoldAdminDateWidget,
        help_text="Sinh hoạt tạm thời cần ngày này; sinh hoạt nơi cư trú để trống nếu chưa biết.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = destinations()


class NamedStayForm(StayForm):
    """The same for a member named by code and name: of another unit, who comes to one of the person's."""

    code = forms.CharField(
        label="Mã đoàn viên",
        max_length=12,
        help_text="Ví dụ DV7K4M93QD, ghi trên thẻ và trong hồ sơ.",
        widget=widgets.UnfoldAdminTextInputWidget,
        error_messages={"required": "Chưa nhập mã đoàn viên."},
    )
    full_name = forms.CharField(
        label="Họ và tên",
        max_length=120,
        help_text="Để chắc là đúng người; có thể viết không dấu.",
        widget=widgets.UnfoldAdminTextInputWidget,
        error_messages={"required": "Chưa nhập họ và tên."},
    )
    field_order = ["code", "full_name"]

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.scope = scope

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        code, name = cleaned.pop("code").strip().upper(), cleaned.pop("full_name")
        found = Member.objects.kept().with_code(code).select_related("unit").first()
        if found is None or fold(found.full_name) != fold(name):
            self.add_error("code", NOBODY)
        elif not self.scope.covers(found.unit) and not self.scope.covers(cleaned["unit"]):
            self.add_error("unit", "Nơi sinh hoạt chính hoặc đơn vị này phải thuộc phạm vi của Anh/Chị.")
        return cleaned | {"member": found}


class EndStayForm(forms.Form):
    """Until when; earlier or later than was planned."""

    ends_on = forms.DateField(
        label="Đến hết ngày",
        initial=timezone.localdate,
        validators=[sane_year],
        widget=widgets.UnfoldAdminDateWidget,
        help_text="Ghi ngày muộn hơn để gia hạn.",
        error_messages={"required": "Chưa ghi ngày kết thúc."},
    )


class StayChoice(forms.ModelChoiceField):
    def label_from_instance(self, stay):
        return f"{stay.unit}, {stay.get_kind_display()}, từ {stay.starts_on:%d/%m/%Y}"


class EndOneStayForm(EndStayForm):
    """The same after choosing one of the member's stays."""

    stay = StayChoice(
        label="Nơi sinh hoạt",
        queryset=Affiliation.objects.none(),
        empty_label=None,
        widget=widgets.UnfoldAdminSelectWidget,
    )
    field_order = ["stay"]

    def __init__(self, *args, stays, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stay"].queryset = stays.select_related("unit").order_by("starts_on", "pk")
