"""What is asked before the portal is looked at as another person sees it."""

from django import forms

from core.text import tidy


class VisitForm(forms.Form):
    reason = forms.CharField(
        label="Lý do",
        min_length=10,
        max_length=200,
        help_text="Chủ tài khoản đọc được câu này. Ví dụ: anh Tùng báo không thấy nút điểm danh.",
        error_messages={
            "required": "Chưa nhập lý do.",
            "min_length": "Lý do cần ít nhất 10 chữ cái, để chủ tài khoản hiểu vì sao.",
        },
    )

    def clean_reason(self):
        return tidy(self.cleaned_data["reason"])
