"""What the squads did: outings with counts of help, so that some communes keep up and others do not."""

from datetime import date, timedelta
from math import ceil
from uuid import UUID

from portal.demo.names import drawn
from portal.demo.squads import PROVINCE_FOUNDED_ON
from portal.demo.world import World, days_between
from programs.models import Service, ServiceTally, Squad, SquadActivity
from reports.queries.targets import needed_percent, needed_value
from units.models import Unit

BATCH = 1000
YEAR_GOAL = 80_000
LATE_SHARE, SILENT_SHARE = 22 / 92, 9 / 92
OUTINGS_OF_YEAR = 26
BUSY_MONTHS = {3: 2.2, 6: 1.8, 7: 2.2, 8: 1.8}
TITLES = [
    "Hướng dẫn người dân tại Trung tâm Phục vụ hành chính công",
    "Lớp học số buổi tối tại nhà văn hóa",
    "Đến từng nhà cài đặt VNeID cho người cao tuổi",
    "Hỗ trợ tiểu thương thanh toán không dùng tiền mặt tại chợ",
    "Ngày thứ Bảy tình nguyện",
    "Hướng dẫn nhận diện lừa đảo trên mạng",
]
AUDIENCES = {"citizens": 46, "elderly": 20, "minorities": 18, "youth": 9, "traders": 7}


def set_goals(world: World) -> None:
    """How many turns of help every commune owes this year, and how each keeps up."""
    weights = {
        unit.pk: world.rng.uniform(0.7, 1.3) * (1.4 if unit.kind == Unit.Kind.WARD else 1)
        for unit in world.communes
    }
    whole = sum(weights.values())
    world.goals = {pk: round(YEAR_GOAL * weight / whole / 10) * 10 for pk, weight in weights.items()}
    world.goals[world.communes[0].pk] += YEAR_GOAL - sum(world.goals.values())
    others = [unit.pk for unit in world.communes if unit != world.home]
    world.rng.shuffle(others)
    late, silent = round(len(world.communes) * LATE_SHARE), round(len(world.communes) * SILENT_SHARE)
    world.paces = dict.fromkeys(others, "ok") | dict.fromkeys(others[: late - 1], "late")
    world.paces |= dict.fromkeys(others[late - 1 : late - 1 + silent], "silent") | {world.home.pk: "late"}


def add_activities(world: World) -> None:
    """The outings of this year, a few of last year, and those of 2023."""
    services = list(Service.objects.order_by("place")[:19])
    activities: list[SquadActivity] = []
    tallies: list[ServiceTally] = []
    for squad in Squad.objects.select_related("unit").order_by("pk"):
        for day, helped in _plan(world, squad):
            activity = _activity(world, squad, day)
            activities.append(activity)
            tallies += _tallies(world, activity, helped, services)
    SquadActivity.objects.bulk_create(activities, batch_size=BATCH)
    ServiceTally.objects.bulk_create(tallies, batch_size=BATCH)


def _plan(world: World, squad: Squad) -> list[tuple[date, int]]:
    """The days on which the squad went out and how often it helped on each."""
    if squad.level == Squad.Level.PROVINCE:
        of_2023 = world.rng.sample(days_between(PROVINCE_FOUNDED_ON, date(2023, 12, 31)), 14)
        days = days_between(world.year_starts, world.today)
        of_now = world.rng.sample(days, min(len(days) // 30, 12))
        return [(day, world.rng.randint(40, 120)) for day in sorted(of_2023 + of_now)]
    autumn = days_between(squad.founded_on, date(world.year - 1, 12, 20))
    before = world.rng.sample(autumn, min(world.rng.randint(1, 3), len(autumn)))
    return [(day, world.rng.randint(12, 45)) for day in sorted(before)] + _this_year(world, squad)


def _this_year(world: World, squad: Squad) -> list[tuple[date, int]]:
    pace = world.paces[squad.unit_id]
    days = [day for day in days_between(world.year_starts, world.today) if day >= squad.founded_on]
    if pace == "silent" or not days:
        return []
    due = needed_value(
        world.goals[squad.unit_id], needed_percent(world.year_starts, world.year_ends, on=world.today)
    )
    low, high = (1.0, 1.32) if pace == "ok" else (0.4, 0.92)
    helped = max(ceil(due * world.rng.uniform(low, high)), 1)
    outings = world.scaled(OUTINGS_OF_YEAR, least=5) * len(days) // 365
    chosen = _busy_days(world, days, max(outings, 1))
    return list(zip(chosen, _portions(world, helped, len(chosen)), strict=True))


def _busy_days(world: World, days: list[date], count: int) -> list[date]:
    """Days drawn so that the campaigns and the weekends are busier."""
    weights = [BUSY_MONTHS.get(day.month, 1) * (2.5 if day.weekday() >= 5 else 1) for day in days]
    return sorted(set(world.rng.choices(days, weights, k=count)))


def _portions(world: World, whole: int, count: int) -> list[int]:
    """The whole in that many uneven parts that sum up to it."""
    cuts = sorted(world.rng.uniform(0, 0.5) + place for place in range(1, count))
    marks = [0, *(round(whole * cut / (count + 0.25)) for cut in cuts), whole]
    return [after - before for before, after in zip(marks, marks[1:], strict=False)]


def _activity(world: World, squad: Squad, day: date) -> SquadActivity:
    is_province = squad.level == Squad.Level.PROVINCE
    is_mass = day.year == PROVINCE_FOUNDED_ON.year
    return SquadActivity(
        unit=squad.unit,
        squad=squad,
        done_on=day,
        title=world.rng.choice(TITLES),
        place="Trung tâm Phục vụ hành chính công tỉnh" if is_province else _hall(squad),
        volunteer_count=world.rng.randint(140, 270) if is_mass else world.rng.randint(4, 12),
        form_id=UUID(int=world.rng.getrandbits(128), version=4),
        logged_by=world.staff["doitruong"] if squad.unit_id == world.home.pk else world.staff["chuyenvien"],
        logged_at=world.now - timedelta(days=(world.today - day).days),
    )


def _hall(squad: Squad) -> str:
    place = squad.unit.place
    return f"Nhà văn hóa {place[0].lower()}{place[1:]}"


def _tallies(
    world: World, activity: SquadActivity, helped: int, services: list[Service]
) -> list[ServiceTally]:
    """The help of one outing by service and audience; the first services are asked for most."""
    weights = [len(services) - place for place in range(len(services))]
    kinds = dict.fromkeys(
        (world.rng.choices(services, weights)[0], drawn(world.rng, AUDIENCES))
        for _ in range(world.rng.randint(1, 4))
    )
    each, left = divmod(helped, len(kinds))
    return [
        ServiceTally(
            activity=activity,
            service=service,
            audience=audience,
            helped_count=each + (left if place == 0 else 0),
        )
        for place, (service, audience) in enumerate(kinds)
        if each or place == 0
    ]
