import pytest

from events.actions import mark_present, record_training
from events.models import TrainingRecord
from tests.factories.certificates import make_past_event
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
