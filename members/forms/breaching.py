"""What the register of incidents asks for."""

from django import forms
from unfold import widgets

from members.models import DataBreach
from units.models import Unit


class BreachForm(forms.Form):
    unit = forms.ModelChoiceField(
        label="Nơi xảy ra",
        queryset=Unit.objects.none(),
        empty_label="Chọn đơn vị",
        widget=widgets.UnfoldAdminSelectWidget,
    )
    title = forms.CharField(label="Sự cố", max_length=160, widget=widgets.UnfoldAdminTextInputWidget)
    detected_at = forms.DateTimeField(
        label="Phát hiện lúc",
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Ngày rồi giờ, ví dụ 23/11/2026 08:30.",
        error_messages={"invalid": "Chưa đúng ngày giờ, ví dụ 23/11/2026 08:30."},
    )
    description = forms.CharField(
        label="Diễn biến",
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text="Không ghi tên hay số của người bị ảnh hưởng.",
    )
    data_kinds = forms.CharField(
        label="Loại dữ liệu",
        max_length=300,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Ví dụ: họ tên, ngày sinh, số điện thoại.",
    )
    affected_count = forms.IntegerField(
        label="Số người bị ảnh hưởng (ước tính)",
        required=False,
        min_value=0,
        max_value=2_000_000,
        widget=widgets.UnfoldAdminIntegerFieldWidget,
    )
    may_harm = forms.BooleanField(
        label="Có thể gây hại cho người có dữ liệu",
        required=False,
        initial=True,
        widget=widgets.UnfoldBooleanSwitchWidget,
        help_text=DataBreach._meta.get_field("may_harm").help_text,
    )
    measures = forms.CharField(
        label="Biện pháp đã làm",
        required=False,
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.active().within(scope).exclude(kind=Unit.Kind.BRANCH).order_by("path")
        self.fields["unit"].queryset = units


class NoticeForm(forms.Form):
    notice_no = forms.CharField(
        label="Số văn bản thông báo",
        max_length=60,
        widget=widgets.UnfoldAdminTextInputWidget,
        error_messages={"required": "Chưa nhập số văn bản."},
    )


class CloseForm(forms.Form):
    measures = forms.CharField(
        label="Biện pháp đã làm",
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        error_messages={"required": "Chưa ghi biện pháp đã làm."},
    )
