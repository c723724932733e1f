"""What staff answer before a roster is applied. Answers hold; the rows they touch are matched again."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core import audit
from members.actions.overwriting import overwrite
from members.actions.staging import State, match_again, matcher_for, problems_left, put_match, tallies_of
from members.actions.uploading import ImportRefused
from members.models import Member, RosterImport, RosterRow
from members.roster.outcomes import NEW_PERSON
from units.models import Unit, UnitAlias

WRITTEN = [
    "unit",
    "outcome",
    "problems",
    "fixes",
    "member",
    "same_as",
    "changes",
    "question",
    "asked",
    "decision",
]


def _open(roster_import: RosterImport) -> RosterImport:
    """The import, locked. Raises ImportRefused unless it waits for decisions."""
    roster_import = RosterImport.objects.locked().select_related("unit").get(pk=roster_import.pk)
    if roster_import.state not in (State.READY, State.APPLIED):
        raise ImportRefused("Lần nhập này không còn chờ quyết định. Hãy tải lại trang.")
    return roster_import


def _settle(roster_import: RosterImport, rows: list[RosterRow], answer: dict) -> None:
    for row in rows:
        row.decision = {**row.decision, **answer}
    for row, match in zip(rows, match_again(rows, matcher=matcher_for(roster_import)), strict=True):
        put_match(row, match, problems_left(row))
    overwrite(rows, WRITTEN)
    roster_import.tallies = tallies_of(roster_import)
    roster_import.save(update_fields=["tallies"])


@transaction.atomic
def decide_unit(*, roster_import: RosterImport, question: str, unit: Unit, by: Any) -> int:
    """Answer a unit question for every row that asks it; the words are remembered as that unit's alias.

    Returns how many rows it settled. Raises ImportRefused when no row asks, or the unit is closed.
    """
    roster_import = _open(roster_import)
    if unit.is_closed:
        raise ImportRefused(f"{unit.title} đã kết thúc hoạt động. Hãy chọn đơn vị hiện nay.")
    rows = list(roster_import.rows.filter(question=question, applied_at=None).order_by("place"))
    if not rows or not question.startswith("unit:"):
        raise ImportRefused("Câu hỏi này đã được trả lời. Hãy tải lại trang.")
    _remember(rows[0].asked, unit)
    _settle(roster_import, rows, {"unit": unit.pk})
    audit.record(
        "roster.unit_decided",
        by=by,
        target=roster_import,
        unit=roster_import.unit,
        detail={"unit": unit.code},
    )
    return len(rows)


def _remember(asked: dict, unit: Unit) -> None:
    text, spelling = asked.get("text", ""), asked.get("spelling", "")
    if not text or not spelling:
        return
    context = Unit.objects.filter(code=asked["context"]).first() if asked.get("context") else None
    UnitAlias.objects.update_or_create(
        spelling=spelling[:200], context=context, defaults={"unit": unit, "text": text[:200]}
    )


@transaction.atomic
def decide_person(*, row: RosterRow, member: Member | None, by: Any) -> RosterRow:
    """Say that the row is this member, or (None) somebody new. ImportRefused: nothing was asked."""
    roster_import = _open(row.roster_import)
    row = roster_import.rows.select_related("unit").get(pk=row.pk)
    if not row.question.startswith("person:"):
        raise ImportRefused("Dòng này không cần quyết định. Hãy tải lại trang.")
    if member is not None and member.pk not in row.asked.get("candidates", ()):
        raise ImportRefused("Hồ sơ đã chọn không nằm trong các hồ sơ được hỏi.")
    _settle(roster_import, [row], {"member": member.pk} if member else _somebody_new(row))
    audit.record("roster.person_decided", by=by, target=roster_import, unit=roster_import.unit)
    return row


def _somebody_new(row: RosterRow) -> dict:
    """The answer that the row is none of those it was asked about. About others it may still be asked."""
    asked, said = row.asked, row.decision
    others = {*said.get("others", ()), *asked.get("candidates", ()), *asked.get("hidden", ())}
    places = {*said.get("other_places", ()), asked.get("twin")} - {None}
    return {"member": NEW_PERSON, "others": sorted(others), "other_places": sorted(places)}


@transaction.atomic
def skip_rows(*, roster_import: RosterImport, rows: Iterable[int], by: Any) -> int:
    """Leave these rows (by key) out of the import. Returns how many."""
    roster_import = _open(roster_import)
    found = list(roster_import.rows.filter(pk__in=list(rows), applied_at=None).order_by("place"))
    _settle(roster_import, found, {"skip": True})
    audit.record(
        "roster.rows_skipped",
        by=by,
        target=roster_import,
        unit=roster_import.unit,
        detail={"count": len(found)},
    )
    return len(found)


@transaction.atomic
def drop_fix(*, row: RosterRow, field: str, by: Any) -> RosterRow:
    """Do not use a value the portal repaired: the row is imported without it."""
    roster_import = _open(row.roster_import)
    row = roster_import.rows.get(pk=row.pk, applied_at=None)
    if field == "full_name" or not any(problem["field"] == field for problem in row.problems):
        raise ImportRefused("Không bỏ được mục này. Hãy bỏ qua cả dòng nếu không đúng.")
    _settle(roster_import, [row], {"dropped": sorted({*row.decision.get("dropped", ()), field})})
    audit.record(
        "roster.fix_dropped", by=by, target=roster_import, unit=roster_import.unit, detail={"field": field}
    )
    return row
