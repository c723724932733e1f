"""How to reach a member."""

from members.models import Member


def contact_of(member: Member) -> str:
    """The e-mail address to write to: that of the account, else the one in the record, else none."""
    if member.user is not None and member.user.email:
        return member.user.email
    return member.email
