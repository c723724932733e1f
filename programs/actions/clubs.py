"""Clubs and who is in them. Changes of one club take turns on its row."""

from datetime import date
from typing import Any

from django.db import transaction

from core import audit
from core.errors import DomainError
from members.models import Member
from programs import rules
from programs.actions.planning import slug_of
from programs.models import Club, ClubMember


class ClubRefused(DomainError):
    """The club cannot be founded, joined or left so. Raised with every reason at once."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def found_club(*, by: Any, **facts: Any) -> Club:
    """A club without members yet; the address is made from the name unless given."""
    club = Club(**{"slug": slug_of(facts["name"])} | facts)
    if Club.objects.filter(slug=club.slug).exists():
        raise ClubRefused([f"Đường dẫn “{club.slug}” đã dùng cho câu lạc bộ khác."])

    club.save()
    audit.record("club.founded", by=by, target=club, unit=club.unit)
    return club


@transaction.atomic
def add_club_member(
    *,
    club: Club,
    member: Member,
    sector: str,
    starts_on: date,
    by: Any,
    role: str = ClubMember.Role.MEMBER,
) -> ClubMember:
    """Let the member stand for a sector in the club from that day on."""
    club = Club.objects.locked().select_related("unit").get(pk=club.pk)
    if problems := rules.club_stay_problems(club, member, role=role, starts_on=starts_on):
        raise ClubRefused(problems)

    stay = club.memberships.create(member=member, sector=sector, role=role, starts_on=starts_on)
    audit.record("club.joined", by=by, target=stay, unit=club.unit)
    return stay


@transaction.atomic
def end_club_member(*, membership: ClubMember, ends_on: date, by: Any) -> ClubMember:
    """End the stay with that day; the years before stay on record."""
    club = Club.objects.locked().select_related("unit").get(pk=membership.club_id)
    stay = club.memberships.select_related("member").get(pk=membership.pk)
    if problems := rules.leaving_problems(stay, ends_on=ends_on):
        raise ClubRefused(problems)

    stay.ends_on = ends_on
    stay.save(update_fields=["ends_on"])
    audit.record("club.left", by=by, target=stay, unit=club.unit)
    return stay
