import pytest
from django.urls import reverse

from notifications.models import Message
from tests.factories.notifications import make_message
from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = pytest.mark.django_db
OUTBOX = reverse("admin:notifications_message_changelist")


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.PORTAL_REQUIRE_MFA = False


def test_province_sees_the_outbox_without_the_words(client):
    message = make_message(subject="Nhắc lịch", body="Mã bí mật K7M2\n", last_error="Mất kết nối.")
    client.force_login(make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN))

    listed = client.get(OUTBOX)
    opened = client.get(reverse("admin:notifications_message_change", args=[message.pk]))

    assert "Nhắc lịch" in listed.text
    assert (opened.status_code, "Mất kết nối." in opened.text) == (200, True)
    assert "K7M2" not in listed.text + opened.text


def test_branch_that_is_not_the_whole_tree_sees_no_outbox(client):
    message = make_message()
    commune = make_unit(parent=make_unit())
    client.force_login(make_staff(unit=commune, role=Role.PROVINCE_ADMIN))

    listed = client.get(OUTBOX)
    opened = client.get(reverse("admin:notifications_message_change", args=[message.pk]))

    assert message.address not in listed.text
    assert opened.status_code == 404


def test_nobody_writes_messages_by_hand(client):
    message = make_message()
    client.force_login(make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN))

    added = client.get(reverse("admin:notifications_message_add"))
    client.post(reverse("admin:notifications_message_change", args=[message.pk]), {"subject": "Khác"})

    assert added.status_code == 403
    assert Message.objects.get().subject == "Nhắc lịch"
