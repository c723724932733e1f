"""One field takes every name an account has; whoever shares a telephone is not taken for the other."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD, is_signed_in, make_account, make_plain_account, sign_in
from tests.factories.duplicates import make_merge
from tests.factories.members import make_member
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
MISMATCH = ["Tên đăng nhập hoặc mật khẩu không đúng. Hãy xem lại rồi nhập lại."]


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


class CountingHasher(MD5PasswordHasher):
    """The quick hasher of the tests, which counts how often a password is worked out."""

    worked_out = 0

    def encode(self, password, salt):
        type(self).worked_out += 1
        return super().encode(password, salt)


def signed_in_as(client):
    return User.objects.get(pk=client.session["_auth_user_id"])


@pytest.mark.parametrize("typed", ["0912 345 678", "+84912345678", "912345678"])
def test_a_telephone_number_signs_in(client, typed):
    member = make_plain_account(phone="+84912345678")

    response = sign_in(client, typed)

    assert response.url == reverse("members:my-page")
    assert signed_in_as(client) == member.user


def test_the_code_of_the_member_signs_in_however_it_is_typed(client):
    member = make_plain_account()

    sign_in(client, f" {member.code[:2].lower()} {member.code[2:6].lower()}-{member.code[6:]}")

    assert signed_in_as(client) == member.user


def test_an_account_with_an_address_signs_in_by_any_of_its_names():
    member = make_member(user=make_account(), phone="+84912345678")
    clients = {name: Client() for name in ("LAN@example.vn", "0912345678", member.code)}

    for name, client in clients.items():
        sign_in(client, name)

    assert {signed_in_as(client) for client in clients.values()} == {member.user}


def test_a_shared_telephone_signs_in_nobody_and_the_codes_still_do():
    first = make_plain_account(phone="+84912345678", password="mat-khau-cua-anh-2026")
    second = make_plain_account(phone="+84912345678", password="mat-khau-cua-em-2026")
    by_phone, by_code = Client(), Client()

    refused = sign_in(by_phone, "0912345678", "mat-khau-cua-em-2026")
    sign_in(by_code, second.code, "mat-khau-cua-em-2026")

    assert refused.context["form"].non_field_errors() == MISMATCH
    assert not is_signed_in(by_phone)
    assert signed_in_as(by_code) == second.user != first.user


def test_a_telephone_shared_with_somebody_without_an_account_is_that_of_the_account(client):
    make_member(phone="+84912345678")
    member = make_plain_account(phone="+84912345678")

    sign_in(client, "0912345678")

    assert signed_in_as(client) == member.user


def test_the_second_telephone_of_a_record_is_no_name(client):
    make_plain_account(phone_other="+84912345678")

    sign_in(client, "0912345678")

    assert not is_signed_in(client)


@pytest.mark.parametrize("name", ["0912345678", "DV23456789", "khong-co@example.vn", "gì đó", "lan"])
def test_an_unknown_name_gets_the_same_answer_and_costs_one_password_like_a_wrong_one(client, settings, name):
    settings.PASSWORD_HASHERS = ["tests.accounts.test_names.CountingHasher"]
    member = make_plain_account()

    costs, answers = [], []
    for tried in (name, member.code):
        before = CountingHasher.worked_out
        response = sign_in(client, tried, "sai-mat-khau-2026")
        costs.append(CountingHasher.worked_out - before)
        answers.append(response.context["form"].non_field_errors())

    assert costs == [1, 1]
    assert answers == [MISMATCH, MISMATCH]


def test_a_locked_account_does_not_open(client):
    member = make_plain_account()
    User.objects.filter(pk=member.user.pk).update(is_active=False)

    response = sign_in(client, member.code)

    assert response.url == reverse("account_inactive")
    assert not is_signed_in(client)


def test_the_form_says_what_is_missing_in_vietnamese(client):
    response = client.post(reverse("account_login"), {})

    assert response.context["form"].errors == {
        "login": ["Chưa nhập email, số điện thoại hoặc mã đoàn viên."],
        "password": ["Chưa nhập ô này."],
    }


def test_an_account_without_address_confirms_itself_by_its_password(client):
    member = make_plain_account()
    sign_in(client, member.code)
    asked = client.get(reverse("mfa_activate_totp"))

    wrong = client.post(reverse("account_reauthenticate"), {"password": "sai-mat-khau-2026"})
    right = client.post(
        reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("mfa_activate_totp")}
    )

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert wrong.context["form"].errors
    assert right.url == reverse("mfa_activate_totp")


def test_the_code_of_a_merged_record_still_signs_in(client):
    member = make_plain_account(unit=make_unit())
    other = make_member(unit=member.unit)
    old_code = other.code
    make_merge(keep=member, other=other)

    sign_in(client, old_code)

    assert signed_in_as(client) == member.user
