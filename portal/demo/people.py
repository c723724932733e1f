"""The members of the province: in every commune, some of every age, group and walk of life."""

from datetime import date, timedelta
from random import Random

from core.codes import CODE_LETTERS
from members.models import Affiliation, Member, MemberSkill, Position, Skill
from portal.demo.contacts import Contacts
from portal.demo.names import drawn, drawn_group, drawn_name
from portal.demo.personas import BRANCH_NAMES, MEMBERS, Persona
from portal.demo.world import World
from units.actions import open_unit
from units.models import Unit

LEAST_PER_COMMUNE = 2
LEAST_AT_HOME = 14
YOUNGEST_LECTURER = 24
BATCH = 1000
STATUSES = {"active": 88, "away": 8, "grown": 3, "ended": 1}
PRECISIONS = {"day": 90, "month": 3, "year": 7}
SKILLS = [
    "Tin học văn phòng",
    "Hướng dẫn dịch vụ công trực tuyến",
    "Quay phim, chụp ảnh",
    "Thiết kế đồ họa",
    "Tiếng Tày",
    "Tiếng Anh",
    "Sơ cấp cứu",
    "Dẫn chương trình",
]
RELIGIONS = {"Không": 92, "Phật giáo": 4, "Công giáo": 3, "Tin lành": 1}
GROWN_SECTORS = {
    "rural": {
        "rural": 44, "residential": 22, "worker": 20, "civil_servant": 9, "armed_forces": 3, "lecturer": 2,
    },
    "urban": {
        "urban": 34, "residential": 16, "worker": 24, "civil_servant": 15, "armed_forces": 5, "lecturer": 6,
    },
}  # fmt: skip


def add_people(world: World) -> None:
    """Fill every commune; the demonstration accounts' own records live in the home commune."""
    contacts = Contacts(world.rng)
    branches = _open_branches(world)
    counts = _shares(world)
    for commune in world.communes:
        world.people[commune.pk] = _people_of(world, commune, counts[commune.pk], contacts, branches)
    everybody = [member for commune in world.communes for member in world.people[commune.pk]]
    _give_codes(everybody, world.rng)
    Member.objects.bulk_create(everybody, batch_size=BATCH)
    Affiliation.objects.bulk_create((_home_of(member, world) for member in everybody), batch_size=BATCH)
    Position.objects.bulk_create(_posts(world))
    MemberSkill.objects.bulk_create(_skills(world))


def _open_branches(world: World) -> list[Unit]:
    return [
        open_unit(parent=world.home, kind=Unit.Kind.BRANCH, name=name, valid_from=date(2025, 7, 1), by=None)
        for name in BRANCH_NAMES
    ]


def _shares(world: World) -> dict[int, int]:
    """How many members each commune has: wards more, every one a few, all together the size."""
    weights = {
        commune.pk: world.rng.uniform(0.7, 1.4) * (2 if commune.kind == Unit.Kind.WARD else 1)
        for commune in world.communes
    }
    counts = dict.fromkeys(weights, LEAST_PER_COMMUNE) | {world.home.pk: LEAST_AT_HOME}
    left = world.size - sum(counts.values())
    whole = sum(weights.values())
    for pk, weight in weights.items():
        counts[pk] += int(left * weight / whole)
    counts[world.home.pk] += world.size - sum(counts.values())
    return counts


def _people_of(
    world: World, commune: Unit, count: int, contacts: Contacts, branches: list[Unit]
) -> list[Member]:
    found = []
    if commune == world.home:
        found = [_persona(persona, world, contacts, branches[-1]) for persona in MEMBERS]
    is_urban = commune.kind == Unit.Kind.WARD
    kinh_share = _kinh_share(world, commune, is_urban=is_urban)
    names = _branch_names(world.rng, is_urban=is_urban)
    while len(found) < count:
        member = _member(world, kinh_share, contacts, is_urban=is_urban)
        member.unit, member.branch_name = commune, _branch_of(member, names, commune, world.rng)
        if commune == world.home and world.rng.random() < 0.6:
            member.unit, member.branch_name = world.rng.choice(branches), ""
        found.append(member)
    _give_posts(found, commune)
    return found


def _kinh_share(world: World, commune: Unit, *, is_urban: bool) -> float:
    """The north of the province is highland, where few are Kinh."""
    if is_urban:
        return world.rng.uniform(0.75, 0.93)
    is_highland = (commune.latitude or 0) > (world.province.latitude or 0)
    return world.rng.uniform(0.05, 0.3) if is_highland else world.rng.uniform(0.35, 0.85)


def _branch_names(rng: Random, *, is_urban: bool) -> list[str]:
    place = "tổ dân phố" if is_urban else rng.choice(["xóm", "thôn"])
    return [f"Chi đoàn {place} {number}" for number in range(1, rng.randint(6, 14))]


def _branch_of(member: Member, names: list[str], commune: Unit, rng: Random) -> str:
    """Where people live, or where they serve."""
    if member.sector == Member.Sector.ARMED_FORCES:
        return f"Chi đoàn Công an {commune.get_kind_display().lower()}"
    if member.sector == Member.Sector.CIVIL_SERVANT:
        return rng.choice(["Chi đoàn Trạm Y tế", "Chi đoàn Trường THCS"])
    return rng.choice(names)


