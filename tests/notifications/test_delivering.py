from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection
from django.utils import timezone

from notifications import rules
from notifications.actions import deliver_due
from notifications.models import Message
from notifications.models.message import MessageQuerySet
from notifications.tasks import deliver_due_messages
from tests.factories.notifications import make_message
from tests.servers import SunkMail, smtp_sink

NOON = "2026-11-20T05:00:00Z"


@pytest.mark.django_db
def test_due_messages_go_out_in_order_over_one_connection(sink):
    now = timezone.now()
    second = make_message(due_at=now - timedelta(minutes=1), subject="Thư thứ hai", body="Đã gửi.\n")
    first = make_message(due_at=now - timedelta(minutes=2), subject="Thư thứ nhất")
    later = make_message(due_at=now + timedelta(minutes=1))

    count = deliver_due(at=now)

    assert count == 2
    assert sink.mails == [
        SunkMail(first.address, "Thư thứ nhất", "Nội dung thư.\n", first.message_id),
        SunkMail(second.address, "Thư thứ hai", "Đã gửi.\n", second.message_id),
    ]
    assert sink.connection_count == 1
    assert dict(Message.objects.values_list("pk", "state")) == {
        first.pk: "sent",
        second.pk: "sent",
        later.pk: "waiting",
    }


@pytest.mark.django_db
def test_delivering_again_sends_nothing_again(sink):
    message = make_message()
    deliver_due(at=timezone.now())

    count = deliver_due(at=timezone.now())

    assert count == 0
    assert [mail.message_id for mail in sink.mails] == [message.message_id]


@time_machine.travel(NOON, tick=False)
@pytest.mark.django_db
def test_sent_message_knows_when_and_keeps_its_words_unless_secret(sink):
    plain, secret = make_message(), make_message(is_secret=True)

    deliver_due(at=timezone.now())

    plain.refresh_from_db()
    secret.refresh_from_db()
    assert (plain.sent_at, plain.lease_until, plain.try_count) == (timezone.now(), None, 1)
    assert (plain.body, secret.body) == ("Nội dung thư.\n", "")


@pytest.mark.django_db
def test_stale_message_is_skipped_not_sent(sink):
    now = timezone.now()
    message = make_message(due_at=now - timedelta(hours=3), stale_at=now)

    deliver_due(at=now)

    message.refresh_from_db()
    assert sink.mails == []
    assert (message.state, message.last_error) == (Message.State.SKIPPED, "Đã quá lúc cần gửi.")


@pytest.mark.django_db
def test_message_of_a_killed_worker_waits_for_its_lease_then_goes_out(sink):
    message = make_message(
        state=Message.State.SENDING, try_count=1, lease_until=timezone.now() + timedelta(seconds=60)
    )
    now = timezone.now()

    early = deliver_due(at=now)
    with time_machine.travel(now + timedelta(seconds=61)):
        late = deliver_due(at=timezone.now())

    message.refresh_from_db()
    assert (early, late) == (0, 1)
    assert [mail.message_id for mail in sink.mails] == [message.message_id]
    assert (message.state, message.try_count) == (Message.State.SENT, 2)


@time_machine.travel(NOON, tick=False)
@pytest.mark.django_db
def test_refused_for_now_rests_before_the_next_try_and_holds_up_nobody(sink):
    sink.refused["day@example.vn"] = "450 mailbox busy"
    refused = make_message(address="day@example.vn")
    behind = make_message()

    count = deliver_due(at=timezone.now())

    refused.refresh_from_db()
    assert count == 1
    assert [mail.to for mail in sink.mails] == [behind.address]
    assert (refused.state, refused.try_count) == (Message.State.WAITING, 1)
    assert refused.lease_until == timezone.now() + timedelta(minutes=1)
    assert refused.last_error == "Máy chủ thư không nhận địa chỉ người nhận (mã 450)."


@time_machine.travel(NOON, tick=False)
@pytest.mark.django_db
def test_last_try_that_fails_gives_the_message_up(sink):
    sink.refused["day@example.vn"] = "450 mailbox busy"
    message = make_message(address="day@example.vn", try_count=rules.MAX_TRIES - 1)

    deliver_due(at=timezone.now())

    message.refresh_from_db()
    assert (message.state, message.try_count) == (Message.State.FAILED, rules.MAX_TRIES)
    assert message.last_error == "Máy chủ thư không nhận địa chỉ người nhận (mã 450)."


@pytest.mark.django_db
def test_address_refused_for_good_fails_at_once(sink):
    sink.refused["khong-co@example.vn"] = "550 no such user"
    message = make_message(address="khong-co@example.vn", is_secret=True)

    deliver_due(at=timezone.now())

    message.refresh_from_db()
    assert (message.state, message.body) == (Message.State.FAILED, "")
    assert message.last_error == "Máy chủ thư không nhận địa chỉ người nhận (mã 550)."


