"""What a roster import asks staff: which unit is meant, and whether a line is somebody already known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from members.models import Member, RosterAnswer, RosterImport, RosterRow, with_contents
from members.queries.preview import FIELD_LABELS
from members.rules.settled import doubted_dates, settled_fields, swapped
from members.rules.shown import HIDDEN, hide_numbers, shown_fact
from units.models import Unit, UnitLineage
from units.queries.became import stood_below
from units.scope import Scope

MOST_UNITS = 20
MOST_PERSONS = 10
MOST_EXAMPLES = 3
COMPARED = ["date_of_birth", "sex", "phone", "citizen_id", "branch", "email"]


@dataclass(frozen=True)
class UnitChoice:
    """A unit that a text may mean, and what tells it apart: what it was made of."""

    unit: Unit
    made_of: str


@dataclass(frozen=True)
class UnitAsked:
    """One question about a unit, for every row that asks it. An empty `text`: the rows name none."""

    question: str
    text: str
    row_count: int
    where: str
    choices: list[UnitChoice] = field(default_factory=list)


@dataclass(frozen=True)
class PersonCard:
    """One person beside another: what both show."""

    title: str
    facts: list[tuple[str, str]]
    member: Member | None = None


@dataclass(frozen=True)
class PersonAsked:
    """One row that may be one of `cards`. `is_twin`: the card is an earlier line of the same file."""

    row: RosterRow
    own: PersonCard
    cards: list[PersonCard]
    is_twin: bool
    note: str


@dataclass(frozen=True)
class DateExample:
    """One date in doubt: as the file gives it and with day and month exchanged."""

    row: RosterRow
    kept: str
    swapped: str


@dataclass(frozen=True)
class DatesAsked:
    """Whether day and month of a sheet were exchanged, with the first of its dates."""

    sheet: str
    row_count: int
    examples: list[DateExample]


@dataclass(frozen=True)
class Answered:
    """A question that was answered, and whether the answer may still be taken back."""

    answer: RosterAnswer
    may_change: bool


@dataclass(frozen=True)
class Questions:
    """The questions shown now and how many there are; `next_from` leads to the persons behind them."""

    dates: list[DatesAsked]
    units: list[UnitAsked]
    unit_count: int
    persons: list[PersonAsked]
    person_count: int
    next_from: int | None

    @property
    def count(self) -> int:
        return len(self.dates) + self.unit_count + self.person_count


def questions(roster_import: RosterImport, scope: Scope, *, asked_from: int | None = None) -> Questions:
    """The open questions of the import; people outside the scope are not shown. At most ten queries."""
    rows = roster_import.rows.filter(outcome=RosterRow.Outcome.NEEDS_DECISION, applied_at=None)
    units, unit_count = _units(rows)
    persons = _asking(rows, "person")
    person_count = persons.count() if roster_import.outcomes[RosterRow.Outcome.NEEDS_DECISION] else 0
    # The places come from the index alone; only what is shown is looked up.
    places = persons.filter(place__gte=asked_from or 0).order_by("place").values("place")[: MOST_PERSONS + 1]
    asking = roster_import.rows.filter(place__in=places).select_related("unit").order_by("place")
    found = list(asking)
    shown, rest = found[:MOST_PERSONS], found[MOST_PERSONS:]
    return Questions(
        _dates(roster_import),
        units,
        unit_count,
        _persons(roster_import, shown, scope),
        person_count,
        rest[0].place if rest else None,
    )


def unit_question(roster_import: RosterImport, question: str) -> UnitAsked | None:
    """One open unit question of the import, or None when nobody asks it any more."""
    rows = roster_import.rows.filter(question=question, applied_at=None)
    return next(iter(_units(rows)[0]), None)


def answers(roster_import: RosterImport) -> list[Answered]:
    """What was answered, the newest first. Two queries at most."""
    given = list(roster_import.answers.select_related("by").order_by("-at", "-pk"))
    written: set[int] = set()
    if given and roster_import.applied_at:
        decided = roster_import.rows.filter(applied_at__isnull=False, decision__has_key="answers")
        for decision in decided.values_list("decision", flat=True).iterator():
            written |= set(decision["answers"].values())
    return [Answered(answer, answer.pk not in written) for answer in given]


def _dates(roster_import: RosterImport) -> list[DatesAsked]:
    """A question for every sheet with dates in doubt. One query when there is any."""
    counts = roster_import.tallies.get("dates", {})
    doubting = roster_import.rows.doubting_dates().filter(applied_at=None)
    return [
        DatesAsked(sheet, count, _examples(doubting.filter(sheet=sheet).order_by("place")[:MOST_EXAMPLES]))
        for sheet, count in counts.items()
    ]


def _examples(rows: Iterable[RosterRow]) -> list[DateExample]:
    found = []
    for row in with_contents(list(rows)):
        kept = row.content
        for name in doubted_dates(kept, row.decision):
            iso = kept["fields"][name]
            found.append(DateExample(row, shown_fact(name, iso), shown_fact(name, swapped(iso))))
    return found[:MOST_EXAMPLES]


def _asking(rows: QuerySet[RosterRow], kind: str) -> QuerySet[RosterRow]:
    """The rows with a question of the kind, found by the index of those that ask anything."""
    return rows.exclude(question="").filter(question__startswith=f"{kind}:")


def _units(rows: QuerySet[RosterRow]) -> tuple[list[UnitAsked], int]:
    groups = list(
        _asking(rows, "unit")
        .values("question")
        .annotate(
            row_count=Count("pk"),
            sheet_count=Count("sheet", distinct=True),
            first=Min("place"),
            low=Min("row_number"),
            high=Max("row_number"),
        )
        .order_by("-row_count", "first")
    )
    shown = groups[:MOST_UNITS]
    firsts = {row.question: row for row in rows.filter(place__in=[group["first"] for group in shown])}
    choices = _choices(row.asked for row in firsts.values())
    return [_unit_asked(group, firsts[group["question"]], choices) for group in shown], len(groups)


def _unit_asked(group: Mapping[str, Any], row: RosterRow, choices: dict[str, UnitChoice]) -> UnitAsked:
    if group["sheet_count"] > 1:
        where = f"{group['row_count']} dòng trong {group['sheet_count']} trang tính, đầu tiên: {row.where}"
    else:
        span = f"dòng {group['low']}"
        if group["high"] > group["low"]:
            span += f" – {group['high']}"
        sheet = f"trang tính “{row.sheet}”, " if row.sheet else ""
        where = f"{group['row_count']} dòng, {sheet}{span}" if group["row_count"] > 1 else f"{sheet}{span}"
    codes = row.asked.get("candidates", ())
    return UnitAsked(
        group["question"],
        hide_numbers(row.asked.get("text", "")),
        group["row_count"],
        where[:1].upper() + where[1:],
        [choices[code] for code in codes if code in choices],
    )


def _choices(asked: Iterable[dict]) -> dict[str, UnitChoice]:
    codes = {code for one in asked for code in one.get("candidates", ())}
    if not codes:
        return {}
    units = list(Unit.objects.active().filter(Q(code__in=codes) | Q(official_code__in=codes)))
    made_of = parts_of(units)
    found: dict[str, UnitChoice] = {}
    for unit in units:
        choice = UnitChoice(unit, made_of.get(unit.pk, ""))
        found[unit.code] = choice
        if unit.official_code:
            found.setdefault(unit.official_code, choice)
    return found


def parts_of(units: Iterable[Unit]) -> dict[int, str]:
    """What each unit was made of, by its key: "Xã Văn Lang, Kim Hỷ (huyện Na Rì cũ)". Three queries."""
    lines = list(
        UnitLineage.objects.filter(to_unit__in=list(units)).select_related("from_unit").order_by("pk")
    )
    stood = stood_below(line.from_unit for line in lines)
    grouped: dict[int, dict[str, list[str]]] = {}
    for line in lines:
        if not line.from_unit.is_closed:
            continue
        above = stood.get(line.from_unit_id)
        district = above.place if above and above.depth > 1 else ""
        grouped.setdefault(line.to_unit_id, {}).setdefault(district, []).append(_inside(line.from_unit.place))
    return {
        unit: "; ".join(
            ", ".join(places) + (f" ({_inside(district)} cũ)" if district else "")
            for district, places in by_district.items()
        )
        for unit, by_district in grouped.items()
    }


def _inside(place: str) -> str:
    """The place as it stands in a sentence: "xã Văn Lang"."""
    return place[:1].lower() + place[1:]


def _persons(roster_import: RosterImport, rows: list[RosterRow], scope: Scope) -> list[PersonAsked]:
    keys = {key for row in rows for key in row.asked.get("candidates", ())}
    members = {
        member.pk: member
        for member in Member.objects.within(scope).filter(pk__in=keys).select_related("unit")
    }
    twins = {row.asked["twin"] for row in rows if row.asked.get("twin") is not None}
    named = roster_import.rows.filter(place__in=twins).select_related("unit")
    earlier = {row.place: row for row in named} if twins else {}
    with_contents([*rows, *earlier.values()])
    return [_person(row, members, earlier) for row in rows]


def _person(row: RosterRow, members: dict[int, Member], earlier: dict[int, RosterRow]) -> PersonAsked:
    own = card_of_row(row)
    cards = [card_of_member(members[key]) for key in row.asked.get("candidates", ()) if key in members]
    twin = earlier.get(row.asked.get("twin"))
    if twin is not None:
        cards = [card_of_row(twin)]
    asking = [problem["message"] for problem in row.problems if problem["field"] == "full_name"]
    return PersonAsked(row, own, cards, twin is not None, hide_numbers(asking[-1]) if asking else "")


def card_of_row(row: RosterRow) -> PersonCard:
    """What a line of the file says of a person."""
    fields = settled_fields(row.content, row.decision)
    facts = [(FIELD_LABELS[name], shown_fact(name, fields.get(name, ""))) for name in COMPARED]
    title = f"{row.where[:1].upper()}{row.where[1:]}" + (f" · {row.unit.title}" if row.unit else "")
    return PersonCard(title, [("Họ và tên", row.full_name), *facts])


def card_of_member(member: Member) -> PersonCard:
    """What the portal knows of a member, as much as comparing needs."""
    facts = [
        ("Họ và tên", member.full_name),
        (FIELD_LABELS["date_of_birth"], str(member.born or "")),
        (FIELD_LABELS["sex"], member.get_sex_display()),
        (FIELD_LABELS["phone"], shown_fact("phone", member.phone)),
        (FIELD_LABELS["citizen_id"], HIDDEN + member.citizen_id_last4 if member.citizen_id_last4 else ""),
        (FIELD_LABELS["branch"], member.branch_name),
        (FIELD_LABELS["email"], member.email),
    ]
    return PersonCard(member.unit.title, facts, member)
