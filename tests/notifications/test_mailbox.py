import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from notifications.actions import deliver_due
from notifications.models import CaughtMail
from tests.factories.notifications import make_message
from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = pytest.mark.django_db
MAILBOX = reverse("notifications:mailbox")


@pytest.fixture(autouse=True)
def _embedded(settings):
    settings.EMBEDDED = True
    settings.EMAIL_BACKEND = "notifications.mailbox.MailboxBackend"


def test_delivered_message_is_caught_as_it_would_have_gone_out():
    message = make_message(address="lan@example.vn", subject="Nhắc lịch", body="Lớp mở lúc 8 giờ.\n")

    deliver_due(at=timezone.now())

    caught = CaughtMail.objects.values_list("to", "subject", "body", "message_id")
    assert list(caught) == [("lan@example.vn", "Nhắc lịch", "Lớp mở lúc 8 giờ.\n", message.message_id)]


def test_newest_mail_stands_first_and_pages_follow(client):
    for number in range(31):
        EmailMessage(subject=f"Thư {number}", body="", to=["lan@example.vn"]).send()
    client.force_login(make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN))

    first, second = client.get(MAILBOX), client.get(MAILBOX, {"page": 2})

    assert [mail.subject for mail in first.context["page"]] == [f"Thư {n}" for n in range(30, 0, -1)]
    assert [mail.subject for mail in second.context["page"]] == ["Thư 0"]


def test_links_in_a_mail_can_be_clicked_and_its_markup_cannot_act(client):
    link = "http://127.0.0.1:8000/tai-khoan/confirm-email/MQ:1abC-x:y_z/"
    EmailMessage(subject="Thư", body=f"<script>x</script>\nMở {link}\n", to=["lan@example.vn"]).send()
    client.force_login(make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN))

    response = client.get(reverse("notifications:mailbox-mail", args=[CaughtMail.objects.get().pk]))

    assert f'<a href="{link}"' in response.text
    assert "&lt;script&gt;x&lt;/script&gt;" in response.text
    assert "<script>x" not in response.text


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROVINCE_ADMIN])
def test_mailbox_with_the_keys_of_others_is_closed_to_all_but_the_provinces_administrator(client, role):
    client.force_login(make_staff(unit=make_unit(), role=role))

    assert client.get(MAILBOX).status_code == 404


@pytest.mark.parametrize("name", ["mailbox", "mailbox-mail"])
def test_mailbox_exists_only_in_the_embedded_mode(client, settings, name):
    EmailMessage(subject="Thư", body="", to=["lan@example.vn"]).send()
    arguments = [CaughtMail.objects.get().pk] if name == "mailbox-mail" else []
    client.force_login(make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN))
    address = reverse(f"notifications:{name}", args=arguments)
    found = client.get(address).status_code
    settings.EMBEDDED = False

    assert (found, client.get(address).status_code) == (200, 404)