@pytest.mark.django_db
def test_address_that_no_header_can_hold_fails_at_once(sink):
    message = make_message(address="la@example.vn\nBcc: moi-nguoi@example.vn")

    deliver_due(at=timezone.now())

    message.refresh_from_db()
    assert sink.mails == []
    assert (message.state, message.last_error) == (
        Message.State.FAILED,
        "Địa chỉ hoặc tiêu đề thư không hợp lệ.",
    )


@pytest.mark.parametrize("answer", ["450 mailbox of %s busy", "550 no user %s"])
@pytest.mark.django_db
def test_the_log_names_the_kind_of_failure_and_no_address(sink, caplog, answer):
    address = "lo.thi-mai@example.vn"
    sink.refused[address] = answer % address
    message = make_message(address=address)

    deliver_due(at=timezone.now())

    logged = [(record.name, record.getMessage()) for record in caplog.records if record.name != "mail.log"]
    line = f"Message {message.pk}: SMTPRecipientsRefused {answer.split()[0]}"
    assert logged == [("notifications.actions.delivering", line)]


@pytest.mark.django_db
def test_the_log_of_an_impossible_address_does_not_repeat_it(sink, caplog):
    make_message(address="lo.thi-mai@example.vn\nBcc: x@example.vn")

    deliver_due(at=timezone.now())

    assert "Message" in caplog.text
    assert "lo.thi-mai" not in caplog.text


@pytest.mark.django_db
def test_message_that_kills_every_worker_is_given_up(sink):
    past = timezone.now() - timedelta(seconds=1)
    message = make_message(state=Message.State.SENDING, try_count=rules.MAX_TRIES, lease_until=past)

    deliver_due(at=timezone.now())

    message.refresh_from_db()
    assert sink.mails == []
    assert (message.state, message.last_error) == (
        Message.State.FAILED,
        "Việc gửi bị ngắt giữa chừng quá nhiều lần.",
    )


@pytest.mark.django_db
def test_silent_mail_server_costs_no_try(settings):
    with smtp_sink() as gone:
        pass
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", gone.port
    message = make_message()

    count = deliver_due(at=timezone.now())

    message.refresh_from_db()
    assert count == 0
    assert (message.state, message.try_count) == (Message.State.WAITING, 0)


@pytest.mark.django_db
def test_limit_stops_between_batches(sink, monkeypatch):
    monkeypatch.setattr("notifications.actions.delivering.BATCH", 2)
    for _ in range(5):
        make_message()

    count = deliver_due(at=timezone.now(), limit=3)

    assert count == 4
    assert Message.objects.filter(state=Message.State.WAITING).count() == 1


@pytest.mark.django_db
def test_message_another_worker_was_faster_with_is_left_to_it(sink, monkeypatch):
    monkeypatch.setattr(MessageQuerySet, "take", lambda *args, **kwargs: False)
    make_message()

    count = deliver_due(at=timezone.now(), limit=1)

    assert (count, sink.mails) == (0, [])


@pytest.mark.django_db
def test_task_is_a_doorbell(sink):
    message = make_message()

    deliver_due_messages()

    assert [mail.message_id for mail in sink.mails] == [message.message_id]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_inside_a_transaction(sink, monkeypatch):
    inside = []
    real = EmailBackend.send_messages

    def watched(self, mails):
        inside.append(connection.in_atomic_block)
        return real(self, mails)

    monkeypatch.setattr(EmailBackend, "send_messages", watched)
    make_message()

    deliver_due(at=timezone.now())

    assert inside == [False]


def _four_workers_at_once():
    """Four threads deliver together; the barrier makes them read the same waiting messages."""
    barrier = Barrier(4)

    def deliver():
        barrier.wait()
        try:
            deliver_due(at=timezone.now())
        finally:
            connection.close()

    workers = [Thread(target=deliver) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_every_message_once(sink):
    sink.pause = 0.002
    expected = sorted(make_message().message_id for _ in range(150))

    _four_workers_at_once()

    assert sorted(mail.message_id for mail in sink.mails) == expected
    assert Message.objects.filter(state=Message.State.SENT, try_count=1).count() == 150


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_claim_workers_at_once_repeat_messages(sink, monkeypatch):
    monkeypatch.setattr(MessageQuerySet, "take", lambda *args, **kwargs: True)
    sink.pause = 0.002
    for _ in range(40):
        make_message()

    _four_workers_at_once()

    assert len(sink.repeats()) > 0
