"""The posts a member holds, in the Union and elsewhere."""

from datetime import date

from django.db.models import Q

from members.models import Member


def posts_of(member: Member, *, on: date) -> str:
    """The posts held that day in one line: "Bí thư Tỉnh Đoàn, Phó Chủ tịch Ủy ban MTTQ tỉnh".

    Without any noted apart, the post that the record itself names.
    """
    held = member.positions.filter(Q(starts_on=None) | Q(starts_on__lte=on))
    held = held.filter(Q(ends_on=None) | Q(ends_on__gte=on)).order_by("starts_on", "pk")
    return ", ".join(dict.fromkeys(held.values_list("title", flat=True))) or member.position
