"""Where a member is at home: one open affiliation, and its unit kept on the member."""

from datetime import date, timedelta

from members.models import Affiliation, Member


def move_home(*, member: Member, unit_id: int, on: date) -> None:
    """Let the member be at home in the unit from that day; sets `member.unit` without saving the member.

    Called inside the transaction of the action that moves. A stay that began the same day is replaced.
    """
    stays = Affiliation.objects.filter(member=member, kind=Affiliation.Kind.HOME, ends_on=None)
    stays.filter(starts_on__gte=on).delete()
    stays.update(ends_on=on - timedelta(days=1))
    Affiliation.objects.create(member=member, unit_id=unit_id, kind=Affiliation.Kind.HOME, starts_on=on)
    member.unit_id = unit_id