def _persona(persona: Persona, world: World, contacts: Contacts, branch: Unit) -> Member:
    born_on = date.fromisoformat(persona.born)
    member = Member(
        full_name=persona.full_name,
        sex=persona.sex,
        born_on=born_on,
        born_precision=Member.Precision.DAY,
        ethnic_group=persona.ethnic_group,
        religion="Không",
        phone=contacts.phone(),
        email=persona.email if persona.has_claimed else "",
        position=persona.position,
        sector=Member.Sector.RURAL,
        unit=branch if persona.lives_in_branch else world.home,
    )
    contacts.put_citizen_id(member, born_on.year)
    member.set_name_keys()
    world.personas[persona.key] = member
    return member


def _member(world: World, kinh_share: float, contacts: Contacts, *, is_urban: bool) -> Member:
    rng = world.rng
    sex = rng.choice([Member.Sex.MALE, Member.Sex.FEMALE])
    group = drawn_group(rng, kinh_share)
    member = Member(
        full_name=drawn_name(rng, group, sex),
        sex=sex,
        ethnic_group=group,
        religion=drawn(rng, RELIGIONS) if rng.random() < 0.9 else "",
        position="Đoàn viên",
        status=drawn(rng, STATUSES),
    )
    age, year = _put_dates(member, world)
    member.sector = _sector(rng, age, is_urban=is_urban)
    member.phone = contacts.phone() if rng.random() < 0.88 else ""
    member.email = contacts.email(member.full_name, year) if rng.random() < 0.55 else ""
    if rng.random() < 0.7:
        contacts.put_citizen_id(member, year)
    member.set_name_keys()
    return member


def _put_dates(member: Member, world: World) -> tuple[int, int]:
    """Birth between 15 and 35 years ago, joining at 15 to 18, some known by the year only.

    Gives the age and the year of birth.
    """
    rng = world.rng
    age = int(rng.triangular(15, 36, 22))
    born = world.today - timedelta(days=round(age * 365.25) + rng.randrange(365))
    joined = min(born + timedelta(days=round(rng.uniform(15.2, 18) * 365.25)), world.today)
    member.born_precision = drawn(rng, PRECISIONS)
    member.born_on = _as_known(born, member.born_precision)
    if rng.random() < 0.85:
        member.joined_precision = drawn(rng, PRECISIONS)
        member.joined_on = _as_known(joined, member.joined_precision)
    return age, born.year


def _as_known(day: date, precision: str) -> date:
    if precision == Member.Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == Member.Precision.MONTH else day


def _sector(rng: Random, age: int, *, is_urban: bool) -> str:
    if age < 18:
        return Member.Sector.PUPIL
    if age < 23 and rng.random() < 0.4:
        return Member.Sector.STUDENT
    sector = drawn(rng, GROWN_SECTORS["urban" if is_urban else "rural"])
    return Member.Sector.WORKER if sector == Member.Sector.LECTURER and age < YOUNGEST_LECTURER else sector


def _give_posts(members: list[Member], commune: Unit) -> None:
    """The first grown members lead the commune, then one of each branch leads it."""
    taken = {member.position for member in members}
    grown = [m for m in members if m.position == "Đoàn viên" and m.status == "active" and m.sector != "pupil"]
    for title in ("Bí thư", "Phó Bí thư"):
        post = f"{title} Đoàn {commune.get_kind_display().lower()}"
        if post not in taken and grown:
            grown.pop(0).position = post
    led: set[str] = set()
    for member in grown:
        if member.branch_name and member.branch_name not in led:
            led.add(member.branch_name)
            member.position = "Bí thư chi đoàn"


def _posts(world: World) -> list[Position]:
    """The commune secretaries' posts, as the province designated them after the merger."""
    return [
        Position(
            member=member,
            title=member.position,
            unit=commune,
            source=Position.Source.DESIGNATED,
            decision_no=f"{number}-QĐ/TĐTN",
            starts_on=date(2025, 7, 15),
        )
        for number, commune in enumerate(world.communes, start=101)
        for member in world.people[commune.pk]
        if member.position.startswith("Bí thư Đoàn")
    ]


def _skills(world: World) -> list[MemberSkill]:
    """The province's list of skills, and one or two of them for some members of each commune."""
    skills = [Skill(name=name) for name in SKILLS]
    for skill in skills:
        skill.set_name_keys()
    Skill.objects.bulk_create(skills)
    rng = Random(world.size)  # lots of its own: what is drawn after stays as it was
    return [
        MemberSkill(member=member, skill=skill, level=rng.choice(MemberSkill.Level.values))
        for commune in world.communes
        for member in world.people[commune.pk][:6]
        for skill in rng.sample(skills, rng.randint(1, 2))
    ]


def _home_of(member: Member, world: World) -> Affiliation:
    opened = member.unit.valid_from or date(2025, 7, 1)
    starts_on = min(max(opened, member.joined_on or opened), world.today)
    return Affiliation(member=member, unit=member.unit, kind=Affiliation.Kind.HOME, starts_on=starts_on)


def _give_codes(members: list[Member], rng: Random) -> None:
    taken: set[str] = set()
    for member in members:
        member.code = ""
        while not member.code or member.code in taken:
            member.code = "DV" + "".join(rng.choices(CODE_LETTERS, k=8))
        taken.add(member.code)
