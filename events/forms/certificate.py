from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget


class CertificateSearchForm(forms.Form):
    """The check code as it stands on the paper."""

    ma = forms.CharField(
        label="Mã tra cứu",
        max_length=40,
        help_text="Dòng “Mã tra cứu” trên giấy chứng nhận, ví dụ 7K4M-93QD-2XWA.",
        error_messages={"required": "Chưa nhập mã tra cứu."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class CertificateEndForm(forms.Form):
    """Why a certificate is revoked or replaced."""

    reason = forms.CharField(
        label="Lý do",
        max_length=300,
        error_messages={"required": "Chưa nhập lý do."},
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
