"""A slip on paper resets a password: who may print one, who is told, and what opens the account."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from notifications.models import Message
from tests.factories.accounts import PASSWORD, is_signed_in, make_account, make_plain_account, sign_in
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units import actions, rules
from units.models import ResetSlip
from units.roles import Role

pytestmark = pytest.mark.django_db
USE = reverse("members:reset-slip-use")
NEW = "mat-khau-moi-doan-2026"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def province():
    return make_unit()


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


def print_slip(client, person, **more):
    return client.post(reverse("members:reset-slip-issue", args=[person.pk]), more)


def use_slip(client, name, code, password=NEW):
    return client.post(USE, {"login": name, "code": code, "password1": password, "password2": password})


def slip_for(member, by, **more):
    return actions.issue_reset_slip(user=member.user, unit=member.unit, by=by, **more)


def test_the_whole_way_on_paper(client, commune):
    member = make_plain_account(unit=make_unit(parent=commune))
    signed_in = Client()
    sign_in(signed_in, member.code)
    client.force_login(make_staff(unit=commune))
    printed = print_slip(client, member.user).context["printed"]

    owner = Client()
    response = use_slip(owner, member.code, printed.shown_code)

    said = [str(message) for message in owner.get(response.url).context["messages"]]
    old, new = Client(), Client()
    sign_in(old, member.code)
    sign_in(new, member.code, NEW)
    assert response.url == reverse("account_login")
    assert said == ["Đã đổi mật khẩu bằng phiếu do Hoàng Thị Bích cấp. Hãy đăng nhập bằng mật khẩu mới."]
    assert [is_signed_in(one) for one in (signed_in, old, new)] == [False, False, True]
    assert {"reset_slip.issued", "account.reset", "account.signed_out"} <= set(
        AuditEntry.objects.values_list("verb", flat=True)
    )


def test_the_owner_and_the_level_above_are_told_and_nobody_else(province, commune):
    branch = make_unit(parent=commune)
    member = make_member(unit=branch, user=make_account())
    secretary = make_staff(unit=branch, role=Role.BRANCH_SECRETARY)
    make_staff(unit=branch, role=Role.BRANCH_SECRETARY, user=make_user(email="ngang-cap@example.vn"))
    make_staff(unit=commune, user=make_user(email="xa@example.vn"))
    make_staff(unit=make_unit(parent=province), user=make_user(email="xa-khac@example.vn"))
    make_staff(unit=province, role=Role.PROVINCE_ADMIN, user=make_user(email="tinh@example.vn"))

    slip_for(member, secretary)

    assert sorted(Message.objects.values_list("address", flat=True)) == ["lan@example.vn", "xa@example.vn"]


def test_without_anybody_at_the_next_level_the_one_above_it_is_told(province, commune):
    member = make_plain_account(unit=commune)
    make_staff(unit=province, role=Role.PROVINCE_ADMIN, user=make_user(email="tinh@example.vn"))
    secretary = make_staff(unit=make_unit(parent=commune), role=Role.BRANCH_SECRETARY)
    member.unit = secretary.role_assignments.get().unit
    member.save()

    slip_for(member, secretary)

    assert list(Message.objects.values_list("address", flat=True)) == ["tinh@example.vn"]


def test_at_the_top_the_other_administrators_are_told(province):
    admin = make_staff(unit=province, role=Role.PROVINCE_ADMIN)
    make_staff(unit=province, role=Role.PROVINCE_ADMIN, user=make_user(email="khac@example.vn"))
    person = make_staff(unit=province, role=Role.PROVINCE_LEADER, user=make_user(email="lanhdao@example.vn"))

    actions.issue_reset_slip(user=person, unit=None, by=admin)

    addresses = set(Message.objects.values_list("address", flat=True))
    assert addresses == {"lanhdao@example.vn", "khac@example.vn"}


def test_who_has_more_abilities_gets_no_slip_from_below(province, commune):
    secretary = make_staff(unit=commune)
    admin = make_staff(unit=province, role=Role.PROVINCE_ADMIN)
    member = make_member(unit=commune, user=admin)

    with pytest.raises(actions.SlipRefused) as refusal:
        slip_for(member, secretary)

    assert refusal.value.problems == [rules.HIGHER]
    assert ResetSlip.objects.count() == 0


def test_a_role_in_another_commune_is_more_than_the_own_one(province, commune):
    member = make_member(unit=commune, user=make_staff(unit=make_unit(parent=province)))

    with pytest.raises(actions.SlipRefused) as refusal:
        slip_for(member, make_staff(unit=commune))

    assert refusal.value.problems == [rules.HIGHER]


def test_nobody_prints_a_slip_for_themselves(commune):
    secretary = make_staff(unit=commune)

    with pytest.raises(actions.SlipRefused) as refusal:
        actions.issue_reset_slip(user=secretary, unit=commune, by=secretary)

    assert refusal.value.problems == ["Không làm việc này với tài khoản của chính mình."]


def test_a_fourth_slip_a_day_for_one_account_and_a_thirty_first_an_hour_are_refused(commune):
    secretary, member = make_staff(unit=commune), make_plain_account(unit=commune)
    for _ in range(3):
        slip_for(member, secretary)
    others = [make_plain_account(unit=commune) for _ in range(28)]
    for other in others[:27]:
        slip_for(other, secretary)

    with pytest.raises(actions.SlipRefused) as one_person:
        slip_for(member, make_staff(unit=commune))
    with pytest.raises(actions.SlipRefused) as one_hour:
        slip_for(others[27], secretary)

    assert one_person.value.problems == ["Tài khoản này đã được cấp 3 phiếu trong một ngày."]
    assert one_hour.value.problems == ["Đã cấp 30 phiếu trong một giờ. Hãy thử lại sau một giờ."]


def test_a_later_slip_ends_the_earlier_one(client, commune):
    member, secretary = make_plain_account(unit=commune), make_staff(unit=commune)
    first = slip_for(member, secretary)
    second = slip_for(member, secretary)

    refused = use_slip(client, member.code, first.code)
    accepted = use_slip(client, member.code, second.code)

    assert refused.context["problems"] == [actions.resetting.WRONG]
    assert accepted.status_code == 302


@pytest.mark.parametrize("hours", [49])
def test_a_slip_ends_after_two_days(client, commune, hours):
    member = make_plain_account(unit=commune)
    printed = slip_for(member, make_staff(unit=commune))

    with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
        response = use_slip(client, member.code, printed.code)

    assert response.context["problems"] == [actions.resetting.WRONG]


def test_a_used_slip_is_used_up(client, commune):
    member = make_plain_account(unit=commune)
    printed = slip_for(member, make_staff(unit=commune))
    use_slip(client, member.code, printed.code)

    again = use_slip(client, member.code, printed.code, "them-mot-mat-khau-2026")

    assert again.context["problems"] == [actions.resetting.WRONG]


def test_five_wrong_codes_end_the_slip_and_an_unknown_name_hears_the_same(commune):
    member = make_plain_account(unit=commune)
    printed = slip_for(member, make_staff(unit=commune))
    for _ in range(5):
        with pytest.raises(actions.ResetRefused):
            actions.use_reset_slip(user=member.user, code="K7M29QXD", password=NEW)

    with pytest.raises(actions.ResetRefused) as known:
        actions.use_reset_slip(user=member.user, code=printed.code, password=NEW)
    with pytest.raises(actions.ResetRefused) as unknown:
        actions.use_reset_slip(user=None, code=printed.code, password=NEW)

    assert known.value.problems == unknown.value.problems == [actions.resetting.WRONG]
    assert ResetSlip.objects.get().failed_count == 5


def test_ten_wrong_codes_an_hour_stop_the_account_even_with_a_fresh_slip(commune):
    member, secretary = make_plain_account(unit=commune), make_staff(unit=commune)
    for _ in range(10):
        with pytest.raises(actions.ResetRefused):
            actions.use_reset_slip(user=member.user, code="K7M29QXD", password=NEW)
    printed = slip_for(member, secretary)

    with pytest.raises(actions.ResetRefused) as refusal:
        actions.use_reset_slip(user=member.user, code=printed.code, password=NEW)

    assert refusal.value.problems == ["Đã nhập sai quá nhiều lần. Hãy thử lại sau một giờ."]


@pytest.mark.parametrize(("asked", "left"), [(True, 0), (False, 1)])
def test_the_second_factor_goes_only_when_that_was_asked_for(client, commune, asked, left):
    member = make_plain_account(unit=commune)
    Authenticator.objects.create(user=member.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(make_staff(unit=commune))
    answer = print_slip(client, member.user, **({"clears_second_factor": "on"} if asked else {}))

    use_slip(Client(), member.code, answer.context["printed"].code)

    assert Authenticator.objects.count() == left


def test_a_locked_out_owner_comes_in_at_once_with_the_new_password(client, commune):
    member = make_plain_account(unit=commune)
    for _ in range(6):
        sign_in(Client(), member.code, "sai-mat-khau-2026")
    use_slip(client, member.code, slip_for(member, make_staff(unit=commune)).code)

    sign_in(client, member.code, NEW)

    assert is_signed_in(client)


def test_an_account_without_a_role_or_record_is_the_province_administrators(client, province):
    person = make_account()
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_ADMIN))

    response = print_slip(client, person)

    assert response.context["printed"].slip.user == person


def test_outside_the_scope_there_is_no_such_account(client, commune):
    member = make_plain_account()
    client.force_login(make_staff(unit=commune))

    assert print_slip(client, member.user).status_code == 404


@pytest.mark.parametrize("role", [Role.DOORKEEPER, Role.SQUAD_LEADER, Role.PROVINCE_LEADER])
def test_without_the_ability_the_pages_do_not_exist(client, province, role):
    client.force_login(make_staff(unit=province, role=role))

    assert client.get(reverse("members:reset-slips")).status_code == 404


def test_the_list_finds_members_with_an_account_in_the_branch_only(client, commune):
    ours = make_plain_account(unit=make_unit(parent=commune), full_name="Ma Văn Đại")
    make_plain_account(unit=commune, full_name="Lê An")
    make_member(unit=commune, full_name="Ma Văn Đại")
    make_plain_account(full_name="Ma Văn Đại")
    client.force_login(make_staff(unit=commune))

    response = client.get(reverse("members:reset-slips"), {"q": "dai"})

    assert list(response.context["page"]) == [ours]


def test_the_list_asks_the_database_the_same_for_one_and_three(
    client, commune, django_assert_max_num_queries, django_assert_num_queries
):
    client.force_login(make_staff(unit=commune))
    make_plain_account(unit=commune)
    client.get(reverse("members:reset-slips"))
    with django_assert_max_num_queries(20) as one:
        client.get(reverse("members:reset-slips"))
    for _ in range(2):
        make_plain_account(unit=make_unit(parent=commune))

    with django_assert_num_queries(len(one)):
        client.get(reverse("members:reset-slips"))


def test_the_owner_reads_who_printed_a_slip_when_they_sign_in_and_in_their_log(client, commune):
    member = make_plain_account(unit=commune)
    sign_in(client, member.code)
    client.post(reverse("account_logout"))
    printed = slip_for(member, make_staff(unit=commune))

    response = client.post(
        reverse("account_login"), {"login": member.code, "password": PASSWORD}, follow=True
    )

    told = [str(message) for message in response.context["messages"] if message.level_tag == "warning"]
    moment = timezone.localtime(printed.slip.created_at)
    assert told == [
        "Hoàng Thị Bích (Đoàn xã Bình Yên) đã cấp phiếu đặt lại mật khẩu cho tài khoản này "
        f"lúc {moment:%H:%M %d/%m/%Y}."
    ]
    assert "Hoàng Thị Bích (Đoàn xã Bình Yên)" in client.get(reverse("account-log")).text


def test_the_code_is_kept_as_a_keyed_hash_only(commune):
    printed = slip_for(make_plain_account(unit=commune), make_staff(unit=commune))

    kept = ResetSlip.objects.values().get()

    assert printed.code not in str(kept)
    assert PASSWORD not in str(kept)
