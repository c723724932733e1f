"""What staff say about two records that look alike. Said once, it is remembered."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import DomainError
from members.models import DuplicatePair, Member, RosterRow
from units.models import Unit

SAID_AT_IMPORT = "Đã trả lời khi nhập danh sách"


class PairDecided(DomainError):
    """Raised when somebody else has decided about the pair meanwhile."""

    def __init__(self, pair: DuplicatePair) -> None:
        when = f"{timezone.localtime(pair.decided_at):%H:%M %d/%m/%Y}" if pair.decided_at else "trước đó"
        who = pair.decided_by or "người khác"
        super().__init__(f"Cặp này đã được quyết định lúc {when}: {pair.get_state_display()} ({who}).")


@transaction.atomic
def say_different(*, pair: DuplicatePair, by: Any) -> DuplicatePair:
    """Remember that the two are two people: no scan brings the pair back."""
    pair = _locked(pair)
    if pair.state != DuplicatePair.State.OPEN:
        raise PairDecided(pair)
    pair.state = DuplicatePair.State.DIFFERENT
    pair.decided_by, pair.decided_at = by, timezone.now()
    pair.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record("duplicates.said_different", by=by, target=pair, unit=_unit_of(pair))
    return pair


@transaction.atomic
def reopen_pair(*, pair: DuplicatePair, by: Any) -> DuplicatePair:
    """Ask again about two records that were said to be two people."""
    pair = _locked(pair)
    if pair.state != DuplicatePair.State.DIFFERENT:
        raise PairDecided(pair)
    pair.state, pair.decided_by, pair.decided_at = DuplicatePair.State.OPEN, None, None
    pair.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record("duplicates.reopened", by=by, target=pair, unit=_unit_of(pair))
    return pair


def _unit_of(pair: DuplicatePair) -> Unit | None:
    return pair.first_member.unit if pair.first_member else None


def _locked(pair: DuplicatePair) -> DuplicatePair:
    rows = DuplicatePair.objects.locked().select_related("first_member__unit", "decided_by")
    return rows.get(pk=pair.pk)


def remember_different(rows: Iterable[RosterRow], *, by: Any, at: datetime) -> None:
    """Remember what an import was told: its new members are not those they were held against.

    Called inside the transaction in which the members were made; for rows nothing was asked about it costs
    no query.
    """
    said = [row for row in rows if row.member_id and row.outcome == RosterRow.Outcome.NEW]
    said = [row for row in said if row.decision.get("others")]
    others = {key for row in said for key in row.decision["others"]}
    there = set(Member.objects.filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    ends: set[tuple[int, int]] = {
        (min(row.member_id, other), max(row.member_id, other))
        for row in said
        if row.member_id
        for other in there & set(row.decision["others"]) - {row.member_id}
    }
    facts = {"state": DuplicatePair.State.DIFFERENT, "decided_by": by, "decided_at": at}
    DuplicatePair.objects.bulk_create(
        [
            DuplicatePair(
                first_member_id=first,
                second_member_id=second,
                reasons=[SAID_AT_IMPORT],
                found_at=at,
                seen_at=at,
                **facts,
            )
            for first, second in sorted(ends)
        ],
        update_conflicts=True,
        unique_fields=["first_member", "second_member"],
        update_fields=list(facts),
    )
