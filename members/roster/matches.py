"""One line of a roster to be matched, and what matching makes of it."""

from dataclasses import dataclass, field, replace

from members.models import Member, RosterRow
from members.queries.merges import kept_by
from members.roster.shapes import MEMBER_CODE, UnitQuestion
from members.rules.changes import Changes
from members.rules.persons import FULL_DATE

Outcome = RosterRow.Outcome


@dataclass(slots=True)
class Line:
    """One line to match: where it stands, what it gives, which unit it means, what staff decided.

    `decided` is the key of the member staff chose, NEW_PERSON, or None while nobody was asked.
    `others` are the members, `other_places` the earlier lines, that staff said are somebody else; `same` is
    the place of the earlier line that they said is the same person.
    """

    place: int
    fields: dict[str, str]
    unit_id: int | None
    question: UnitQuestion | None = None
    decided: int | str | None = None
    skipped: bool = False
    others: frozenset[int] = frozenset()
    other_places: frozenset[int] = frozenset()
    same: int | None = None

    @property
    def tells_apart(self) -> bool:
        """Whether two records that both say what the line says would be one person by the duplicate rule."""
        fields = self.fields
        full_date = len(fields.get("date_of_birth", "")) == FULL_DATE
        return bool(full_date or fields.get("phone") or fields.get("citizen_id"))

    @property
    def may_be_known(self) -> bool:
        """Whether the same words in an earlier import are enough to say who it is."""
        return self.tells_apart and not self.is_settled and MEMBER_CODE not in self.fields

    @property
    def is_settled(self) -> bool:
        """Whether staff have said something about it."""
        return bool(self.decided or self.skipped or self.others or self.other_places or self.same is not None)


@dataclass(slots=True)
class Match:
    """What one line would do. `candidates` are the members staff choose from, `twin` an earlier line.

    `hidden` are candidates whom the importing unit may not see; `now` is what is known of the person
    once this line and those that repeat it are written; `differing` are the facts in which a line that
    repeats an earlier one contradicts it: the earlier one holds, so that reading twice gives the same.
    `lost_number`: somebody else holds the line's citizen number, so the line is used without it.
    `waits`: it is the person of an earlier line that is itself not decided. `member_id` alone, without
    `member`: the line says word for word what an import wrote before, and nothing has changed since.
    """

    line: Line
    outcome: str
    facts: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    member: Member | None = None
    member_id: int | None = None
    changes: Changes = field(default_factory=dict)
    moves: bool = False
    same_as: int | None = None
    candidates: list[Member] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    twin: int | None = None
    why: str = ""
    lost_number: bool = False
    differing: list[str] = field(default_factory=list)
    changed_since: bool = False
    waits: bool = False
    now: dict[str, str] = field(default_factory=dict)

    @property
    def is_all_said(self) -> bool:
        """Whether a member whom the line is written to says all that the line says."""
        return bool(self.fingerprint) and not self.lost_number and self.same_as is None

    @property
    def is_plain(self) -> bool:
        """Whether nothing is to be said of it but the outcome, and the member that it does not change."""
        return (
            (self.outcome == Outcome.NEW or self.member_id is not None)
            and self.member is None
            and not self.lost_number
        )


def follow_merges(lines: list[Line]) -> list[Line]:
    """The lines, with what staff decided about a record that was merged since meaning the kept one."""
    said = {key for line in lines for key in (line.decided, *line.others) if isinstance(key, int)}
    kept = kept_by(said)
    if not kept:
        return lines
    return [
        replace(
            line,
            decided=kept.get(line.decided, line.decided) if isinstance(line.decided, int) else line.decided,
            others=frozenset(kept.get(key, key) for key in line.others),
        )
        for line in lines
    ]
