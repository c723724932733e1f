"""Records that may be one person, as staff look at them."""

from members.models import DuplicatePair, DuplicateScan, Member
from units.scope import Scope

PLACES = {
    "phone": "số điện thoại",
    "name_day": "họ tên và ngày sinh",
    "name_place": "họ tên trong một xã, phường",
    "day_place": "ngày sinh trong một xã, phường",
}


def pairs_of(member: Member, scope: Scope) -> list[DuplicatePair]:
    """The open pairs of the member that lie wholly in the scope, the likeliest first. One query."""
    pairs = DuplicatePair.objects.open().within(scope).of(member)
    return list(pairs.select_related("first_member", "second_member").order_by("-weight", "pk"))


def beyond_count(scope: Scope) -> int:
    """How many open pairs have one record in the scope and the other outside of it."""
    touching = DuplicatePair.objects.open().touching(scope)
    return touching.exclude(pk__in=DuplicatePair.objects.open().within(scope).values("pk")).count()


def last_scan() -> DuplicateScan | None:
    """The latest scan that came to its end."""
    return DuplicateScan.objects.filter(ended_at__isnull=False).order_by("-ended_at", "-pk").first()


def running_scan() -> DuplicateScan | None:
    """The scan that was asked for and has not ended."""
    return DuplicateScan.objects.unfinished().order_by("pk").first()


def shared_words(scan: DuplicateScan) -> list[str]:
    """What too many records have in common to compare each with each: "3 số điện thoại"."""
    return [f"{count} {PLACES[kind]}" for kind, count in scan.shared.items() if count and kind in PLACES]
