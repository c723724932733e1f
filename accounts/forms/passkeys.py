"""Adding, renaming and using a passkey: in words people use, and safe from what no key would send."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)

LABEL = "Tên khóa truy cập"
HINT = "Để sau này nhận ra khóa nào ở máy nào, ví dụ: điện thoại, máy tính cơ quan."
MAX_LENGTH = 60
# What the library raises for answers that no browser gives.
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)


def _worded(field):
    field.label, field.help_text, field.max_length = LABEL, HINT, MAX_LENGTH
    field.widget.attrs["maxlength"] = MAX_LENGTH


def _ask_for_key(form):
    """The key's answer comes by script in a hidden field; without one the page says what was not done."""
    form.fields["credential"].label = "Khóa truy cập"
    form.fields["credential"].error_messages["required"] = "máy chưa gửi khóa nào. Hãy bấm nút và thử lại."


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _worded(self.fields["name"])
        _ask_for_key(self)

    def clean_name(self):
        return super().clean_name()[:MAX_LENGTH]

    def clean(self):
        try:
            return super().clean()
        except UNREADABLE:
            raise get_adapter().validation_error("incorrect_code") from None


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _worded(self.fields["name"])

    def clean_name(self):
        return self.cleaned_data["name"][:MAX_LENGTH]


class _ReadAnswer:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_key(self)

    def clean_credential(self):
        try:
            return super().clean_credential()
        except UNREADABLE:
            raise get_adapter().validation_error("incorrect_code") from None


class UsePasskeyForm(_ReadAnswer, AuthenticateWebAuthnForm):
    pass


class ConfirmPasskeyForm(_ReadAnswer, ReauthenticateWebAuthnForm):
    pass
