"""How the portal bends allauth: the full name, the way in after signing in, mails through the outbox.

It lives at the top because it knows the outbox, the roles and the pages.
"""

from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from notifications.actions import enqueue_text
from units.queries import roles_of
from units.roles import Role


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
