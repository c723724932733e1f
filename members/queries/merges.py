"""What a merge moved, as staff read it."""

from collections import Counter

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


def merges_into(member: Member) -> list[MemberMerge]:
    """The records that were merged into the member's, latest first. One query."""
    return list(member.merges.in_force().order_by("-merged_at", "-pk"))
