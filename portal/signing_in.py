"""Whose account a name is, and whether the password is its own.

It lives at the top because a name may be that of a member record.
"""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage

from accounts.models import User
from members.access import account_named


class SigningInBackend(AuthenticationBackend):
    """Signs in by `login`, a name of any kind, or by `account`, the key of an account known already.

    Whatever the name, one password is worked out: the answer takes as long for names that nobody has.
    """

    def _authenticate(self, request, **credentials):
        if account := credentials.get("account"):
            return self._check_password(User.objects.filter(pk=account).first(), credentials["password"])
        if login := credentials.get("login"):
            return self._check_password(account_named(login), credentials["password"])
        return super()._authenticate(request, **credentials)


class AddressStage(EmailVerificationStage):
    """Wants a confirmed address of those who sign up or sign in with one, and of nobody else."""

    def handle(self):
        return super().handle() if self._wants_address() else (None, True)

    def _wants_address(self):
        """Also of nobody: signing up with a taken address looks as if a mail had gone out."""
        login = self.login
        if login.user is None:
            return True
        has_one = EmailAddress.objects.filter(user=login.user).exists()
        return has_one and bool(login.email or login.signup)
