"""Staff send members of their branch to an event: the same seats and rules, on behalf of the unit."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from events import actions
from events.models import Registration
from members.models import Member
from notifications.models import Message
from tests.factories.events import make_event, make_quota, make_registration
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return make_unit(parent=make_unit(), name="Bình Yên")


@pytest.fixture
def branch(commune):
    return make_unit(parent=commune, kind="branch", name="Chi đoàn xóm 3")


@pytest.fixture
def staff(client, branch):
    user = make_staff(unit=branch, role=Role.BRANCH_SECRETARY)
    client.force_login(user)
    return user


def address(event, member=None):
    if member is None:
        return reverse("events:nomination", args=[event.pk])
    return reverse("events:nomination-create", args=[event.pk, member.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def names(response):
    return [one.name for one in response.context["page"].candidates]


def test_the_member_gets_the_seat_of_their_unit_a_ticket_and_a_message(client, staff, commune, branch):
    event = make_event()
    quota = make_quota(event=event, unit=commune, seats=1)
    member = make_member(unit=branch, full_name="Lý Thị Mai", email="mai@example.vn")

    response = client.post(address(event, member))

    registration = Registration.objects.get()
    assert (registration.member, registration.state, registration.quota) == (member, "seated", quota)
    assert registration.registered_by == staff
    assert registration.ticket.revoked_at is None
    assert said(response) == ["Lý Thị Mai đã có chỗ. Đã gửi thư báo."]
    told = Message.objects.get(key__startswith="registered:")
    assert told.address == "mai@example.vn"
    assert f"{branch.title} đã cử bạn tham dự" in told.body
    entry = AuditEntry.objects.get(verb="event.registered")
    assert (entry.by, entry.detail) == (staff, {"state": "seated", "nominated": True})


def test_without_a_seat_the_member_waits_and_without_an_address_the_staff_are_to_tell(client, staff, branch):
    event = make_event(capacity=1)
    make_registration(event=event)
    member = make_member(unit=branch, full_name="Lý Thị Mai")

    response = client.post(address(event, member))

    assert Registration.objects.get(member=member).state == Registration.State.WAITING
    assert said(response) == [
        "Lý Thị Mai đứng thứ 1 trong danh sách chờ. Hồ sơ chưa có email: hãy báo trực tiếp."
    ]


def test_who_registered_already_is_not_sent_again(client, staff, branch):
    event = make_event()
    member = make_member(unit=branch, full_name="Lý Thị Mai")
    make_registration(event=event, member=member)

    response = client.post(address(event, member))

    assert said(response) == ["Lý Thị Mai đã đăng ký sự kiện này."]
    assert Registration.objects.count() == 1


def test_who_gave_up_may_be_sent_and_stands_at_the_end_of_the_line(branch):
    event = make_event()
    member = make_member(unit=branch)
    gone = make_registration(event=event, member=member, state=Registration.State.CANCELLED)
    make_registration(event=event)

    sent = actions.nominate_member(event=event, member=member, by=make_user())

    assert (sent.pk, sent.state, sent.turn) == (gone.pk, "seated", 3)


def test_members_of_other_branches_do_not_exist_here(client, staff, commune, branch):
    event = make_event()
    ours = make_member(unit=branch)
    outsiders = [make_member(unit=commune), make_member(unit=make_unit())]

    listed = client.get(address(event))
    answers = [client.post(address(event, member)).status_code for member in outsiders]

    assert names(listed) == [ours.full_name]
    assert answers == [404, 404]
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("role", [None, Role.SQUAD_LEADER, Role.DOORKEEPER])
def test_who_may_not_nominate_finds_no_page(client, branch, role):
    event, member = make_event(), make_member(unit=branch)
    client.force_login(make_staff(unit=branch, role=role) if role else make_user())

    answers = [client.get(address(event)).status_code, client.post(address(event, member)).status_code]

    assert answers == [404, 404]


def test_a_draft_has_no_page_and_a_get_sends_nobody(client, staff, branch):
    draft, event, member = make_event(published=False), make_event(), make_member(unit=branch)

    answers = [
        client.get(address(draft)).status_code,
        client.post(address(draft, member)).status_code,
        client.get(address(event, member)).status_code,
    ]

    assert answers == [404, 404, 405]
    assert Registration.objects.count() == 0


def test_a_closed_window_says_why_on_the_page_and_in_the_answer(client, staff, branch):
    event = make_event(closes_at=timezone.now() - timedelta(hours=1))
    member = make_member(unit=branch)

    page = client.get(address(event)).context["page"]
    answer = said(client.post(address(event, member)))

    assert len(page.problems) == 1
    assert page.problems[0].startswith("Đã hết hạn đăng ký lúc")
    assert answer == page.problems
    assert Registration.objects.count() == 0


def test_the_search_finds_names_without_accents_and_shows_who_is_registered(client, staff, commune, branch):
    event = make_event()
    quota = make_quota(event=event, unit=branch, seats=3)
    make_member(unit=branch, full_name="Ma Văn Đại")
    seated = make_member(unit=branch, full_name="Lý Thị Mai")
    make_member(unit=branch, full_name="Lý Thị Mai Hoa", status=Member.Status.ENDED)
    make_registration(event=event, member=seated, quota=quota)

    response = client.get(address(event), {"q": "ly thi mai"})

    page = response.context["page"]
    assert [(one.name, one.word) for one in page.candidates] == [("Lý Thị Mai", "Đã có chỗ")]
    assert [(share.left, share.seats) for share in page.shares] == [(2, 3)]
    assert page.sent_count == 1
    assert address(event, seated) not in response.text


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_asks_the_same_few_questions_however_many_members(
    client, staff, branch, django_assert_max_num_queries, count
):
    event = make_event()
    for _ in range(count):
        make_registration(event=event, member=make_member(unit=branch))

    with django_assert_max_num_queries(12):
        response = client.get(address(event))

    assert len(names(response)) == count


def test_the_event_leads_staff_to_the_page_and_nobody_else(client, branch):
    event = make_event()
    seen = {}
    for name, user in {
        "staff": make_staff(unit=branch, role=Role.BRANCH_SECRETARY),
        "member": make_member(unit=branch, user=make_user()).user,
    }.items():
        client.force_login(user)
        seen[name] = address(event) in client.get(event.get_absolute_url()).text
    client.logout()
    seen["visitor"] = address(event) in client.get(event.get_absolute_url()).text

    assert seen == {"staff": True, "member": False, "visitor": False}
