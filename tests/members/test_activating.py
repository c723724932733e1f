"""A member without e-mail gets an account by the code their branch printed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.codes import grouped
from core.models import AuditEntry
from members import actions
from members.models import ClaimCode
from tests.factories.accounts import PASSWORD, is_signed_in, sign_in
from tests.factories.claims import NAME, WRONG, make_record, printed_code
from tests.factories.units import make_staff, make_unit

pytestmark = pytest.mark.django_db
ACTIVATE, PRINT = reverse("members:activate"), reverse("members:claim-slips-print")


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def activate(client, code, **changes):
    form = {"code": code, "full_name": NAME, "password1": PASSWORD, "password2": PASSWORD}
    return client.post(ACTIVATE, form | changes)


def problems(response):
    return response.context["problems"]


def test_the_sheet_of_the_branch_leads_to_an_account_and_back_in_by_phone_and_code(client):
    branch = make_unit(parent=make_unit())
    member = make_record(email="", unit=branch, phone="+84912345678")
    client.force_login(make_staff(unit=branch))
    [slip] = client.post(PRINT, {"members": [member.pk]}).context["slips"]

    owner = Client()
    response = activate(owner, slip.shown_code, full_name="nguyen thi huong", consent_activities="on")

    member.refresh_from_db()
    by_phone, by_code = Client(), Client()
    sign_in(by_phone, "0912345678")
    sign_in(by_code, member.code)
    assert response.url == reverse("members:my-page")
    assert (member.user.email, member.user.full_name) == (None, NAME)
    assert [is_signed_in(one) for one in (owner, by_phone, by_code)] == [True, True, True]
    assert member.code in owner.get(reverse("members:my-page")).text
    assert list(member.consents.values_list("purpose", flat=True)) == ["activities"]
    assert "account.activated" in AuditEntry.objects.values_list("verb", flat=True)


def test_the_sheet_shows_the_member_code_and_where_to_activate(client):
    branch = make_unit(parent=make_unit())
    member = make_record(email="", unit=branch)
    client.force_login(make_staff(unit=branch))

    response = client.post(PRINT, {"members": [member.pk]})

    assert member.code in response.text
    assert ACTIVATE in response.text


def test_a_code_opens_one_account_only():
    member = make_record(email="")
    code = printed_code(member)
    activate(Client(), code)
    accounts = User.objects.count()

    again = activate(Client(), code)

    assert problems(again) == [WRONG]
    assert User.objects.count() == accounts


def test_the_name_of_another_opens_nothing_and_five_wrong_tries_end_the_code(settings):
    settings.ACCOUNT_RATE_LIMITS = {"activate": "600/5m/ip"}
    member = make_record(email="")
    code = printed_code(member)
    for _ in range(5):
        activate(Client(), code, full_name="Lê Thị Khác")

    response = activate(Client(), code)

    member.refresh_from_db()
    assert problems(response) == [WRONG]
    assert ClaimCode.objects.get().failed_count == 5
    assert member.user is None


def test_a_code_sent_by_mail_is_no_sheet(client):
    member = make_record()
    ClaimCode.objects.create(
        member=member,
        channel=ClaimCode.Channel.EMAIL,
        code_hash=actions.claiming._hash("K7M29QXD"),
        requested_by=make_staff(unit=member.unit),
        created_at=timezone.now(),
        expires_at=timezone.now() + timedelta(minutes=30),
    )

    response = activate(client, "K7M29QXD")

    assert problems(response) == [WRONG]


def test_an_old_sheet_opens_nothing(client):
    code = printed_code(make_record(email=""))

    with time_machine.travel(timezone.now() + timedelta(days=61), tick=False):
        response = activate(client, code)

    assert problems(response) == [WRONG]


def test_a_child_is_sent_to_the_unit_and_no_account_is_left(client):
    member = make_record(email="", born_on=timezone.localdate() - timedelta(days=15 * 365))
    code = printed_code(member)
    accounts = User.objects.count()

    response = activate(client, code)

    assert problems(response) == [
        "Người dưới 16 tuổi cần cha mẹ hoặc người giám hộ đồng ý. Hãy liên hệ đơn vị."
    ]
    assert User.objects.count() == accounts


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"code": ""}, {"code": ["Chưa nhập mã."]}),
        ({"full_name": ""}, {"full_name": ["Chưa nhập họ tên hoặc ngày sinh."]}),
        ({"password2": "khac-hoan-toan-2026"}, {"password2": ["Hai lần nhập mật khẩu phải giống nhau."]}),
        ({"password1": ""}, {"password1": ["Chưa nhập mật khẩu."]}),
    ],
)
def test_the_form_says_what_to_mend(client, changes, errors):
    code = printed_code(make_record(email=""))

    response = activate(client, **{"code": code} | changes)

    assert response.context["form"].errors == errors


def test_a_weak_password_is_refused_in_vietnamese(client):
    code = printed_code(make_record(email=""))

    response = activate(client, code, password1="12345678", password2="12345678")

    assert response.context["form"].errors["password1"]
    assert User.objects.filter(email=None).count() == 0


def test_a_signed_in_person_takes_the_record_with_their_own_account(client):
    member = make_record(email="")
    code = printed_code(member)
    client.force_login(make_staff(unit=member.unit))

    response = activate(client, grouped(code))

    assert response.url == reverse("members:claim-enter")


def test_guessing_codes_from_one_address_stops(settings, client):
    settings.ACCOUNT_RATE_LIMITS = {"activate": "3/5m/ip"}
    code = printed_code(make_record(email=""))
    for number in range(3):
        activate(client, f"K7M29QX{number + 2}")

    response = activate(client, code)

    assert problems(response) == ["Đã nhập sai quá nhiều lần. Hãy thử lại sau năm phút."]
