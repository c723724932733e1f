"""How to reach people, and who is not to be reminded."""

from collections.abc import Iterable

from members.models import Consent, Member


def contact_of(member: Member) -> str:
    """The e-mail address to write to: that of the account, else the one in the record, else none."""
    if member.user is not None and member.user.email:
        return member.user.email
    return member.email


def unreminded(members: Iterable[Member]) -> set[int]:
    """Those of the members, by key, who agreed to reminders by e-mail and took it back. One query.

    Who never answered is reminded: running the activity one has a seat in is what the roster was entered
    for. The law: docs/domain.md, section 5.
    """
    answers = Consent.objects.filter(member__in=members, purpose=Consent.Purpose.MESSAGES)
    withdrawn: set[int] = set()
    in_force: set[int] = set()
    for member_id, withdrawn_at in answers.values_list("member", "withdrawn_at"):
        (withdrawn if withdrawn_at else in_force).add(member_id)
    return withdrawn - in_force
