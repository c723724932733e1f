from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from notifications.actions import enqueue, withdraw
from notifications.models import Message
from tests.factories.notifications import make_message
from tests.factories.units import make_user

pytestmark = pytest.mark.django_db
NOTICE = "members/notices/claim_code"


def code_notice(key="ma:1", address="la@example.vn", **more):
    context = {"code": "ABCD2345", "minutes": 30, "account": "a@b.vn & <c>", "path": "/ca-nhan/nhan-ho-so/"}
    return enqueue(key=key, address=address, template=NOTICE, context=context, **more)


@time_machine.travel("2026-11-20T01:00:00Z", tick=False)
def test_enqueue_renders_subject_and_plain_text_body_now(settings):
    settings.SITE_URL, settings.OFFICE_NAME = "https://doan.example.vn", "Tỉnh Đoàn Thái Nguyên"
    user = make_user()

    message = code_notice(user=user)

    message.refresh_from_db()
    assert message.subject == "Mã nhận hồ sơ đoàn viên"
    assert message.body.startswith("Chào đồng chí,\n\nMã nhận hồ sơ: ABCD2345\n")
    assert "với tài khoản a@b.vn & <c>." in message.body
    assert "https://doan.example.vn/ca-nhan/nhan-ho-so/" in message.body
    assert message.body.endswith("\n\nTỉnh Đoàn Thái Nguyên\n")
    assert (message.state, message.due_at, message.user) == (Message.State.WAITING, timezone.now(), user)
    assert message.message_id.endswith("@doan.example.vn>")


def test_enqueueing_the_same_key_twice_is_one_message():
    first = code_notice(address="mot@example.vn")

    second = code_notice(address="hai@example.vn")

    assert second == first
    assert list(Message.objects.values_list("address", flat=True)) == ["mot@example.vn"]


def test_message_id_differs_between_keys():
    assert code_notice(key="ma:1").message_id != code_notice(key="ma:2").message_id


def test_enqueue_without_an_address_promises_nothing():
    assert code_notice(address="") is None
    assert Message.objects.count() == 0


def test_withdraw_skips_what_waits_under_the_prefix_and_nothing_else():
    ours = make_message(key="reminder:41:day")
    left = make_message(
        key="reminder:41:hours",
        state=Message.State.SENDING,
        lease_until=timezone.now() - timedelta(seconds=1),
    )
    held = make_message(
        key="reminder:41:closing",
        state=Message.State.SENDING,
        lease_until=timezone.now() + timedelta(minutes=5),
    )
    sent = make_message(key="reminder:41:sent", state=Message.State.SENT)
    other = make_message(key="reminder:411:day")

    count = withdraw(key_prefix="reminder:41:")

    assert count == 2
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {
        ours.pk: "skipped",
        left.pk: "skipped",
        held.pk: "sending",
        sent.pk: "sent",
        other.pk: "waiting",
    }
    ours.refresh_from_db()
    assert ours.last_error == "Không còn cần gửi."
