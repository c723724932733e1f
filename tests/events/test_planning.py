from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from core.models import AuditEntry
from events import actions, rules
from events.models import Event, Registration
from notifications.models import Message
from tests.factories.events import make_event, make_quota, make_registration, make_session
from tests.factories.members import make_member
from tests.factories.units import make_unit, make_user

pytestmark = pytest.mark.django_db
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=VIETNAM)


def test_a_new_event_is_a_draft_with_all_its_rows():
    host, user = make_unit(), make_user()

    event = actions.create_event(
        by=user,
        title="Kỹ năng ứng dụng công nghệ số và AI",
        kind=Event.Kind.TRAINING,
        host=host,
        place="Hội trường Tỉnh Đoàn",
        starts_at=moment(27, 8),
        ends_at=moment(27, 11, 30),
        opens_at=moment(1, 8),
        closes_at=moment(24, 17),
        capacity=250,
        sessions=[{"title": "Buổi sáng", "starts_at": moment(27, 8), "ends_at": moment(27, 11, 30)}],
        parts=[
            {"kind": Event.Kind.TRAINING, "title": "Công cụ AI trong học tập", "starts_at": moment(27, 8)}
        ],
        quotas=[{"unit": host, "seats": 2}],
        venues=[{"unit": host, "place": "Nhà văn hóa xã"}],
    )

    assert event.stage_at(moment(20, 8)) == Event.Stage.DRAFT
    rows = (event.sessions, event.parts, event.quotas, event.venues)
    assert [related.count() for related in rows] == [1, 1, 1, 1]
    assert list(AuditEntry.objects.values_list("verb", "by")) == [("event.created", user.pk)]


def test_a_sound_event_is_published():
    event, user = make_event(published=False), make_user()

    published = actions.publish_event(event=event, by=user)

    assert published.stage_at(timezone.now()) == Event.Stage.OPEN
    assert list(AuditEntry.objects.values_list("verb", "by")) == [("event.published", user.pk)]


@time_machine.travel(moment(20, 9), tick=False)
def test_an_unsound_event_is_refused_with_every_reason():
    event = make_event(
        published=False, with_session=False, starts_at=moment(19, 8), closes_at=moment(18, 17), capacity=0
    )
    make_quota(event=event, unit=make_unit(), seats=3)

    with pytest.raises(actions.PublishRefused) as refusal:
        actions.publish_event(event=event, by=None)

    assert refusal.value.problems == [
        "Thời điểm bắt đầu đã qua.",
        "Hạn đăng ký đã qua.",
        "Chưa có buổi nào. Thêm ít nhất một buổi để điểm danh.",
        "Số chỗ phải lớn hơn 0.",
        "Đã phân bổ 3 chỗ, nhiều hơn số chỗ của sự kiện (0).",
    ]


def test_a_session_outside_the_event_is_refused():
    event = make_event(published=False)
    make_session(event=event, title="Buổi chiều", ends_at=event.ends_at + timedelta(hours=4))

    with pytest.raises(actions.PublishRefused) as refusal:
        actions.publish_event(event=event, by=None)

    assert refusal.value.problems == ["Có buổi nằm ngoài thời gian của sự kiện."]


def test_what_is_published_or_cancelled_is_not_published_again():
    event = make_event()
    actions.cancel_event(event=event, reason="Mưa lũ", by=None)

    with pytest.raises(actions.PublishRefused) as refusal:
        actions.publish_event(event=event, by=None)

    assert refusal.value.problems == ["Sự kiện đã được công bố.", "Sự kiện đã hủy."]


@time_machine.travel(moment(20, 9), tick=False)
def test_a_new_time_is_told_once_and_reminded_of_instead_of_the_old():
    event = make_event(starts_at=moment(27, 8), capacity=1)
    actions.register_member(event=event, member=make_member(email="mot@example.vn"), by=None)
    actions.register_member(event=event, member=make_member(email="hai@example.vn"), by=None)
    event.sessions.update(starts_at=moment(28, 14), ends_at=moment(28, 17))

    changed = actions.update_event(
        event=event,
        by=None,
        starts_at=moment(28, 14),
        ends_at=moment(28, 17),
        place="Nhà văn hóa xã Bình Yên",
        title="Tập huấn kỹ năng số",
    )

    assert changed.revision == 1
    told = Message.objects.filter(key__startswith="event-changed:").order_by("pk")
    assert list(told.values_list("address", flat=True)) == ["mot@example.vn", "hai@example.vn"]
    assert "Thời gian: 14:00 thứ Bảy, 28/3/2026" in told[0].body
    assert "Địa điểm: Nhà văn hóa xã Bình Yên" in told[0].body
    reminders = Message.objects.filter(key__startswith="reminder:").order_by("pk")
    assert list(reminders.values_list("state", "due_at")) == [
        ("skipped", moment(26, 18)),
        ("skipped", moment(27, 6)),
        ("waiting", moment(27, 18)),
        ("waiting", moment(28, 12)),
    ]


