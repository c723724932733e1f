"""A year of trainings, classes and meetings that took place, with who came and what they earned."""

from dataclasses import dataclass
from datetime import date, timedelta

from events.actions import create_event, issue_certificates, record_training
from events.models import Event
from members.models import Member
from portal.demo.turnout import let_in, seat_people
from portal.demo.world import World, moment
from units.models import Unit

Kind = Event.Kind
SATURDAY = 5


@dataclass(frozen=True)
class Past:
    """One event so many days ago; without `is_local` the province held it."""

    days_ago: int
    title: str
    kind: str
    seats: int
    is_whole_day: bool = False
    is_local: bool = False
    gives_certificate: bool = False


PAST = [
    Past(320, "Hội nghị triển khai chương trình công tác Đoàn", Kind.CONFERENCE, 110),
    Past(291, "Tập huấn giáo viên số cho Bí thư Đoàn xã, phường", Kind.TRAINING, 92, is_whole_day=True),
    Past(262, "Lễ ra quân Tháng Thanh niên", Kind.KICK_OFF, 150),
    Past(241, "Lớp học số: VNeID và dịch vụ công trực tuyến", Kind.CLASS, 45, is_local=True),
    Past(208, "Tập huấn kỹ năng AI cơ bản cho đoàn viên", Kind.TRAINING, 90, is_whole_day=True,
         gives_certificate=True),
    Past(183, "Lớp học số: thanh toán không dùng tiền mặt", Kind.CLASS, 40, is_local=True),
    Past(167, "Lễ ra quân Chiến dịch Thanh niên tình nguyện hè", Kind.KICK_OFF, 140),
    Past(136, "Tập huấn hỗ trợ chính quyền địa phương 2 cấp", Kind.TRAINING, 95, is_whole_day=True),
    Past(96, "Lớp học số: bán nông sản trên sàn thương mại điện tử", Kind.CLASS, 50, is_local=True),
    Past(62, "Gặp mặt đội trưởng đội hình tình nguyện tiêu biểu", Kind.MEETING, 96),
    Past(34, "Lớp học số: nhận diện lừa đảo trên mạng", Kind.CLASS, 48, is_local=True),
    Past(13, "Tập huấn an toàn thông tin cho cán bộ Đoàn", Kind.TRAINING, 80, is_whole_day=True,
         gives_certificate=True),
]  # fmt: skip


def add_past_events(world: World) -> None:
    """The events of the past year on their Saturdays, each with its turnout and training records."""
    reporting = [unit for unit in world.communes if world.paces[unit.pk] != "silent"]
    for past in PAST:
        host = world.rng.choice(reporting) if past.is_local else world.province
        _hold(world, past, host)


def _hold(world: World, past: Past, host: Unit) -> None:
    day = world.today - timedelta(days=past.days_ago)
    day -= timedelta(days=(day.weekday() - SATURDAY) % 7)
    seats = world.scaled(past.seats, least=10)
    sessions = _sessions(day, is_whole_day=past.is_whole_day)
    people = _people(world, host, seats)
    event = create_event(
        by=world.staff["chuyenvien"],
        title=past.title,
        kind=past.kind,
        host=host,
        program=world.programs["literacy"],
        place="Hội trường Tỉnh Đoàn" if host == world.province else f"Nhà văn hóa {spoken_place(host)}",
        starts_at=sessions[0]["starts_at"],
        ends_at=sessions[-1]["ends_at"],
        opens_at=moment(day - timedelta(days=16), 8),
        closes_at=moment(day - timedelta(days=2), 17),
        published_at=moment(day - timedelta(days=17), 9),
        capacity=seats + 5,
        gives_certificate=past.gives_certificate,
        sessions=sessions,
    )
    registrations = seat_people(world, event, people)
    for session in event.sessions.order_by("starts_at"):
        let_in(world, session, registrations)
    finish(world, event)


def finish(world: World, event: Event) -> None:
    """Training records for who came, certificates where the event gives them."""
    if event.gives_certificate:
        issue_certificates(event=event, by=world.staff["chuyenvien"])
    else:
        record_training(event=event, by=world.staff["chuyenvien"])


def spoken_place(unit: Unit) -> str:
    """The place within a sentence: "xã Bình Yên"."""
    return f"{unit.place[0].lower()}{unit.place[1:]}"


def _sessions(day: date, *, is_whole_day: bool) -> list[dict]:
    morning = {"title": "Buổi sáng", "starts_at": moment(day, 8), "ends_at": moment(day, 11, 30)}
    afternoon = {"title": "Buổi chiều", "starts_at": moment(day, 13, 30), "ends_at": moment(day, 17)}
    return [morning, afternoon] if is_whole_day else [morning]


def _people(world: World, host: Unit, count: int) -> list[Member]:
    """People of the host first, others where it has not enough."""
    everybody = world.everybody()
    near = [member for member in everybody if member.unit.path.startswith(host.path)]
    if len(near) >= count:
        return world.rng.sample(near, count)
    known = {member.pk for member in near}
    far = [member for member in everybody if member.pk not in known]
    return near + world.rng.sample(far, min(count - len(near), len(far)))
