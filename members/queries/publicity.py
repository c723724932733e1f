"""Whose name or picture may stand on a public page."""

from collections.abc import Iterable
from datetime import date

from members.models import Consent, Member
from members.rules.minors import is_minor


def may_be_named(members: Iterable[Member], *, on: date) -> set[int]:
    """Those of the members, by key, who agreed themselves and, while under 16, whose guardian did too.

    (Luật 91/2025/QH15, Điều 24.) Two queries. Restricted data are not published either.
    """
    found = {member.pk: member for member in members if member.restricted_at is None}
    agreed = Consent.objects.in_force().filter(purpose=Consent.Purpose.PUBLICITY, member__in=found)
    own = set(agreed.own().values_list("member", flat=True))
    guarded = set(agreed.by_guardian().filter(guardian__ended_at=None).values_list("member", flat=True))
    return {pk for pk in own if pk in guarded or not is_minor(found[pk], on=on)}
