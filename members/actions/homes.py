"""Where a member is at home: one open affiliation, and its unit kept on the member."""

from collections.abc import Mapping
from datetime import date, timedelta

from members.models import Affiliation, Member


def move_home(*, member: Member, unit_id: int, on: date) -> None:
    """Let the member be at home in the unit from that day; sets `member.unit` without saving the member.

    Called inside the transaction of the action that moves. A stay that began the same day is replaced.
    """
    move_homes({member.pk: unit_id}, on=on)
    member.unit_id = unit_id


def move_homes(unit_ids: Mapping[int, int], *, on: date) -> None:
    """Let each of these members, by key, be at home in the unit from that day, as `move_home` does."""
    stays = Affiliation.objects.filter(member__in=list(unit_ids), kind=Affiliation.Kind.HOME, ends_on=None)
    stays.filter(starts_on__gte=on).delete()
    stays.update(ends_on=on - timedelta(days=1))
    home = {"kind": Affiliation.Kind.HOME, "starts_on": on}
    fresh = [Affiliation(member_id=key, unit_id=unit_id, **home) for key, unit_id in unit_ids.items()]
    Affiliation.objects.bulk_create(fresh, batch_size=1000)
