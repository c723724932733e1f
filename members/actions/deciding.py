"""What staff answer before a roster is applied. Answers hold; the rows they touch are matched again."""

from typing import Any

from django.db import transaction

from core import audit
from members.actions.answering import GONE, Kind, open_import, put_answer, refuse_answered, settle
from members.actions.uploading import ImportRefused
from members.models import Member, RosterAnswer, RosterImport, RosterRow
from members.roster.outcomes import NEW_PERSON
from members.rules.settled import KEEP, SWAP
from units.models import Unit, UnitAlias

DATES = "dates:"
SWAP_WORDS = {SWAP: "Đảo lại ngày và tháng", KEEP: "Giữ nguyên như trong file"}


@transaction.atomic
def decide_unit(*, roster_import: RosterImport, question: str, unit: Unit, by: Any) -> int:
    """Answer a unit question for every row that asks it; the words are remembered as that unit's alias.

    What one branch answers is remembered for lists of that branch, and never changes what others answered.
    Returns how many rows it settled. Raises ImportRefused when no row asks, or the unit is closed.
    """
    roster_import = open_import(roster_import)
    if unit.is_closed:
        raise ImportRefused(f"{unit.title} đã kết thúc hoạt động. Hãy chọn đơn vị hiện nay.")
    rows = _asking(roster_import, question, "unit:")
    text = rows[0].asked.get("text", "")
    answer = RosterAnswer(
        question=question,
        kind=Kind.UNIT,
        asked=f"“{text}” là đơn vị nào?" if text else "Các dòng này thuộc đơn vị nào?",
        chosen=unit.title,
        by=by,
    )
    answer.alias, answer.alias_before = _remember(rows[0].asked, unit, branch=roster_import.unit_for_rows)
    put_answer(roster_import, rows, {"unit": unit.pk}, answer=answer)
    _record("roster.unit_decided", roster_import, by, {"unit": unit.code})
    return len(rows)


def _asking(roster_import: RosterImport, question: str, kind: str = "") -> list[RosterRow]:
    """The rows that ask the question, in their order. Raises ImportRefused when there is none."""
    rows = roster_import.rows.filter(question=question, applied_at=None).select_related("unit")
    found = list(rows.order_by("place")) if question and question.startswith(kind) else []
    if not found:
        refuse_answered(roster_import, question)
    return found


def _record(verb: str, roster_import: RosterImport, by: Any, detail: dict | None = None) -> None:
    audit.record(verb, by=by, target=roster_import, unit=roster_import.unit, detail=detail)


def _remember(asked: dict, unit: Unit, *, branch: Unit | None) -> tuple[UnitAlias | None, Unit | None]:
    """Learn that the words mean the unit in lists of the branch. The alias, and what it meant before."""
    text, spelling = asked.get("text", ""), asked.get("spelling", "")
    if not text or not spelling:
        return None, None
    context = Unit.objects.filter(code=asked["context"]).first() if asked.get("context") else None
    words = {"spelling": spelling[:200], "context": context, "branch": branch}
    known = UnitAlias.objects.filter(**words).select_related("unit").first()
    alias, _ = UnitAlias.objects.update_or_create(**words, defaults={"unit": unit, "text": text[:200]})
    return alias, known.unit if known else None


@transaction.atomic
def decide_person(*, row: RosterRow, member: Member | None, by: Any) -> RosterRow:
    """Say that the row is this member, or (None) somebody new. ImportRefused: nothing was asked."""
    roster_import = open_import(row.roster_import)
    (row,) = _asking(roster_import, f"person:{row.place}")
    if member is not None and member.pk not in row.asked.get("candidates", ()):
        raise ImportRefused("Hồ sơ đã chọn không nằm trong các hồ sơ được hỏi.")
    if member is not None:
        chosen, decision = (
            f"Cùng một người với {member.full_name}, {member.unit.title}",
            {"member": member.pk},
        )
    else:
        chosen, decision = "Hai người khác nhau", _somebody_new(row)
    _put_person(roster_import, row, decision, chosen=chosen, by=by)
    return row


