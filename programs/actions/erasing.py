"""A member is erased: stays in squads and clubs end, and stay counted."""

from datetime import date

from django.db import transaction

from members.models import Member
from programs.models import Club, ClubMember, Squad, SquadMember


@transaction.atomic
def end_stays(*, member: Member, on: date) -> None:
    """End every open stay with that day. One that begins later never was."""
    for model, group, parent in ((SquadMember, "squad", Squad), (ClubMember, "club", Club)):
        open_stays = model.objects.filter(member=member, ends_on=None)  # type: ignore[attr-defined]
        list(parent.objects.locked().filter(pk__in=open_stays.values(group)).order_by("pk"))  # type: ignore[attr-defined]
        open_stays.filter(starts_on__gt=on).delete()
        open_stays.update(ends_on=on)
