"""Two records of one person become one, and can become two again as long as nobody touched the result."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.crypto import encrypt_json
from core.errors import DomainError
from members.actions.joining import STAYING, join_own, member_columns, move_rest, name_of
from members.actions.journal import MergeJournal
from members.actions.noting import note_changed
from members.models import DuplicatePair, Member, MemberMerge
from members.rules.facts import DATES, facts_of_member
from members.rules.keeping import keeping_problems
from members.rules.merging import columns_of, differing, merge_problems
from members.signals import members_merging
from units.actions import take_turn

SEEN_OTHERWISE = "Một trong hai hồ sơ vừa được sửa, chưa gộp gì. Hãy xem lại hai hồ sơ rồi chọn lần nữa."

SAID_DIFFERENT = (
    "{who} đã xác nhận đây là hai người khác nhau, chưa gộp gì. "
    "Nếu không phải, hãy bấm “Xem lại cặp này” trước."
)


class MergeRefused(DomainError):
    """Raised with every reason why two records cannot become one, or one cannot become two again."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def merge_members(
    *,
    keep: Member,
    other: Member,
    chosen_fields: Collection[str],
    by: Any,
    as_seen: Mapping[int, datetime] | None = None,
) -> MemberMerge:
    """Let `keep` hold everything of both; `other` goes. The chosen facts are taken from `other`.

    `as_seen` says when each record had been changed last when somebody looked at them. Of two rows that
    cannot both stay the stronger does, see `joining` here and in the packages above. Imports being
    written wait: each chunk takes the same turn.
    """
    take_turn()
    keep, other = _locked(keep, other)
    now = timezone.now()
    _refuse(keep, other, chosen_fields, as_seen=as_seen or {}, at=now)

    journal = MergeJournal(kept=keep, other=other, takes_home="home" in chosen_fields)
    members_merging.send(sender=MergeJournal, journal=journal)
    join_own(journal)
    _settle_pair(journal, by=by, at=now)
    move_rest(journal)
    _remove(journal, by=by)
    _put(journal, chosen_fields, by=by, at=now)
    merge = MemberMerge.objects.create(
        kept=keep,
        other_id=journal.other_key,
        other_code=other.code,
        other_unit_id=other.unit_id,
        moved=journal.moved(),
        dropped_count=sum(step["done"] == "drop" for step in journal.steps) - 1,
        sealed=encrypt_json({"kept": keep.pk, "steps": journal.steps, "marks": journal.marks()}),
        merged_at=now,
        merged_by=by,
    )
    audit.record("member.merged", by=by, target=keep, unit=keep.unit, detail={"count": len(merge.moved)})
    return merge


def _locked(keep: Member, other: Member) -> tuple[Member, Member]:
    """Both records, locked in the order of their keys also against being pointed at anew."""
    rows = Member.objects.select_for_update(of=("self",)).select_related("unit")
    found = {member.pk: member for member in rows.filter(pk__in={keep.pk, other.pk}).order_by("pk")}
    for member in (keep, other):
        if member.pk not in found:
            raise MergeRefused([_gone(member)])
    return found[keep.pk], found[other.pk]


def _gone(member: Member) -> str:
    merged = MemberMerge.objects.in_force().filter(other_id=member.pk).select_related("merged_by").first()
    if merged is None:
        return f"Hồ sơ {member.full_name} không còn trên cổng."
    when = f"{timezone.localtime(merged.merged_at):%H:%M %d/%m/%Y}"
    who = merged.merged_by or "cổng thông tin"
    return f"Hồ sơ {merged.other_code} đã được gộp lúc {when}, người gộp: {who}."


def _refuse(
    keep: Member,
    other: Member,
    chosen_fields: Collection[str],
    *,
    as_seen: Mapping[int, datetime],
    at: datetime,
) -> None:
    problems = merge_problems(keep, other)
    pair = DuplicatePair.objects.locked().of(keep).of(other).select_related("decided_by").first()
    if pair is not None and pair.state == DuplicatePair.State.DIFFERENT:
        problems.append(SAID_DIFFERENT.format(who=pair.decided_by or "người khác"))
    if any(as_seen.get(member.pk, member.updated_at) != member.updated_at for member in (keep, other)):
        problems.append(SEEN_OTHERWISE)
    chosen = set(chosen_fields) & set(differing(keep, other))
    dates = {name: facts_of_member(other)[name] for name in DATES if name in chosen}
    if dates or "home" in chosen:
        home = other.unit if "home" in chosen else keep.unit
        problems += keeping_problems(dates, unit=home, member=keep, on=timezone.localdate(at))
    if problems:
        raise MergeRefused(problems)


def _settle_pair(journal: MergeJournal, *, by: Any, at: datetime) -> None:
    pairs = DuplicatePair.objects.of(journal.kept).filter(state=DuplicatePair.State.OPEN)
    for pair in pairs.order_by("pk"):
        if None in (pair.first_member_id, pair.second_member_id):
            journal.change(pair, state=DuplicatePair.State.MERGED, decided_by_id=by and by.pk, decided_at=at)


def _remove(journal: MergeJournal, *, by: Any) -> None:
    """Remove the record that is empty now. A row left behind would go with it, so none may be."""
    other = journal.other
    for field in member_columns():
        rows = field.model._base_manager.filter(**{field.name: other})
        if name_of(field) not in STAYING and rows.exists():
            raise MergeRefused([f"Còn dữ liệu chưa chuyển được: {field.model._meta.verbose_name}."])
    journal.note_gone(other)
    other._history_user = by  # type: ignore[attr-defined]
    other._change_reason = f"gộp vào hồ sơ {journal.kept.code}"  # type: ignore[attr-defined]
    other.delete()


def _put(journal: MergeJournal, chosen_fields: Collection[str], *, by: Any, at: datetime) -> None:
    """Write the chosen facts, and the account if only the other record had one."""
    kept, other = journal.kept, journal.other
    chosen = set(chosen_fields) & set(differing(kept, other))
    values = {column: getattr(other, column) for column in columns_of(chosen)}
    if other.user_id and not kept.user_id:
        values["user_id"] = other.user_id
    journal.change(kept, **values, updated_at=at)
    kept.refresh_from_db()
    note_changed([kept], by=by, reason=f"gộp với hồ sơ {other.code}", at=at)
