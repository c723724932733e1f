"""What a merge moved, as staff read it."""

from collections import Counter
from collections.abc import Collection

from django.apps import apps

from members.models import Member, MemberMerge

HIDDEN = {"members.member", "members.duplicatepair"}


def moved_lines(merge: MemberMerge) -> list[tuple[str, int]]:
    """How many rows of each table changed hands, by the name of the table."""
    counted = Counter(table for table, _ in merge.moved if table not in HIDDEN)
    return [(_title(table), count) for table, count in sorted(counted.items())]


def _title(table: str) -> str:
    name = str(apps.get_model(table)._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]


def kept_by(keys: Collection[int]) -> dict[int, int]:
    """Of these keys, those of records that were merged, with the member each went into.

    One query, none when nothing is asked. In a chain it is the member at its end: earlier merges follow.
    """
    if not keys:
        return {}
    return dict(MemberMerge.objects.in_force().filter(other_id__in=keys).values_list("other_id", "kept"))


def merges_into(member: Member) -> list[MemberMerge]:
    """The records that were merged into the member's, latest first. One query."""
    return list(member.merges.in_force().order_by("-merged_at", "-pk"))