@transaction.atomic
def decide_twin(*, row: RosterRow, is_same: bool, by: Any) -> RosterRow:
    """Say whether the row is about the same person as the earlier line it was held against."""
    roster_import = open_import(row.roster_import)
    (row,) = _asking(roster_import, f"person:{row.place}")
    earlier = roster_import.rows.filter(place=row.asked.get("twin")).first()
    if earlier is None:
        raise ImportRefused(GONE)
    chosen = f"Cùng một người với {earlier.where}" if is_same else f"Người khác với {earlier.where}"
    decision = {"same": earlier.place} if is_same else _somebody_new(row)
    _put_person(roster_import, row, decision, chosen=chosen, by=by)
    return row


def _put_person(roster_import: RosterImport, row: RosterRow, decision: dict, *, chosen: str, by: Any) -> None:
    asked = f"{row.full_name} ({row.where}) là ai?"
    answer = RosterAnswer(question=row.question, kind=Kind.PERSON, asked=asked, chosen=chosen, by=by)
    put_answer(roster_import, [row], decision, answer=answer)
    _record("roster.person_decided", roster_import, by)


def _somebody_new(row: RosterRow) -> dict:
    """The answer that the row is none of those it was asked about. About others it may still be asked."""
    asked, said = row.asked, row.decision
    others = {*said.get("others", ()), *asked.get("candidates", ()), *asked.get("hidden", ())}
    places = {*said.get("other_places", ()), asked.get("twin")} - {None}
    return {"member": NEW_PERSON, "others": sorted(others), "other_places": sorted(places)}


@transaction.atomic
def decide_dates(*, roster_import: RosterImport, sheet: str, order: str, by: Any) -> int:
    """SWAP day and month in every doubtful date of the sheet, or KEEP them. Returns in how many rows."""
    roster_import = open_import(roster_import)
    question = f"{DATES}{sheet}"
    rows = list(roster_import.rows.doubting_dates().filter(sheet=sheet, applied_at=None).order_by("place"))
    if not rows:
        refuse_answered(roster_import, question)
    where = f" ở trang tính “{sheet}”" if sheet else ""
    answer = RosterAnswer(
        question=question,
        kind=Kind.DATES,
        asked=f"Ngày và tháng{where} có bị đảo không?",
        chosen=SWAP_WORDS[order],
        by=by,
    )
    put_answer(roster_import, rows, {"dates": order}, answer=answer)
    _record("roster.dates_decided", roster_import, by, {"order": order, "count": len(rows)})
    return len(rows)


@transaction.atomic
def skip_question(*, roster_import: RosterImport, question: str, by: Any) -> int:
    """Leave the rows that ask the question out of the import. Returns how many."""
    roster_import = open_import(roster_import)
    rows = _asking(roster_import, question)
    answer = RosterAnswer(
        question=question,
        kind=Kind.SKIP,
        asked=_question_in_words(rows[0]),
        chosen=f"Bỏ {len(rows)} dòng khỏi lần nhập này" if len(rows) > 1 else "Bỏ dòng này",
        by=by,
    )
    put_answer(roster_import, rows, {"skip": True}, answer=answer)
    _record("roster.rows_skipped", roster_import, by, {"count": len(rows)})
    return len(rows)


def _question_in_words(row: RosterRow) -> str:
    if row.question.startswith("person:"):
        return f"{row.full_name} ({row.where}) là ai?"
    text = row.asked.get("text", "")
    return f"“{text}” là đơn vị nào?" if text else "Các dòng này thuộc đơn vị nào?"


@transaction.atomic
def drop_fix(*, row: RosterRow, field: str, by: Any) -> RosterRow:
    """Do not use a value the portal repaired: the row is imported without it."""
    roster_import = open_import(row.roster_import)
    row = roster_import.rows.get(pk=row.pk, applied_at=None)
    if field == "full_name" or not any(problem["field"] == field for problem in row.problems):
        raise ImportRefused("Không bỏ được mục này. Hãy bỏ qua cả dòng nếu không đúng.")
    row.decision = {**row.decision, "dropped": sorted({*row.decision.get("dropped", ()), field})}
    settle(roster_import, [row])
    _record("roster.fix_dropped", roster_import, by, {"field": field})
    return row
