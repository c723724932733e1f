from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.crypto import keyed_hash
from events.actions import mark_present, revoke_ticket
from events.models import Event
from tests.factories.attendance import make_ticket
from tests.factories.events import make_event
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db


def own_ticket(**event_facts):
    """A ticket and the account of its holder."""
    user = make_user()
    return make_ticket(
        event=make_event(**event_facts), member=make_member(user=user, full_name="Lý Thị Xuân")
    ), user


def state_shown(client, ticket):
    page = client.get(ticket.get_absolute_url()).context["page"]
    return page.word, page.opens, page.can_cancel


def test_the_holder_sees_their_ticket(client):
    ticket, user = own_ticket(title="Kỹ năng số")
    client.force_login(user)

    response = client.get(ticket.get_absolute_url())

    page = response.context["page"]
    assert (page.name, page.word, page.can_cancel) == ("Lý Thị Xuân", "Đã giữ chỗ", True)
    for shown in (ticket.code, "Lý Thị Xuân", "Kỹ năng số", "<svg", "Hủy đăng ký", "Thêm lịch"):
        assert shown in response.text


def test_another_s_ticket_does_not_exist(client):
    ticket, _ = own_ticket()
    client.force_login(make_user())

    assert client.get(ticket.get_absolute_url()).status_code == 404


def test_the_staff_of_the_host_see_it_but_cannot_cancel(client):
    host = make_unit()
    ticket, _ = own_ticket(host=make_unit(parent=host))
    near, far = make_staff(unit=host, role=Role.DOORKEEPER), make_staff(unit=make_unit())

    answers = []
    for user in (near, far):
        client.force_login(user)
        answers.append(client.get(ticket.get_absolute_url()))

    assert [answer.status_code for answer in answers] == [200, 404]
    assert "Hủy đăng ký" not in answers[0].text


def test_nobody_without_an_account_opens_it_by_its_serial(client):
    ticket, _ = own_ticket()

    response = client.get(ticket.get_absolute_url())

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_the_mailed_link_opens_it_without_an_account(client):
    ticket, _ = own_ticket()

    response = client.get(reverse("events:ticket-open", args=[ticket.serial, ticket.link_key]))

    assert response.status_code == 200
    assert ticket.code in response.text
    assert "Hủy đăng ký" not in response.text
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("key", ["0" * 32, "á", keyed_hash("ticket-link", "ABCDEFGH")[:32]])
def test_a_guessed_link_opens_nothing(client, key):
    ticket, _ = own_ticket()

    assert client.get(reverse("events:ticket-open", args=[ticket.serial, key])).status_code == 404


def test_a_revoked_ticket_says_so_and_hides_its_code(client):
    ticket, user = own_ticket()
    revoke_ticket(registration=ticket.registration)
    client.force_login(user)

    response = client.get(ticket.get_absolute_url())

    assert response.context["page"].word == "Vé đã hủy"
    assert "ticket-qr" not in response.text


def test_the_ticket_says_where_the_event_stands(client):
    ticket, user = own_ticket(starts_at=timezone.now() - timedelta(hours=1))
    client.force_login(user)
    running = state_shown(client, ticket)
    session = ticket.registration.event.sessions.get()
    Event.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    over = state_shown(client, ticket)
    mark_present(session=session, registration=ticket.registration, by=user)
    came = state_shown(client, ticket)
    Event.objects.update(cancelled_at=timezone.now())
    cancelled = state_shown(client, ticket)

    assert running == ("Đã giữ chỗ", True, False)
    assert over == ("Sự kiện đã kết thúc", False, False)
    assert (came[0].startswith("Đã điểm danh lúc "), came[1:]) == (True, (True, False))
    assert cancelled == ("Sự kiện đã hủy", False, False)


def test_the_calendar_file_is_one_event_in_utc(client):
    starts_at = timezone.make_aware(timezone.datetime(2027, 3, 27, 8))
    event = make_event(starts_at=starts_at, title="Kỹ năng số; AI, dữ liệu", place="Hội trường " * 9)

    response = client.get(reverse("events:event-calendar", args=[event.pk]))

    lines = response.content.decode().split("\r\n")
    assert "DTSTART:20270327T010000Z" in lines
    assert "SUMMARY:Kỹ năng số\\; AI\\, dữ liệu" in lines
    assert max(len(line.encode()) for line in lines) <= 75
    assert (
        client.get(reverse("events:event-calendar", args=[make_event(published=False).pk])).status_code == 404
    )


def test_the_calendar_file_holds_no_line_that_a_title_smuggles_in(client):
    event = make_event(title="Kỹ năng\r\nEND:VEVENT\u2028\x07 số")

    lines = client.get(reverse("events:event-calendar", args=[event.pk])).content.decode().splitlines()

    assert lines.count("END:VEVENT") == 1
    assert "SUMMARY:Kỹ năng\\nEND:VEVENT số" in lines
