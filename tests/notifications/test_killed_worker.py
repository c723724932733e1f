"""Done-when 4: a worker killed with SIGKILL while reminders go out, and its broker emptied."""

import pytest

from notifications.models import Message
from tests.factories.notifications import make_message
from tests.servers import (
    celery_worker,
    empty_redis,
    portal_environment,
    smtp_sink,
    throwaway_redis,
    wait_until,
)

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
MAILS = 300
KILLS = (80, 190)


def _recorded_as_sent() -> set[str]:
    return set(Message.objects.filter(state=Message.State.SENT).values_list("message_id", flat=True))


def test_killed_worker_loses_no_message_and_repeats_at_most_one_per_kill(tmp_path):
    expected = {make_message().message_id for _ in range(MAILS)}
    sent_before_kill, came_before_kill = [], []

    with throwaway_redis(tmp_path) as redis_url, smtp_sink(pause=0.005) as sink:
        environment = portal_environment(
            redis_url=redis_url,
            email_url=sink.url,
            folder=tmp_path,
            MESSAGE_LEASE_SECONDS="2",
            MESSAGE_PERIOD_SECONDS="1",
        )
        with celery_worker(environment, tmp_path) as worker:
            for count in KILLS:
                sink.wait_for(count)
                worker.kill()
                wait_until(lambda: sink.open_count == 0, what="the broken connection")
                sent_before_kill.append(_recorded_as_sent())
                came_before_kill.append(len(sink.mails))
                empty_redis(redis_url)
                worker.start()
            wait_until(lambda: len(_recorded_as_sent()) == MAILS, what="the last message")

    assert all(came < MAILS for came in came_before_kill)
    assert {mail.message_id for mail in sink.mails} == expected
    assert set(sink.repeats().values()) <= {2}
    assert len(sink.repeats()) <= len(KILLS)
    for sent, came in zip(sent_before_kill, came_before_kill, strict=True):
        assert sent & {mail.message_id for mail in sink.mails[came:]} == set()
