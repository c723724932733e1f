import re
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notifications.actions import deliver_due
from notifications.models import Message
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-kho-doan-2026"
LOGIN, SIGN_UP = reverse("account_login"), reverse("account_signup")


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def make_account(email="lan@example.vn", **facts):
    user = make_user(email=email, password=PASSWORD, **facts)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def sign_up(client, **changes):
    form = {"email": "Lan@Example.vn", "full_name": "  Hoàng  Thị Lan ", "password1": PASSWORD}
    return client.post(SIGN_UP, form | {"password2": PASSWORD} | changes)


def sign_in(client, email="lan@example.vn", password=PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def link_in_last_mail():
    return re.search(r"http://testserver(/\S+)", Message.objects.latest("pk").body).group(1)


def test_signing_up_keeps_the_full_name_and_promises_a_confirmation_mail(client):
    response = sign_up(client)

    user = User.objects.get()
    message = Message.objects.get()
    assert response.url == reverse("account_email_verification_sent")
    assert (user.email, user.full_name) == ("lan@example.vn", "Hoàng Thị Lan")
    assert (message.address, message.is_secret, message.user) == ("lan@example.vn", True, user)


def test_sign_up_needs_the_full_name(client):
    response = sign_up(client, full_name=" ")

    assert list(response.context["form"].errors) == ["full_name"]
    assert User.objects.count() == 0


def test_unconfirmed_address_cannot_sign_in_and_the_mailed_link_confirms_it(client):
    sign_up(client)
    refused = sign_in(Client())

    client.post(link_in_last_mail())
    accepted = sign_in(Client())

    assert refused.url == reverse("account_email_verification_sent")
    assert EmailAddress.objects.get().verified is True
    assert accepted.url == reverse("members:my-page")


def test_confirming_needs_a_click_not_only_the_opened_link(client):
    sign_up(client)

    response = client.get(link_in_last_mail())

    assert response.status_code == 200
    assert EmailAddress.objects.get().verified is False


def test_signing_up_with_a_taken_address_tells_only_the_mailbox(client):
    make_account()

    response = sign_up(client)

    assert response.url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert Message.objects.get().address == "lan@example.vn"


def test_wrong_password_and_unknown_address_get_the_same_sentence(client):
    make_account()

    wrong = sign_in(client, password="sai-mat-khau-2026")
    unknown = sign_in(client, email="khong-co@example.vn")

    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert wrong.status_code == 200


def test_sixth_wrong_password_is_refused_even_when_the_seventh_is_right(client):
    make_account()
    for _ in range(5):
        sign_in(client, password="sai-mat-khau-2026")

    response = sign_in(client)

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_reset_link_sets_a_new_password_and_is_wiped_from_the_outbox(client, settings):
    settings.EMAIL_BACKEND = "notifications.mailbox.MailboxBackend"
    make_account()
    client.post(reverse("account_reset_password"), {"email": "lan@example.vn"})
    link = link_in_last_mail()
    deliver_due(at=timezone.now())

    form_page = client.get(link, follow=True)
    new = "mat-khau-moi-doan-2026"
    client.post(form_page.redirect_chain[-1][0], {"password1": new, "password2": new})

    deliver_due(at=timezone.now())

    assert sign_in(Client(), password=new).url == reverse("members:my-page")
    assert sign_in(Client()).status_code == 200
    assert list(Message.objects.values_list("body", flat=True).distinct()) == [""]


def test_account_with_a_second_factor_is_asked_for_its_code(client):
    user = make_account()
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)

    asked = sign_in(client)
    signed_in_before = "_auth_user_id" in client.session
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    response = client.post(asked.url, {"code": code})

    assert asked.url == reverse("mfa_authenticate")
    assert signed_in_before is False
    assert response.url == reverse("members:my-page")


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.PROVINCE_LEADER, "reports:dashboard"),
        (Role.OFFICER, "reports:workspace"),
        (Role.BRANCH_SECRETARY, "reports:workspace"),
        (None, "members:my-page"),
    ],
)
def test_everyone_lands_where_their_work_is(client, role, page):
    user = make_account()
    if role:
        make_staff(unit=make_unit(), role=role, user=user)

    response = sign_in(client)

    assert response.url == reverse(page)


def test_role_that_has_ended_leads_to_the_members_page(client):
    user = make_account()
    make_staff(unit=make_unit(), user=user, ends_on=date(2021, 1, 1))
    make_member(user=user)

    response = sign_in(client)

    assert response.url == reverse("members:my-page")


def test_page_asked_for_comes_before_the_usual_one(client):
    make_account()

    response = client.post(LOGIN, {"login": "lan@example.vn", "password": PASSWORD, "next": "/su-kien/"})

    assert response.url == "/su-kien/"
