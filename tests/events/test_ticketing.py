import pytest

from core.signing import is_signed
from events.actions import issue_ticket, revoke_ticket
from events.models import Ticket
from tests.factories.attendance import make_ticket
from tests.factories.events import make_event, make_registration

pytestmark = pytest.mark.django_db


def test_a_ticket_is_signed_for_its_event():
    registration = make_registration(event=make_event())

    ticket = issue_ticket(registration=registration)

    prefix, event_id, serial, signature = ticket.payload.split(".")
    assert (prefix, event_id, serial) == ("BDHVS1", str(registration.event_id), ticket.serial)
    assert is_signed(f"ticket:v1:{registration.event_id}:{ticket.serial}", signature)


def test_issuing_twice_gives_the_same_ticket():
    registration = make_registration(event=make_event())

    first, second = issue_ticket(registration=registration), issue_ticket(registration=registration)

    assert [first, second] == [Ticket.objects.get()] * 2


def test_a_ticket_comes_back_to_life_with_its_serial():
    ticket = make_ticket()
    revoke_ticket(registration=ticket.registration)
    assert Ticket.objects.get().revoked_at is not None

    again = issue_ticket(registration=ticket.registration)

    ticket.refresh_from_db()
    assert (again.serial, again.signature, ticket.revoked_at) == (ticket.serial, ticket.signature, None)


def test_revoking_without_a_ticket_changes_nothing():
    registration = make_registration(event=make_event())

    revoke_ticket(registration=registration)

    assert Ticket.objects.count() == 0


def test_the_link_of_a_ticket_cannot_be_guessed_from_its_serial():
    one, other = make_ticket(), make_ticket()

    assert one.link_key != other.link_key
    assert one.link.endswith(f"/ve/{one.serial}/{one.link_key}/")
