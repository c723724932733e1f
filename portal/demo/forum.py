"""The forum and training of the year: 250 delegates, a central point and one in every commune."""

from datetime import date, timedelta

from events.actions import create_event
from events.models import Event
from members.models import Member
from portal.demo.past_events import finish, spoken_place
from portal.demo.turnout import let_in, seat_people
from portal.demo.world import World, moment
from units.models import Unit

DELEGATES = 250
SEATS_OF_COMMUNE = 2


def add_forum(world: World) -> None:
    """Held on the 21st of July, of last year while this year's is still to come."""
    day = date(world.year, 7, 21)
    if day > world.today - timedelta(days=7):
        day = date(world.year - 1, 7, 21)
    shares = _shares(world)
    event = create_event(
        by=world.staff["chuyenvien"],
        sessions=[{"title": "Buổi chiều", "starts_at": moment(day, 13, 30), "ends_at": moment(day, 17, 30)}],
        parts=_parts(day),
        quotas=[{"unit": unit, "seats": seats} for unit, seats in shares.items()],
        venues=_venues(world),
        **_facts(world, day),
    )
    registrations = seat_people(world, event, _delegates(world, shares))
    for session in event.sessions.all():
        let_in(world, session, registrations)
    finish(world, event)


def _facts(world: World, day: date) -> dict:
    return {
        "title": "Diễn đàn “Thanh niên tiên phong trong chuyển đổi số, lập nghiệp thời 4.0”",
        "kind": Event.Kind.FORUM,
        "host": world.province,
        "program": world.programs["literacy"],
        "theme": f"Thanh niên {world.province.name} với xã hội số: Cơ hội, thách thức và giải pháp",
        "description": (
            "Diễn đàn thanh niên với xã hội số và chương trình tập huấn dành cho các đội hình thanh niên "
            "tình nguyện, kết nối trực tuyến đến điểm cầu các Đoàn xã, phường."
        ),
        "mode": Event.Mode.HYBRID,
        "place": f"Trung tâm Hội nghị tỉnh {world.province.name}",
        "doors_at": moment(day, 13),
        "starts_at": moment(day, 13, 30),
        "ends_at": moment(day, 17, 30),
        "opens_at": moment(day - timedelta(days=21), 8),
        "closes_at": moment(day - timedelta(days=3), 17),
        "published_at": moment(day - timedelta(days=22), 9),
        "capacity": DELEGATES,
        "gives_certificate": True,
    }


def _parts(day: date) -> list[dict]:
    return [
        {
            "kind": Event.Kind.FORUM,
            "title": "Diễn đàn thanh niên với xã hội số",
            "starts_at": moment(day, 13, 45),
            "speaker": "Bí thư Tỉnh Đoàn, Phó Chủ tịch Ủy ban MTTQ tỉnh",
        },
        {
            "kind": Event.Kind.TRAINING,
            "title": "Tập huấn kỹ năng ứng dụng công nghệ số và AI cho các đội hình tình nguyện",
            "starts_at": moment(day, 15, 15),
            "speaker": "Báo cáo viên Tỉnh Đoàn",
        },
    ]


def _shares(world: World) -> dict[Unit, int]:
    """Two seats for every commune; the rest of the seats goes to the wards, as evenly as it can."""
    shares = dict.fromkeys(world.communes, SEATS_OF_COMMUNE)
    left = max(DELEGATES - sum(shares.values()), 0)
    wards = [unit for unit in world.communes if unit.kind == Unit.Kind.WARD] or world.communes
    for place, unit in enumerate(wards):
        shares[unit] += left // len(wards) + (place < left % len(wards))
    return shares


def _delegates(world: World, shares: dict[Unit, int]) -> list[Member]:
    delegates = [world.personas["doanvien"], world.personas["bithu"]]
    ready_of: dict[int, list[Member]] = {}
    for member in world.everybody():
        ready_of.setdefault(member.unit_id, []).append(member)
    for unit, seats in shares.items():
        if unit == world.home:
            continue
        ready = ready_of.get(unit.pk, [])
        delegates += world.rng.sample(ready, min(seats, len(ready)))
    return delegates


def _venues(world: World) -> list[dict]:
    central = {
        "unit": world.province,
        "place": "Trung tâm Hội nghị tỉnh",
        "person_in_charge": world.staff["chuyenvien"].full_name,
        "is_central": True,
        "expected_count": DELEGATES,
        "present_count": None,
    }
    return [central, *(_venue(world, unit) for unit in world.communes)]


def _venue(world: World, unit: Unit) -> dict:
    expected = world.rng.randrange(20, 61, 5)
    people = world.people[unit.pk]
    return {
        "unit": unit,
        "place": f"Hội trường UBND {spoken_place(unit)}",
        "person_in_charge": people[0].full_name,
        "expected_count": expected,
        "present_count": expected - world.rng.randint(0, 6),
        "note": "Mất kết nối từ 14 giờ 10 đến 14 giờ 25" if world.rng.random() < 0.05 else "",
    }
