"""Searching all members for records that may be one person, chunk by chunk. Safe to stop and begin anew."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from members.models import DuplicatePair, DuplicateScan, Member
from members.queries.blocks import Group, blocks_of, chunks_of
from members.queries.places import read_places
from members.rules.persons import Likeness, likeness, weight
from units.actions import take_turn

LEASE = timedelta(minutes=10)
BATCH = 500
RATED = ["likeness", "weight", "reasons", "seen_at"]


@transaction.atomic
def ask_duplicate_scan(*, by: Any) -> DuplicateScan:
    """Ask for a scan; one that has not ended yet is the answer to a second press.

    Those who ask take turns, so that two of them do not both find none waiting.
    """
    take_turn()
    waiting = DuplicateScan.objects.select_for_update(no_key=True).unfinished().order_by("pk").first()
    if waiting is not None:
        return waiting
    scan = DuplicateScan.objects.create(asked_at=timezone.now(), asked_by=by)
    audit.record("duplicates.scan_asked", by=by, target=scan)
    return scan


def resume_duplicate_scans(*, at: datetime) -> None:
    """Do the scans that nobody has begun or whose worker is gone."""
    for scan in DuplicateScan.objects.free_at(at).order_by("pk"):
        work_on_duplicate_scan(scan_id=scan.pk)


def work_on_duplicate_scan(*, scan_id: int) -> None:
    """Compare all members block by block, unless another worker does. Open pairs no longer alike go."""
    scan = DuplicateScan.objects.filter(pk=scan_id).first()
    if scan is None:
        return
    now = timezone.now()
    scan.lease_until = now + LEASE
    if not DuplicateScan.objects.take(scan, at=now, until=scan.lease_until):
        return
    places = read_places()
    shared: Counter[str] = Counter()
    compared = 0
    for blocks in blocks_of(places):
        for chunk in chunks_of(blocks, places):
            shared[chunk.kind] += chunk.shared
            compared += sum(len(group) * (len(group) - 1) // 2 for group in chunk.groups)
            if not _note_pairs(scan, _likely(chunk.groups, at=now)):
                return
    _end(scan, begun_at=now, compared=compared, shared=+shared)


def _likely(groups: Iterable[Group], *, at: datetime) -> list[DuplicatePair]:
    """Pairs of the groups that are, or may be, one person; each once."""
    found: dict[tuple[int, int], DuplicatePair] = {}
    for group in groups:
        for (first, one), (second, other) in combinations(group, 2):
            how = likeness(one, other)
            if how == Likeness.OTHER or (first, second) in found:
                continue
            weighed = weight(one, other)
            found[first, second] = DuplicatePair(
                first_member_id=first,
                second_member_id=second,
                likeness=how,
                weight=weighed.score,
                reasons=weighed.reasons,
                found_at=at,
                seen_at=at,
            )
    return list(found.values())


@transaction.atomic
def _note_pairs(scan: DuplicateScan, pairs: list[DuplicatePair]) -> bool:
    """Write the pairs; what was decided about one stays. False when another worker has the scan by now.

    Members are held, so that none is merged or removed between reading and writing.
    """
    held = DuplicateScan.objects.filter(pk=scan.pk, lease_until=scan.lease_until)
    scan.lease_until = timezone.now() + LEASE
    if not held.update(lease_until=scan.lease_until):
        return False
    keys = {key for pair in pairs for key in (pair.first_member_id, pair.second_member_id)}
    there = set(Member.objects.locked().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    DuplicatePair.objects.bulk_create(
        [pair for pair in pairs if {pair.first_member_id, pair.second_member_id} <= there],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["first_member", "second_member"],
        update_fields=RATED,
    )
    return True


@transaction.atomic
def _end(scan: DuplicateScan, *, begun_at: datetime, compared: int, shared: Counter[str]) -> None:
    open_pairs = DuplicatePair.objects.open()
    open_pairs.filter(seen_at__lt=begun_at).delete()
    scan.ended_at, scan.lease_until = timezone.now(), None
    scan.compared_count, scan.found_count, scan.shared = compared, open_pairs.count(), dict(shared)
    scan.save(update_fields=["ended_at", "lease_until", "compared_count", "found_count", "shared"])
