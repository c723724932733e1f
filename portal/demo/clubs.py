"""The club of young people who love technology, with members of nine walks of life."""

from datetime import date

from members.models import Member
from portal.demo.world import World
from programs.actions import add_club_member, found_club
from programs.models import ClubMember

FOUNDED_ON = date(2025, 7, 21)
SIZE = 20


def add_club(world: World) -> None:
    """Twenty members, at least two of every sector, with a chair and two deputies."""
    club = found_club(
        by=world.admin,
        name="Câu lạc bộ Thanh niên số",
        unit=world.province,
        program=world.programs["literacy"],
        founded_on=FOUNDED_ON,
        decision_no="187-QĐ/TĐTN",
        aim="Sân chơi, nơi chia sẻ kinh nghiệm và nòng cốt của phong trào “Bình dân học vụ số”.",
        is_published=True,
    )
    roles = [ClubMember.Role.CHAIR, ClubMember.Role.DEPUTY, ClubMember.Role.DEPUTY]
    for place, (sector, member) in enumerate(_chosen(world)):
        role = roles[place] if place < len(roles) else ClubMember.Role.MEMBER
        add_club_member(
            club=club, member=member, sector=sector, role=role, starts_on=FOUNDED_ON, by=world.admin
        )


def _chosen(world: World) -> list[tuple[str, Member]]:
    """Members in the order of the sectors, round after round; where a sector has nobody, anybody."""
    people = world.everybody()
    world.rng.shuffle(people)
    sectors = list(Member.Sector.values)
    found: list[tuple[str, Member]] = []
    for place in range(SIZE):
        sector = sectors[place % len(sectors)]
        member = next((member for member in people if member.sector == sector), people[0])
        people.remove(member)
        found.append((sector, member))
    return found
