"""Looking at the portal as another person sees it: half an hour, reading only, and everybody knows."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from core.models import AuditEntry
from notifications.models import Message
from portal.support import SESSION_KEY, THEIR_OWN, is_their_own
from tests.factories.accounts import make_account, make_plain_account
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from tests.pages import named
from units import actions, rules
from units.models import SupportVisit
from units.roles import Role

pytestmark = pytest.mark.django_db
REASON = "Anh Tùng báo không thấy nút điểm danh."
MY_PAGE, END = reverse("members:my-page"), reverse("support-end")
MORNING = datetime(2026, 3, 26, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def province():
    return make_unit()


@pytest.fixture
def admin(client, province):
    user = make_staff(unit=province, role=Role.PROVINCE_ADMIN, user=make_user(full_name="Phạm Thu Hà"))
    client.force_login(user)
    return user


@pytest.fixture
def secretary(province):
    commune = make_unit(parent=province, name="Bình Yên")
    user = make_staff(unit=commune, user=make_account(full_name="Ma Văn Đại"))
    make_member(unit=commune, user=user, full_name="Ma Văn Đại")
    return user


def start(client, user, reason=REASON):
    return client.post(reverse("support-start", args=[user.pk]), {"reason": reason})


def test_a_visit_shows_what_the_person_sees_under_a_bar(client, admin, secretary):
    response = start(client, secretary)

    page = client.get(response.url)
    visit = SupportVisit.objects.get()
    assert response.url == reverse("reports:workspace")
    assert page.wsgi_request.user == secretary
    assert "Đang xem hộ <strong>Ma Văn Đại</strong>. Chỉ đọc, tự kết thúc lúc 09:30." in page.text
    assert (visit.by, visit.user, visit.reason) == (admin, secretary, REASON)


def test_the_bar_stands_in_the_web_admin_too(client, admin, secretary):
    start(client, secretary)

    page = client.get(reverse("admin:index"))

    assert page.status_code == 200
    assert "Kết thúc xem hộ" in page.text


def test_the_person_is_told_and_it_is_noted(client, admin, secretary):
    start(client, secretary)

    message = Message.objects.get()
    entry = AuditEntry.objects.get()
    assert (message.address, REASON in message.body, "Phạm Thu Hà" in message.body) == (
        "lan@example.vn",
        True,
        True,
    )
    assert (entry.verb, entry.by, entry.target_id) == ("support_visit.started", admin, str(secretary.pk))
    assert REASON not in str(entry.detail)


def test_somebody_without_an_address_reads_it_in_their_log(client, admin, province):
    member = make_plain_account(unit=make_unit(parent=province))
    start(client, member.user)
    client.post(END)

    client.force_login(member.user)

    assert REASON in client.get(reverse("account-log")).text


def test_it_ends_by_itself_after_half_an_hour(client, admin, secretary, clock):
    start(client, secretary)
    clock.shift(timedelta(minutes=29, seconds=59))
    before = client.get(reverse("home")).wsgi_request.user

    clock.shift(timedelta(seconds=2))
    after = client.get(reverse("home"))

    assert (before, after.wsgi_request.user) == (secretary, admin)
    assert "Đã hết thời gian xem hộ." in after.text
    assert SESSION_KEY not in client.session


def test_it_ends_by_the_button(client, admin, secretary):
    start(client, secretary)

    response = client.post(END, follow=True)

    visit = SupportVisit.objects.get()
    assert response.wsgi_request.user == admin
    assert visit.ended_at == MORNING
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "support_visit.started",
        "support_visit.ended",
    ]


def test_it_ends_when_the_visitor_loses_the_role(client, admin, secretary):
    start(client, secretary)
    admin.role_assignments.update(ends_on=MORNING.date() - timedelta(days=1))

    response = client.get(reverse("home"))

    assert response.wsgi_request.user == admin


def test_nothing_can_be_changed(client, admin, secretary):
    member = make_member(unit=secretary.role_assignments.get().unit, full_name="Lê An")
    start(client, secretary)

    response = client.post(reverse("members:claim-slips-print"), {"members": [member.pk]})

    assert response.status_code == 403
    assert "Không mở được khi xem hộ" in response.text
    assert member.claim_codes.count() == 0


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_change_password",
        "mfa_index",
        "usersessions_list",
        "account-log",
        "members:own-data",
        "members:own-data-file",
        "members:claim",
    ],
)
def test_the_account_and_the_data_of_the_person_stay_theirs(client, admin, secretary, name):
    start(client, secretary)

    assert client.get(reverse(name)).status_code == 403


def test_every_name_kept_from_visits_is_an_address_of_the_portal(client):
    assert {name for name, _ in named()} >= THEIR_OWN
    assert is_their_own(reverse("account_logout"))
    assert not is_their_own("/khong-co-trang-nay/")


def test_sensitive_columns_stay_hidden_though_the_person_may_see_them(client, admin, secretary):
    unit = secretary.role_assignments.get().unit
    member = make_member(unit=unit, full_name="Lê An", ethnic_group="Sán Chay")
    address = reverse("admin:members_member_change", args=[member.pk])
    client.force_login(secretary)
    own = client.get(address).text
    client.force_login(admin)
    start(client, secretary)

    seen = client.get(address).text

    assert "Sán Chay" in own
    assert "Lê An" in seen
    assert "Sán Chay" not in seen
    assert list(AuditEntry.objects.filter(verb="sensitive.seen").values_list("by", flat=True)) == [
        secretary.pk
    ]


def test_no_list_leaves_as_a_file_and_nothing_is_noted_in_the_persons_name(client, admin, secretary):
    make_member(unit=secretary.role_assignments.get().unit)
    start(client, secretary)

    response = client.get(reverse("admin:members_member_export"))

    assert response.status_code == 403
    assert not AuditEntry.objects.filter(by=secretary).exists()


def test_nobody_looks_as_somebody_with_more_abilities(province, secretary):
    elsewhere = make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN)

    with pytest.raises(actions.VisitRefused) as refusal:
        actions.start_support_visit(user=secretary, reason=REASON, by=elsewhere)

    assert refusal.value.problems == [rules.HIGHER]
    assert SupportVisit.objects.count() == 0


def test_nobody_looks_as_themselves(client, admin):
    response = start(client, admin)

    assert response.context["problems"] == ["Không làm việc này với tài khoản của chính mình."]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "Chưa nhập lý do."),
        ("xem", "Lý do cần ít nhất 10 chữ cái, để chủ tài khoản hiểu vì sao."),
    ],
)
def test_a_reason_is_needed(client, admin, secretary, reason, said):
    response = start(client, secretary, reason)

    assert response.context["form"].errors == {"reason": [said]}
    assert SupportVisit.objects.count() == 0


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SECRETARY, Role.PROVINCE_LEADER])
def test_only_administrators_look_as_others(client, province, secretary, role):
    client.force_login(make_staff(unit=province, role=role))

    assert start(client, secretary).status_code == 404


def test_a_second_visit_ends_the_first(client, admin, secretary, province):
    other = make_plain_account(unit=make_unit(parent=province))
    start(client, secretary)
    client.post(END)
    actions.start_support_visit(user=secretary, reason=REASON, by=admin)

    actions.start_support_visit(user=other.user, reason=REASON, by=admin)

    assert SupportVisit.objects.filter(ended_at=None).get().user == other.user


def test_the_session_of_somebody_else_cannot_use_the_visit(client, admin, secretary, province):
    visit = actions.start_support_visit(user=secretary, reason=REASON, by=admin)
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_ADMIN))
    session = client.session
    session[SESSION_KEY] = visit.pk
    session.save()

    assert client.get(reverse("home")).wsgi_request.user != secretary


def test_the_desk_asks_the_visitor_for_a_second_factor_first(client, admin, secretary, settings):
    settings.PORTAL_REQUIRE_MFA = True

    response = start(client, secretary)

    assert response.url == reverse("mfa_index")
    assert SupportVisit.objects.count() == 0
