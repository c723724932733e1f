"""The event's form and the people who cancel wait for each other in one order."""

from threading import Thread

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.urls import reverse

from events.models import Event, Registration, SeatQuota
from tests.events.test_event_admin import filled
from tests.factories.events import make_event, make_quota, make_registration
from tests.factories.units import make_staff, make_unit
from tests.servers import wait_until

WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees what it saw first
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_taking_a_share_away_holds_no_registration_while_it_waits_for_the_event(client):
    commune = make_unit(parent=make_unit())
    event = make_event(host=commune)
    quota = make_quota(event=event, unit=commune)
    registration = make_registration(event=event, quota=quota)
    client.force_login(make_staff(unit=commune))
    data = filled(event, quotas=[quota]) | {"quotas-0-DELETE": "on"}
    address, answers = reverse("admin:events_event_change", args=[event.pk]), []

    def take_the_share_away():
        try:
            answers.append(client.post(address, data).status_code)
        except OperationalError as error:
            answers.append(error)
        finally:
            connections["default"].close()

    saving = Thread(target=take_the_share_away)
    with transaction.atomic():  # as a cancellation does: the event first, then the registration
        Event.objects.locked().get(pk=event.pk)
        saving.start()
        wait_until(somebody_waits, seconds=20, what="the form to wait for the event")
        Registration.objects.filter(pk=registration.pk).update(state=Registration.State.CANCELLED)
    saving.join(timeout=60)

    assert answers == [302]
    assert not SeatQuota.objects.exists()
