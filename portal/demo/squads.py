"""Squads of the province and of every commune, and who serves in them."""

from datetime import date, timedelta

from members.models import Member
from portal.demo.world import World
from programs.models import Squad, SquadMember

PROVINCE_SQUADS = {
    "Đội hình xung kích chuyển đổi số tỉnh": Squad.Kind.DIGITAL_SHOCK,
    "Đội hình tri thức trẻ tình nguyện tỉnh": Squad.Kind.YOUNG_INTELLECTUALS,
    "Đội hình hỗ trợ chính quyền địa phương 2 cấp": Squad.Kind.TWO_TIER_SUPPORT,
}
PROVINCE_FOUNDED_ON = date(2023, 2, 16)
COMMUNE_FOUNDED_FROM = date(2025, 7, 15)


def add_squads(world: World) -> None:
    """Three squads of the province and one of every commune, each with a leader and a core."""
    squads = _province_squads(world) + [
        _commune_squad(world, commune, number) for number, commune in enumerate(world.communes, start=1)
    ]
    Squad.objects.bulk_create(squads)
    stays: list[SquadMember] = []
    volunteers = world.everybody()
    for squad in squads:
        if squad.level == Squad.Level.PROVINCE:
            crew = world.rng.sample(volunteers, min(10, len(volunteers)))
        else:
            crew = _crew(world, squad)
        stays += _stays(squad, crew)
    SquadMember.objects.bulk_create(stays)


def _province_squads(world: World) -> list[Squad]:
    return [
        Squad(
            name=name,
            unit=world.province,
            program=world.programs["literacy"],
            level=Squad.Level.PROVINCE,
            kind=kind,
            founded_on=PROVINCE_FOUNDED_ON,
            decision_no=f"{number}-QĐ/TĐTN",
        )
        for number, (name, kind) in enumerate(PROVINCE_SQUADS.items(), start=31)
    ]


def _commune_squad(world: World, commune, number: int) -> Squad:
    return Squad(
        name=f"Đội hình Bình dân học vụ số {commune.place[0].lower()}{commune.place[1:]}",
        unit=commune,
        program=world.programs["literacy"],
        level=Squad.Level.COMMUNE,
        kind=Squad.Kind.DIGITAL_LITERACY,
        founded_on=COMMUNE_FOUNDED_FROM + timedelta(days=world.rng.randrange(75)),
        decision_no=f"{number:02d}-QĐ/ĐTN",
    )


def _crew(world: World, squad: Squad) -> list[Member]:
    """Six to ten of the commune's members, the demonstration's squad leader first at home."""
    active = [m for m in world.people[squad.unit_id] if m.status == Member.Status.ACTIVE]
    crew = world.rng.sample(active, min(world.rng.randint(6, 10), len(active)))
    if squad.unit_id == world.home.pk:
        leader = world.personas["doitruong"]
        crew = [leader, *(member for member in crew if member != leader)]
    return crew


def _stays(squad: Squad, crew: list[Member]) -> list[SquadMember]:
    roles = [SquadMember.Role.LEADER, SquadMember.Role.DEPUTY, SquadMember.Role.SECRETARY]
    return [
        SquadMember(
            squad=squad,
            member=member,
            role=roles[place] if place < len(roles) else SquadMember.Role.MEMBER,
            is_core=place < 5,
            starts_on=squad.founded_on,
        )
        for place, member in enumerate(crew)
    ]
