"""One field for every name an account can have, and the password."""

from allauth.account.forms import LoginForm
from django import forms

from core.text import tidy

LONGEST_NAME = 254


class NameField(forms.CharField):
    """What somebody signs in with: e-mail address, telephone number or member code."""

    def __init__(self, **kwargs):
        kwargs = {
            "label": "Email, số điện thoại hoặc mã đoàn viên",
            "max_length": LONGEST_NAME,
            "widget": forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
            ),
            "error_messages": {"required": "Chưa nhập email, số điện thoại hoặc mã đoàn viên."},
        } | kwargs
        super().__init__(**kwargs)

    def to_python(self, value):
        return tidy(super().to_python(value))


class SignInForm(LoginForm):
    """Allauth's form with a name of any kind in place of the address alone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hint = "Số điện thoại dùng chung với người khác thì đăng nhập bằng mã đoàn viên, in trên phiếu."
        self.fields = {"login": NameField(help_text=hint), "password": self.fields["password"]}

    def user_credentials(self):
        """What the account is looked up by; `email` also says which address has to be a confirmed one."""
        name = self.cleaned_data["login"]
        email = {"email": name} if "@" in name else {}
        return {"login": name, "password": self.cleaned_data["password"]} | email
