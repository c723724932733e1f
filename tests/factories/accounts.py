"""People who sign in, with and without an e-mail address."""

from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.models import User
from tests.factories.members import make_member
from tests.factories.units import make_user

PASSWORD = "mat-khau-kho-doan-2026"


def make_account(email="lan@example.vn", **facts):
    """An account with a confirmed address and a password."""
    user = make_user(email=email, password=PASSWORD, **facts)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_plain_account(password=PASSWORD, **facts):
    """A member whose account has no address."""
    user = User.objects.create_user(None, password, full_name=facts.get("full_name", "Lý Thị Mai"))
    return make_member(user=user, **facts)


def sign_in(client, name, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": name, "password": password}, **more)


def is_signed_in(client) -> bool:
    """Whether the portal takes the client for somebody, asked by a request."""
    return client.get(reverse("account_email")).status_code == 200
