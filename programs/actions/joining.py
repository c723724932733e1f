"""Two records of one person become one: nobody stands twice in one squad or club."""

from typing import Any

from members.actions import MergeJournal
from members.models import Member
from programs.models import Club, ClubMember, Squad, SquadMember

RANKS = ["leader", "chair", "deputy", "secretary", "member"]


def join_stays(*, journal: MergeJournal) -> None:
    """Of two open stays in one squad or club the stronger remains: the higher role, core, the longer one.

    Called inside the transaction of the merge. The squads are held, for stays in one take turns on it.
    """
    both = [journal.kept.pk, journal.other.pk]
    squads = SquadMember.objects.filter(member__in=both, ends_on=None).values("squad")
    list(Squad.objects.locked().filter(pk__in=squads).order_by("pk"))
    clubs = ClubMember.objects.filter(member__in=both, ends_on=None).values("club")
    list(Club.objects.locked().filter(pk__in=clubs).order_by("pk"))
    for model, group in ((SquadMember, "squad_id"), (ClubMember, "club_id")):
        _join(journal, model, group)


def _join(journal: MergeJournal, model: Any, group: str) -> None:
    own = _open_stays(model, group, journal.kept)
    for key, theirs in _open_stays(model, group, journal.other).items():
        if key in own:
            journal.drop(max(own[key], theirs, key=_weakness))


def _open_stays(model: Any, group: str, member: Member) -> dict[int, Any]:
    stays = model.objects.filter(member=member, ends_on=None).order_by("pk")
    return {getattr(stay, group): stay for stay in stays}


def _weakness(stay: Any) -> tuple:
    return RANKS.index(stay.role), not getattr(stay, "is_core", False), stay.starts_on


def hold_parted(*, steps: list[dict[str, Any]]) -> list[str]:
    """Hold the squads and clubs whose stays a merge moved while it is undone. Nothing stands against it."""
    for model, group, parent in ((SquadMember, "squad_id", Squad), (ClubMember, "club_id", Club)):
        ours = [step for step in steps if step["table"] == model._meta.label_lower]
        keys = {step["before"][group] for step in ours if step["done"] == "drop"}
        keys |= set(model.objects.filter(pk__in=[step["pk"] for step in ours]).values_list(group, flat=True))
        list(parent.objects.locked().filter(pk__in=keys).order_by("pk"))
    return []