def test_a_change_nobody_needs_to_know_is_not_told():
    event = make_event()
    make_registration(event=event, member=make_member(email="mot@example.vn"))

    changed = actions.update_event(event=event, by=None, title="Tên mới", place=event.place)

    assert (changed.title, changed.revision) == ("Tên mới", 0)
    assert not Message.objects.exists()
    assert AuditEntry.objects.get().detail == {"fields": ["place", "title"]}


def test_seats_that_are_taken_cannot_be_taken_away():
    event = make_event(capacity=3)
    unit = make_unit(name="Bình Yên", kind="commune")
    quota = make_quota(event=event, unit=unit, seats=2)
    for _ in range(2):
        make_registration(event=event, member=make_member(unit=unit), quota=quota)
    quota.seats = 1
    quota.save()

    with pytest.raises(actions.ChangeRefused) as refusal:
        actions.update_event(event=event, by=None, capacity=1)

    assert refusal.value.problems == [
        "Đã có 2 người có chỗ; số chỗ không thể ít hơn.",
        "Đoàn xã Bình Yên đã có 2 người có chỗ; phần chỗ không thể ít hơn.",
    ]
    event.refresh_from_db()
    assert event.capacity == 3


def test_a_new_share_takes_its_people_over_and_seats_those_who_wait():
    event = make_event(capacity=1)
    unit = make_unit()
    make_registration(event=event)
    waiting = make_registration(event=event, member=make_member(unit=unit), state=Registration.State.WAITING)
    quota = make_quota(event=event, unit=unit, seats=1)

    actions.update_event(event=event, by=None, capacity=2)

    waiting.refresh_from_db()
    assert (waiting.quota, waiting.state) == (quota, Registration.State.SEATED)


def test_cancelling_tells_everybody_once_with_the_reason():
    event, user = make_event(capacity=1), make_user()
    actions.register_member(event=event, member=make_member(email="mot@example.vn"), by=None)
    actions.register_member(event=event, member=make_member(email="hai@example.vn"), by=None)
    gone = actions.register_member(event=event, member=make_member(email="ba@example.vn"), by=None)
    actions.cancel_registration(registration=gone, by=None)

    cancelled = actions.cancel_event(event=event, reason=" Mưa lũ ", by=user)

    assert cancelled.cancel_reason == "Mưa lũ"
    told = Message.objects.filter(key__startswith="event-cancelled:").order_by("pk")
    assert list(told.values_list("address", flat=True)) == ["mot@example.vn", "hai@example.vn"]
    assert "Lý do: Mưa lũ" in told[0].body
    assert not Message.objects.filter(key__startswith="reminder:", state="waiting").exists()
    assert AuditEntry.objects.get(verb="event.cancelled").detail == {}


def test_an_event_is_cancelled_once_with_a_reason_before_its_end():
    event = make_event()
    actions.cancel_event(event=event, reason="Mưa lũ", by=None)

    with time_machine.travel(event.ends_at), pytest.raises(actions.CancelRefused) as refusal:
        actions.cancel_event(event=event, reason=" ", by=None)

    assert refusal.value.problems == [
        "Sự kiện đã hủy trước đó.",
        "Sự kiện đã kết thúc nên không hủy được nữa.",
        "Chưa nhập lý do hủy.",
    ]


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        (moment(9, 8), Event.Stage.ANNOUNCED),
        (moment(10, 8), Event.Stage.OPEN),
        (moment(24, 17), Event.Stage.CLOSED),
        (moment(27, 8), Event.Stage.RUNNING),
        (moment(27, 11, 30), Event.Stage.OVER),
    ],
)
def test_the_stage_follows_the_clock(now, stage):
    event = make_event(starts_at=moment(27, 8), opens_at=moment(10, 8), closes_at=moment(24, 17))

    assert event.stage_at(now) == stage


def test_shares_and_seats_that_suffice_stand_in_nobodys_way():
    event = make_event(published=False, capacity=3)
    unit = make_unit()
    quota = make_quota(event=event, unit=unit, seats=2)
    make_registration(event=event, quota=quota, member=make_member(unit=unit))

    changed = actions.update_event(event=event, by=None, capacity=2)

    assert (changed.capacity, changed.revision) == (2, 0)


def test_moments_are_said_as_people_say_them():
    start = moment(27, 8)

    said = [
        rules.spoken(start),
        rules.spoken_near(start, to=moment(28, 8)),
        rules.day_span(start, moment(27, 11)),
        rules.day_span(start, moment(28, 11)),
        rules.hour_span(start, moment(27, 11, 30)),
        rules.time_left(start, at=moment(23, 8)),
        rules.time_left(start, at=moment(26, 8)),
        rules.time_left(start, at=moment(27, 7, 15)),
        rules.time_left(start, at=moment(28, 8)),
    ]

    assert said == [
        "8:00 thứ Sáu, 27/3/2026",
        "8:00 thứ Sáu, 27/3",
        "Thứ Sáu, 27/3/2026",
        "27/3/2026 – 28/3/2026",
        "8:00 – 11:30",
        "Còn 4 ngày",
        "Còn 24 giờ",
        "Còn 45 phút",
        "Còn 0 phút",
    ]
