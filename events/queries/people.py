"""Who is not to be reminded."""

from collections.abc import Iterable

from members.models import Consent, Member


def unreminded(members: Iterable[Member]) -> set[int]:
    """Those, by key, who took back their agreement to reminders, or whose data are restricted. One query.

    Who never answered is reminded: running the activity one has a seat in is what the roster was entered
    for. The law: docs/domain.md, section 5.
    """
    answers = Consent.objects.filter(member__in=members, purpose=Consent.Purpose.MESSAGES)
    withdrawn: set[int] = set()
    in_force: set[int] = set()
    for member_id, withdrawn_at in answers.values_list("member", "withdrawn_at"):
        (withdrawn if withdrawn_at else in_force).add(member_id)
    restricted = {member.pk for member in members if member.restricted_at is not None}
    return (withdrawn - in_force) | restricted
