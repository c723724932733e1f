"""Whom a ceremony was held for, or who stays on."""

from django import forms

from members.models import Member

CHOOSE = {"required": "Chưa chọn đoàn viên nào.", "invalid_choice": "Có đoàn viên không còn trong danh sách."}
MOST = 300


class ChosenForm(forms.Form):
    """Members ticked in the list."""

    members = forms.ModelMultipleChoiceField(
        label="Đoàn viên", queryset=Member.objects.none(), error_messages=CHOOSE
    )

    def __init__(self, *args, queue, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = queue

    def clean_members(self):
        members = self.cleaned_data["members"]
        if len(members) > MOST:
            raise forms.ValidationError(f"Mỗi lần ghi nhiều nhất {MOST} đoàn viên.")
        return members


class CeremonyForm(ChosenForm):
    held_on = forms.DateField(
        label="Ngày tổ chức",
        help_text="Ngày trước, tháng sau, ví dụ 26/03/2026.",
        widget=forms.DateInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Chưa ghi ngày tổ chức.", "invalid": "Ngày không có thật."},
    )
    decision_no = forms.CharField(label="Số quyết định", max_length=60, required=False)
