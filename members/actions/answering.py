"""Answers to a roster's questions: noted with who and when, and taken back while nothing was written."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core import audit
from members.actions.branches_listed import list_branches
from members.actions.overwriting import overwrite
from members.actions.staging import State, match_again, matcher_for, problems_left
from members.actions.storing import put_match
from members.actions.uploading import ImportRefused, refuse_purged
from members.models import RosterAnswer, RosterImport, RosterRow
from members.queries.tallies import tallies_of
from units.models import UnitAlias

Kind = RosterAnswer.Kind
# What an answer of each kind puts into the decision of a row.
SLOTS = {
    Kind.UNIT: ("unit",),
    Kind.PERSON: ("member", "others", "other_places", "same"),
    Kind.DATES: ("dates",),
    Kind.SKIP: ("skip",),
}
WRITTEN = [
    "unit",
    "branch_name",
    "minor_until",
    "outcome",
    "problems",
    "fixes",
    "doubts_dates",
    "lacks_value",
    "member",
    "same_as",
    "changes",
    "question",
    "asked",
    "decision",
]
MANY = 500
GONE = "Câu hỏi này đã được trả lời. Hãy tải lại trang."
APPLIED = "Các dòng của câu trả lời này đã được ghi vào cổng nên không đổi lại được. Hãy dùng Hoàn tác."


def open_import(roster_import: RosterImport) -> RosterImport:
    """The import, locked. Raises ImportRefused unless it waits for decisions."""
    roster_import = RosterImport.objects.locked().select_related("unit").get(pk=roster_import.pk)
    refuse_purged(roster_import)
    if roster_import.state not in (State.READY, State.APPLIED):
        raise ImportRefused("Lần nhập này không còn chờ quyết định. Hãy tải lại trang.")
    return roster_import


def refuse_answered(roster_import: RosterImport, question: str) -> None:
    """Raise ImportRefused: nobody asks this any more. Whoever comes second reads the first answer."""
    answer = roster_import.answers.filter(question=question).select_related("by").first()
    if answer is None:
        raise ImportRefused(GONE)
    who, when = str(answer.by or "Cổng"), timezone.localtime(answer.at)
    raise ImportRefused(
        f"{who} đã trả lời câu này lúc {when:%H:%M %d/%m/%Y}: {answer.chosen}. "
        "Nếu chưa đúng, hãy bấm “Đổi lại” ở câu trả lời đó."
    )


def put_answer(
    roster_import: RosterImport, rows: list[RosterRow], decision: dict, *, answer: RosterAnswer
) -> RosterAnswer:
    """Note the answer and let it settle the rows, which may come back with another question."""
    answer.roster_import, answer.row_count = roster_import, len(rows)
    earlier = roster_import.answers.filter(question=answer.question).first()
    answer.pk = earlier.pk if earlier else None
    answer.asked, answer.chosen = answer.asked[:300], answer.chosen[:300]
    answer.save()
    for row in rows:
        answers = {**row.decision.get("answers", {}), answer.kind: answer.pk}
        row.decision = {**row.decision, **decision, "answers": answers}
    settle(roster_import, rows)
    return answer


@transaction.atomic
def take_back_answer(*, answer: RosterAnswer, by: Any) -> int:
    """Let the question be open again. Returns of how many rows. ImportRefused once one was written."""
    roster_import = open_import(answer.roster_import)
    held = roster_import.answers.filter(pk=answer.pk).select_related("alias").first()
    if held is None:
        raise ImportRefused("Câu trả lời này đã được đổi lại. Hãy tải lại trang.")
    settled = roster_import.rows.filter(**{f"decision__answers__{held.kind}": held.pk})
    if settled.filter(applied_at__isnull=False).exists():
        raise ImportRefused(APPLIED)
    rows = list(settled.order_by("place"))
    for row in rows:
        row.decision = without_answer(row.decision, held.pk)
    _forget(held)
    held.delete()
    settle(roster_import, rows)
    audit.record(
        "roster.answer_taken_back",
        by=by,
        target=roster_import,
        unit=roster_import.unit,
        detail={"kind": answer.kind, "count": len(rows)},
    )
    return len(rows)


def without_answer(decision: dict, key: int) -> dict:
    """The decision of a row as if the answer with that key had not been given."""
    answers = decision.get("answers", {})
    gone = {name for kind, pk in answers.items() if pk == key for name in SLOTS[Kind(kind)]}
    left = {name: value for name, value in decision.items() if name not in {*gone, "answers"}}
    others = {kind: pk for kind, pk in answers.items() if pk != key}
    return {**left, "answers": others} if others else left


def _forget(answer: RosterAnswer) -> None:
    """Let the alias that the answer taught mean what it meant before, unless another answer holds it too."""
    alias = answer.alias
    if alias is None or RosterAnswer.objects.filter(alias=alias).exclude(pk=answer.pk).exists():
        return
    if answer.alias_before_id is None:
        alias.delete()
    else:
        UnitAlias.objects.filter(pk=alias.pk).update(unit=answer.alias_before_id)


def settle(roster_import: RosterImport, rows: list[RosterRow]) -> None:
    """Match the rows again with what is decided about them, and the rows that lean on one of them."""
    leaning, beside = _kin(roster_import, rows)
    touched = {row.place: row for row in [*leaning, *rows]}
    lines = sorted([*touched.values(), *beside], key=lambda row: row.place)
    matches = match_again(lines, matcher=matcher_for(roster_import))
    for row, match in zip(lines, matches, strict=True):
        if row.place in touched:
            put_match(row, match, problems_left(row))
    overwrite(touched.values(), WRITTEN)
    list_branches(roster_import)
    roster_import.tallies = tallies_of(roster_import)
    roster_import.save(update_fields=["tallies"])


def _kin(roster_import: RosterImport, rows: list[RosterRow]) -> tuple[list[RosterRow], list[RosterRow]]:
    """Namesakes of the rows and what may repeat one of them; and the earlier rows they are held against."""
    names, places = {row.full_name for row in rows}, {row.place for row in rows}
    alike = roster_import.rows.all() if len(names) > MANY else roster_import.rows.filter(full_name__in=names)
    named = alike.values_list("place", "full_name").iterator()
    paired = (
        Q(same_as__isnull=False)
        | Q(asked__twin__isnull=False)
        | Q(decision__has_any_keys=["same", "other_places"])
    )
    pairs = {row.place: earlier_places(row) for row in roster_import.rows.filter(paired)}
    found = places | {place for place, name in named if name in names}
    while more := {place for place, earlier in pairs.items() if place not in found and earlier & found}:
        found |= more
    beside = {place for at in found for place in pairs.get(at, ())} - found
    others = list(roster_import.rows.filter(place__in=(found | beside) - places))
    leaning = [row for row in others if row.place in found and row.applied_at is None]
    return leaning, [row for row in others if row not in leaning]


def earlier_places(row: RosterRow) -> set[int]:
    """The places of the lines before it that the row is, may be, or was said not to be the same person as."""
    apart = row.decision.get("other_places", ())
    return {row.same_as, row.asked.get("twin"), row.decision.get("same"), *apart} - {None}
