"""Getting an account and a new password by paper."""

from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField, SetPasswordField
from django import forms

from accounts.forms.signing_in import NameField
from accounts.models import User
from core.codes import looks_like_code, typed_code
from core.text import fold
from members.forms.claiming import ClaimForm
from units.actions.resetting import CODE_LENGTH

MISMATCH = "Hai lần nhập mật khẩu phải giống nhau."


class PasswordPair(forms.Form):
    """A new password, typed twice and strong enough."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"] = SetPasswordField(label="Mật khẩu mới")
        self.fields["password2"] = PasswordField(label="Nhập lại mật khẩu", autocomplete="new-password")
        for name in ("password1", "password2"):
            self.fields[name].error_messages["required"] = "Chưa nhập mật khẩu."

    def clean_password1(self):
        owner = User(full_name=self.cleaned_data.get("full_name") or "")
        return get_adapter().clean_password(self.cleaned_data["password1"], user=owner)

    def clean(self):
        cleaned = super().clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", MISMATCH)
        return cleaned


class ActivateForm(PasswordPair, ClaimForm):
    """The code of the sheet, who one is, and a password for the new account."""


class UseSlipForm(PasswordPair):
    login = NameField()
    code = forms.CharField(
        label="Mã trên phiếu",
        max_length=20,
        help_text="8 chữ và số. Không phân biệt chữ hoa, chữ thường.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        error_messages={"required": "Chưa nhập mã."},
    )

    def clean_code(self):
        code = typed_code(self.cleaned_data["code"])
        if not looks_like_code(code, CODE_LENGTH):
            raise forms.ValidationError("Mã gồm đúng 8 chữ và số, ví dụ K7M2-9QXD.")
        return code

    @property
    def told(self):
        """The name of the account, the code and the new password."""
        return tuple(self.cleaned_data[name] for name in ("login", "code", "password1"))


class IssueForm(forms.Form):
    """Whether the slip takes the second factor away too, asked only where there is one."""

    clears_second_factor = forms.BooleanField(
        label="Gỡ cả xác thực hai lớp (người này đã mất điện thoại hoặc khóa truy cập)",
        required=False,
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        if not person.authenticator_set.exists():
            del self.fields["clears_second_factor"]


class AccountFilter(forms.Form):
    """Which members with an account the page lists."""

    q = forms.CharField(label="Họ và tên", required=False, max_length=120)

    def narrow(self, members):
        """The members left by the filter."""
        text = self.cleaned_data["q"] if self.is_valid() else ""
        return members.filter(search_name__contains=fold(text)) if text else members
