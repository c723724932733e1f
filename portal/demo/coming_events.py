"""Trainings to register for: a free one, one with shares per unit, one that is full, one for the door."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from events.actions import create_event, publish_event, register_member
from events.models import Event
from members.models import Member
from portal.demo.turnout import seat_people
from portal.demo.world import World, moment

SATURDAY = 5
HOME_SHARE = 2


def add_coming_events(world: World) -> None:
    """All of them published, with people registered as if they had done it themselves."""
    _free(world)
    _shared(world)
    _full(world)
    _announced(world)
    _at_the_door(world)


def _next(world: World, weekday: int, *, after: int) -> date:
    """The first such weekday at least so many days ahead."""
    day = world.today + timedelta(days=after)
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _publish(world: World, day: date, *, opens_at: datetime | None = None, **facts) -> Event:
    """A morning's event of the province with one session, published."""
    starts_at, ends_at = moment(day, 8), moment(day, 11, 30)
    defaults: dict[str, Any] = {
        "kind": Event.Kind.TRAINING,
        "host": world.province,
        "program": world.programs["literacy"],
        "place": "Hội trường Tỉnh Đoàn",
        "doors_at": moment(day, 7, 15),
        "opens_at": opens_at or world.now - timedelta(days=5),
        "closes_at": moment(day - timedelta(days=1), 17),
        "gives_certificate": True,
        "sessions": [{"title": "Buổi sáng", "starts_at": starts_at, "ends_at": ends_at}],
    }
    event = create_event(
        by=world.staff["chuyenvien"], starts_at=starts_at, ends_at=ends_at, **defaults | facts
    )
    return publish_event(event=event, by=world.staff["chuyenvien"])


def _register(world: World, event: Event, people: list[Member]) -> None:
    for member in people:
        register_member(event=event, member=member, by=member.user or world.staff["chuyenvien"])


def _free(world: World) -> None:
    """Seats for whoever comes first; the demonstration's member has one."""
    event = _publish(
        world,
        _next(world, SATURDAY, after=3),
        title="Tập huấn kỹ năng số và AI cho đoàn viên",
        theme="Dùng AI an toàn trong học tập và công việc",
        description="Mang theo điện thoại thông minh đã cài VNeID. Có hỗ trợ ăn trưa.",
        capacity=80,
        parts=[
            {"kind": Event.Kind.TRAINING, "title": "Công cụ AI cơ bản", "speaker": "Báo cáo viên Tỉnh Đoàn"},
            {"kind": Event.Kind.TRAINING, "title": "Dịch vụ công trực tuyến toàn trình tại cơ sở"},
        ],
    )
    _register(world, event, [world.personas["doanvien"], *_some(world, world.scaled(34, least=8))])


def _shared(world: World) -> None:
    """Two seats for every commune; at home one of them is taken."""
    event = _publish(
        world,
        _next(world, SATURDAY, after=9),
        title="Tập huấn đội trưởng đội hình Bình dân học vụ số",
        description="Mỗi xã, phường cử hai đoàn viên nòng cốt.",
        capacity=HOME_SHARE * len(world.communes),
        quotas=[{"unit": unit, "seats": HOME_SHARE} for unit in world.communes],
    )
    at_home = [member for member in world.everybody() if member.unit.path.startswith(world.home.path)]
    _register(world, event, [*at_home[:1], *_elsewhere(world, world.scaled(40, least=8))])


def _full(world: World) -> None:
    """Every seat is gone and some wait."""
    seats = world.scaled(30, least=8)
    event = _publish(
        world,
        _next(world, SATURDAY, after=16),
        title="Lớp học số: làm phim ngắn bằng điện thoại",
        kind=Event.Kind.CLASS,
        place="Phòng máy Trung tâm Hoạt động thanh thiếu nhi",
        capacity=seats,
    )
    _register(world, event, _some(world, seats + world.scaled(7, least=3)))


def _announced(world: World) -> None:
    """Registration opens next week."""
    _publish(
        world,
        _next(world, SATURDAY, after=30),
        opens_at=moment(world.today + timedelta(days=7), 8),
        title="Hội nghị tổng kết phong trào “Bình dân học vụ số”",
        kind=Event.Kind.CONFERENCE,
        gives_certificate=False,
        capacity=200,
    )


def _at_the_door(world: World) -> None:
    """Starts within hours, so that the doorkeeper's page has somebody to let in."""
    hour = timezone.localtime(world.now).hour + 1
    day, hour = (world.today, hour) if 7 <= hour <= 19 else (world.today + timedelta(days=1), 8)
    starts_at, ends_at = moment(day, hour), moment(day, hour + 3)
    people = _some(world, world.scaled(60, least=10))
    event = create_event(
        by=world.staff["chuyenvien"],
        title="Sinh hoạt chuyên đề: thanh niên với an toàn mạng",
        kind=Event.Kind.MEETING,
        host=world.province,
        program=world.programs["literacy"],
        place="Hội trường Tỉnh Đoàn",
        starts_at=starts_at,
        ends_at=ends_at,
        doors_at=starts_at - timedelta(minutes=45),
        opens_at=world.now - timedelta(days=14),
        closes_at=world.now - timedelta(days=1),
        published_at=world.now - timedelta(days=14),
        capacity=len(people) + 10,
        sessions=[{"title": "Buổi sinh hoạt", "starts_at": starts_at, "ends_at": ends_at}],
    )
    seat_people(world, event, people)


def _some(world: World, count: int) -> list[Member]:
    return world.rng.sample(world.everybody(), count)


def _elsewhere(world: World, count: int) -> list[Member]:
    """One member each of that many communes, none of them at home."""
    active: dict[int, Member] = {}
    for member in world.everybody():
        if not member.unit.path.startswith(world.home.path):
            active.setdefault(member.unit_id, member)
    return world.rng.sample(list(active.values()), min(count, len(active)))
