"""How the portal bends allauth: names to sign in with, the way in after it, mails through the outbox.

It lives at the top because it knows the outbox, the roles and the pages.
"""

from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.urls import reverse

from core.crypto import decrypt_text, encrypt_text
from members.access import account_named
from notifications.actions import enqueue_text
from units.queries import events_since, roles_of
from units.roles import Role

LIMITS = "allauth.account"  # the settings that hold the rates


def first_page_of(user) -> str:
    """Where a person lands who was not going anywhere: a leader at the numbers, staff at their tasks."""
    roles = {held.role for held in roles_of(user)}
    if Role.PROVINCE_LEADER in roles:
        return reverse("reports:dashboard")
    if roles:
        return reverse("reports:workspace")
    return reverse("members:my-page")


class AccountAdapter(DefaultAccountAdapter):
    """The portal's answers to what allauth asks."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Tên đăng nhập hoặc mật khẩu không đúng. Hãy xem lại rồi nhập lại.",
    }

    def get_login_stages(self):
        own = {"allauth.account.stages.EmailVerificationStage": "portal.signing_in.AddressStage"}
        return [own.get(stage, stage) for stage in super().get_login_stages()]

    def pre_login(self, request, user, **kwargs):
        """Who comes back is told what others did to the account since the last time."""
        response = super().pre_login(request, user, **kwargs)
        if response is None and user.last_login:
            for sentence in events_since(user, user.last_login):
                messages.warning(request, sentence)
        return response

    def reauthenticate(self, user, password):
        found = self.authenticate(context.request, account=user.pk, password=password)
        return found is not None and found.pk == user.pk

    def pre_authenticate(self, request, **credentials):
        """Beside the count from this address one of the account from everywhere: whoever guesses has many."""
        super().pre_authenticate(request, **credentials)
        anywhere = self._count_anywhere(request, **credentials)
        if anywhere is None:
            self._login_failed_rl_usage.rollback()
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += anywhere.usage

    def _count_anywhere(self, request, **credentials):
        name = self._name_counted(**credentials)
        return ratelimit.consume(request, app=LIMITS, action="login_failed_anywhere", key=name)

    def _get_login_attempts_cache_key(self, request, **credentials):
        return f"{self._name_counted(**credentials)}@{ratelimit.get_ip(request)}"

    def _name_counted(self, **credentials):
        """Wrong passwords are counted by account, whichever of its names was typed; else by the name."""
        name = credentials.get("login") or credentials.get("email") or ""
        account = credentials.get("account")
        if account is None and (user := account_named(name)):
            account = user.pk
        return f"account:{account}" if account else f"name:{name.lower()}"

    def forget_wrong_passwords(self, request, user):
        """After a reset the new password may be tried at once."""
        self._delete_login_attempts_cached_email(request, account=user.pk)

    def _delete_login_attempts_cached_email(self, request, **credentials):
        super()._delete_login_attempts_cached_email(request, **credentials)
        name = self._name_counted(**credentials)
        ratelimit.clear(request, app=LIMITS, action="login_failed_anywhere", key=name)

    def save_user(self, request, user, form, commit=True):
        user.full_name = form.cleaned_data.get("full_name", "")
        return super().save_user(request, user, form, commit=commit)

    def get_login_redirect_url(self, request):
        return first_page_of(request.user)

    def send_mail(self, template_prefix, email, context):
        """Promise the mail instead of sending it: signing up works while the mail server does not.

        The links and codes in it open an account, so the words are wiped once it is sent.
        """
        site = {"name": settings.OFFICE_NAME, "domain": urlsplit(settings.SITE_URL).netloc}
        known = {"email": email, "request": self.request, "current_site": site}
        mail = self.render_mail(template_prefix, email, known | context)
        enqueue_text(
            key=f"account:{uuid4()}",
            address=email,
            subject=mail.subject,
            body=mail.body,
            user=context.get("user"),
            is_secret=True,
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """The portal's name and words for second factors, and its keys over their secrets."""

    def generate_authenticator_name(self, user, type):  # noqa: A002
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Khóa {count + 1}"

    def encrypt(self, text):
        return encrypt_text(text)

    def decrypt(self, encrypted_text):
        return decrypt_text(encrypted_text)

    def _get_site_name(self):
        return settings.OFFICE_NAME
