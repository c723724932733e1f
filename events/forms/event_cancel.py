from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget


class EventCancelForm(forms.Form):
    reason = forms.CharField(
        label="Lý do hủy",
        max_length=300,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Mọi người đã đăng ký sẽ đọc lý do này trong email.",
    )
