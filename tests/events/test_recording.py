from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import AuditEntry
from events.actions import cancel_event, mark_present, record_training, update_event
from events.models import Event, TrainingRecord
from tests.factories.certificates import make_certificate, make_past_event
from tests.factories.events import make_event, make_registration, make_session
from tests.factories.members import make_member
from tests.factories.units import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("attended", "pass_percent", "result"),
    [
        (3, 80, "incomplete"),
        (4, 80, "completed"),
        (3, 75, "completed"),
        (1, 25, "completed"),
        (4, 100, "completed"),
    ],
)
def test_the_result_follows_the_share_of_sessions(attended, pass_percent, result):
    event = make_event(with_session=False, pass_percent=pass_percent)
    sessions = [make_session(event=event, title=f"Buổi {number}") for number in range(4)]
    registration = make_registration(event=event)

    for session in sessions[:attended]:
        mark_present(session=session, registration=registration, by=make_user())

    record = TrainingRecord.objects.get()
    assert (record.attended_count, record.session_count, record.result) == (attended, 4, result)
    assert (record.title, record.member) == (event.title, registration.member)


def test_records_follow_a_session_added_later():
    event = make_past_event(attended=[make_member(), make_member()])
    make_session(event=event, title="Buổi chiều")

    count = record_training(event=event, by=make_user())

    rows = list(TrainingRecord.objects.values_list("attended_count", "session_count", "result"))
    assert (count, rows) == (2, [(1, 2, "incomplete")] * 2)


def test_recording_again_makes_no_second_record():
    event = make_past_event(attended=[make_member()])

    for _ in range(2):
        record_training(event=event, by=make_user())

    assert TrainingRecord.objects.count() == 1


def test_who_never_came_has_no_record():
    event = make_past_event(attended=[])
    make_registration(event=event)

    record_training(event=event, by=make_user())

    assert TrainingRecord.objects.count() == 0


def results():
    return list(TrainingRecord.objects.values_list("attended_count", "session_count", "result"))


def test_a_change_of_the_mark_records_training_again():
    event = make_past_event(with_session=False, pass_percent=50)
    sessions = [make_session(event=event, title=title) for title in ("Buổi sáng", "Buổi chiều")]
    registration = make_registration(event=event)
    mark_present(session=sessions[0], registration=registration, by=make_user())
    before = results()

    update_event(event=event, by=make_user(), pass_percent=100)

    assert (before, results()) == ([(1, 2, "completed")], [(1, 2, "incomplete")])


def test_the_check_in_counts_by_the_mark_of_now_not_of_when_the_page_was_opened():
    event = make_past_event(with_session=False, pass_percent=100)
    session = make_session(event=event, title="Buổi sáng")
    make_session(event=event, title="Buổi chiều")
    registration = make_registration(event=event)
    session.event.pass_percent = 100
    Event.objects.filter(pk=event.pk).update(pass_percent=50)

    mark_present(session=session, registration=registration, by=make_user())

    assert results() == [(1, 2, "completed")]


def test_an_event_called_off_halfway_trained_nobody():
    now = timezone.now()
    event = make_event(starts_at=now - timedelta(hours=1), closes_at=now - timedelta(hours=2))
    mark_present(session=event.sessions.get(), registration=make_registration(event=event), by=make_user())
    before = results()

    cancel_event(event=event, reason="Mưa lũ", by=make_user())

    assert (before, results()) == ([(1, 1, "completed")], [(1, 1, "incomplete")])


def test_a_change_before_anybody_came_records_nothing():
    event = make_event()
    make_registration(event=event)

    update_event(event=event, by=make_user(), pass_percent=100)

    assert results() == []
    assert not AuditEntry.objects.filter(verb="training.recorded").exists()


def test_an_issued_certificate_stays_as_it_was_when_sessions_change():
    certificate = make_certificate()
    words, event = certificate.content, certificate.record.event
    make_session(event=event, title="Buổi chiều")

    update_event(event=event, by=make_user(), pass_percent=100)

    certificate.refresh_from_db()
    assert (certificate.state, certificate.content) == ("valid", words)
    assert results() == [(1, 2, "incomplete")]
