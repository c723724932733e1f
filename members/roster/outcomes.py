"""What each line of a roster would do: a new member, a change, nothing, or a question for staff."""

from collections.abc import Callable, Collection, Iterable

from core.text import fold, spelling_key
from members.models import Member, RosterRow
from members.queries.candidates import Candidates, find_candidates
from members.queries.codes import members_by_code
from members.queries.earlier_imports import (
    EarlierRow,
    KnownLine,
    members_before,
    members_made_by,
    rows_at,
)
from members.queries.places import Places
from members.roster.alone import Alone, Homes
from members.roster.matches import Line, Match
from members.roster.recognising import LookedUp, Recognising
from members.roster.seen import Keys, SeenLines
from members.roster.shapes import MEMBER_CODE
from members.rules.changes import Policy, allowed, changes_for, more_exact
from members.rules.facts import (
    facts_of_fields,
    facts_of_member,
    too_long,
    without_number,
)
from members.rules.persons import Likeness, Person, is_nobody_alike, likeness

Outcome = RosterRow.Outcome
NEW_PERSON = "new"
MOST_CANDIDATES = 5
OUTSIDE = "Dòng này ghi một đơn vị nằm ngoài đơn vị được nhập. Hãy nhập danh sách này cho đơn vị cấp trên."
WAITS = "Chờ trả lời về dòng trước của cùng người này."
UNKNOWN_CODE = "Mã đoàn viên của dòng này không có trong cổng. Hãy cho biết có phải người mới không."
ELSEWHERE = "Có thể đã là đoàn viên của đơn vị khác. Hãy hỏi Tỉnh Đoàn, hoặc bỏ qua dòng này."


class Matcher:
    """Matches the lines of one file, chunk by chunk, and remembers the lines already seen.

    `branch` is the path of the unit the file was imported for: members at home outside of it are
    neither shown nor changed. The empty path is everywhere. `policy` says what the file may do to members
    that exist. `sha256` lets the lines of a file that was imported before find the members they became;
    `import_id` is the import being applied, if any. `recall` gives back the matches of lines of earlier
    chunks, by their places; without it the matches are kept in memory.
    """

    def __init__(
        self,
        places: Places,
        *,
        branch: str = "",
        policy: str = Policy.OVERWRITE,
        sha256: str = "",
        import_id: int | None = None,
        recall: Callable[[list[int]], dict[int, Match]] | None = None,
    ) -> None:
        self.places = places
        self.branch = branch
        self.policy = policy
        self.sha256 = sha256
        self.import_id = import_id
        self._recall = recall
        self._seen = SeenLines()
        self._keys: dict[int, Keys | None] = {}
        self._fetched = Candidates((), places)
        self._persons: dict[int, Person] = {}
        self._before: dict[int, int] = {}
        self._own: dict[int, int] = {}
        self._at: dict[int, Match] = {}
        self._earlier_rows: dict[int, EarlierRow] = {}
        self._numbers: dict[str, tuple[int, int | None]] = {}
        self._homes = Homes(places, branch)
        self.look_up = Recognising(places, self._homes, policy).look_up
        self._alone = Alone(places, self._homes, self._seen, self._numbers)
        self._codes: dict[str, int] = {}
        self._coded: dict[int, int] = {}

    def match(self, lines: Iterable[Line]) -> list[Match]:
        """What the lines would do, in their order. Two dozen queries at most for all of them together."""
        return self.settle(self.look_up(lines))

    def settle(self, looked_up: LookedUp) -> list[Match]:
        """What lines would do that were looked up before, maybe by another thread."""
        if self._recall is not None:
            self._at, self._persons = {}, {}
        matches, is_empty = looked_up.matches, looked_up.is_empty
        known = Candidates((), self.places) if is_empty else self._candidates(looked_up)
        self._keys = self._alone.settle(matches, looked_up.known, is_empty=is_empty)
        self._fetch(looked_up)
        for match in matches:
            place = match.line.place
            self._at[place] = match
            if place in self._keys:
                before = looked_up.before(match)
                keys = self._keys[place]
                if keys is None or not self._alone.add(match, keys, before, is_empty=is_empty):
                    self._match(match, self._person_at(match), known, before)
        return matches

    def _fetch(self, looked_up: LookedUp) -> None:
        """Fetch together what the lines that are not settled will be compared with."""
        any_keys = any(self._keys.values())
        by_place = {match.line.place: match for match in looked_up.matches} if any_keys else {}
        compared: set[int] = set()
        asked, chosen = [], set()
        for place, keys in self._keys.items():
            if keys is None:
                continue
            match = by_place[place]
            compared.update(self._seen.like(keys))
            compared.add(self._coded.get(self._codes.get(match.line.fields.get(MEMBER_CODE, ""), 0), place))
            if before := looked_up.before(match):
                asked.append(self._person_at(match))
                chosen.add(before.member_id)
        self._bring_back(compared - by_place.keys())
        for place in compared:
            earlier = by_place.get(place) or self._at.get(place)
            if earlier is not None and earlier.member is None and earlier.member_id is not None:
                chosen.add(earlier.member_id)
        if chosen:
            self._fetched = find_candidates(asked, self.places, chosen=chosen)

    def _person_at(self, match: Match) -> Person:
        """The person of the line, its facts noted on the match."""
        place = match.line.place
        if place not in self._persons:
            match.facts = match.facts or facts_of_fields(match.line.fields)
            self._persons[place] = self.person_of(match)
        return self._persons[place]

    def _candidates(self, looked_up: LookedUp) -> Candidates:
        lines = [match.line for match in looked_up.matches]
        asked = [
            self._person_at(match)
            for match in looked_up.matches
            if match.line.unit_id and looked_up.before(match) is None
        ]
        chosen = {line.decided for line in lines if isinstance(line.decided, int)}
        self._earlier_rows = rows_at(self.import_id, {line.same for line in lines if line.same is not None})
        chosen |= {row.member_id for row in self._earlier_rows.values() if row.member_id}
        self._codes = members_by_code({code for line in lines if (code := line.fields.get(MEMBER_CODE))})
        chosen |= set(self._codes.values())
        known = find_candidates(asked, self.places, chosen=chosen)
        if known.members:
            self._before = members_before(self.sha256, [line.place for line in lines])
            self._own = members_made_by(self.import_id, known.members)
        return known

    def person_of(self, match: Match) -> Person:
        """The line as matching sees it."""
        facts, line = match.facts, match.line
        name = facts.get("full_name", "")
        return Person(
            folded=fold(name),
            spelling=spelling_key(name),
            born=facts.get("born", ""),
            sex=facts.get("sex", ""),
            phone=facts.get("phone", ""),
            email=facts.get("email", ""),
            citizen=facts.get("citizen_id_hash", ""),
            branch=spelling_key(facts.get("branch_name", "")),
            places=self.places.of(line.unit_id),
        )

    def _match(self, match: Match, person: Person, known: Candidates, before: KnownLine | None) -> None:
        line = match.line
        if why := self._refusal(line, match.facts):
            match.outcome, match.why = Outcome.REJECTED, why
        elif line.unit_id is None:
            match.outcome = Outcome.NEEDS_DECISION
        elif self._homes[line.unit_id] is None:
            match.outcome, match.why = Outcome.REJECTED, OUTSIDE
        else:
            # A line known word for word stays one unless somebody in this file may be the same person.
            self._decide(match, person, known if before is None else self._fetched)
            self._remember(match, person)

    def _refusal(self, line: Line, facts: dict[str, str]) -> str:
        if line.skipped:
            return "Bỏ qua theo quyết định của người nhập."
        if not facts.get("full_name"):
            return "Không đọc được họ và tên."
        if fields := too_long(line.fields):
            return f"Giá trị quá dài: {', '.join(fields)}."
        return ""

    def _decide(self, match: Match, person: Person, known: Candidates) -> None:
        line = match.line
        if isinstance(line.decided, int):
            self._is_member(match, known.members.get(line.decided), known)
            return
        if line.same is not None and self._is_joined(match, line.same, known):
            return
        if line.decided is None and self._is_coded(match, person, known):
            return
        likely = self._likely(line, person, known)
        same = [pk for pk, how in likely.items() if how == Likeness.SAME]
        repeat, how = self._repeated(line, person)
        if repeat and (how == Likeness.SAME or not self._is_another(repeat, same)):
            self._is_repeat(match, repeat, how, known)
        elif len(same) == 1:
            self._is_member(match, known.members[same[0]], known)
        elif likely:
            self._ask(match, sorted(likely, key=lambda pk: (-likely[pk], pk)), known)
        elif line.decided is None and line.fields.get(MEMBER_CODE):
            match.outcome, match.why = Outcome.NEEDS_DECISION, UNKNOWN_CODE
        else:
            self._drop_taken_number(match, known, first=match)
            self._note_number(match, first=match)

    def _is_coded(self, match: Match, person: Person, known: Candidates) -> bool:
        """Let the line be the member whose code it bears. False when it bears none that is known.

        Asked is where two lines bear one code, and where nothing else of the person is the same.
        """
        member = known.members.get(self._codes.get(match.line.fields.get(MEMBER_CODE, ""), 0))
        if member is None:
            return False
        place = self._coded.get(member.pk)
        if place in match.line.other_places:
            return False
        if place is not None and place != match.line.place:
            [earlier] = self._brought_back([place])
            how = likeness(person, self._persons[place], same_list=True)
            self._is_repeat(match, earlier, Likeness.SAME if how == Likeness.SAME else Likeness.MAYBE, known)
            return True
        if self._reaches(member) and is_nobody_alike(person, known.persons[member.pk]):
            self._ask(match, [member.pk], known)
            return True
        self._is_member(match, member, known)
        self._coded[member.pk] = match.line.place
        return True

    def _is_joined(self, match: Match, place: int, known: Candidates) -> bool:
        """Let the line be the person of the earlier one that staff named; False if that one was left out."""
        if self._recall is not None and place not in self._at:
            self._at |= self._recall([place])
        earlier = self._at.get(place)
        while earlier is not None and earlier.same_as in self._at:
            earlier = self._at[earlier.same_as]
        row = self._earlier_rows.get(place)
        outcome = earlier.outcome if earlier else row.outcome if row else Outcome.REJECTED
        if outcome == Outcome.REJECTED:
            return False
        if outcome == Outcome.NEEDS_DECISION:
            match.outcome, match.waits, match.why = outcome, True, WAITS
        elif earlier is not None:
            self._is_repeat(match, earlier, Likeness.SAME, known)
        else:
            became = row.member_id if row else None
            self._is_member(match, known.members.get(became) if became else None, known)
        return True

    def _likely(self, line: Line, person: Person, known: Candidates) -> dict[int, Likeness]:
        """The members the line may be about. Who the same line of the same file became is sure."""
        likely: dict[int, Likeness] = {}
        for pk in known.for_person(person):
            how = likeness(person, known.persons[pk], same_list=pk in self._own)
            is_other = pk in line.others or self._own.get(pk) in line.other_places
            if how == Likeness.OTHER or is_other:
                continue
            likely[pk] = Likeness.SAME if self._before.get(line.place) == pk else how
        return likely

    def _repeated(self, line: Line, person: Person) -> tuple[Match | None, Likeness]:
        """The earlier line of the file that is, or may be, about the same person."""
        found, best = None, Likeness.OTHER
        keys = self._keys[line.place]
        assert keys is not None
        for earlier in self._brought_back(self._seen.like(keys)):
            how = likeness(person, self._persons[earlier.line.place], same_list=True)
            if how > best and earlier.line.place not in line.other_places:
                found, best = earlier, how
        return found, best

    def _brought_back(self, places: Collection[int]) -> list[Match]:
        """The earlier lines at these places with all that is known of their persons."""
        self._bring_back(places)
        for place in places:
            match = self._at[place]
            self._person_at(match)
            if match.member is None and match.member_id is not None:
                match.member = self._fetched.members[match.member_id]
            if not match.now:
                match.now = {**(facts_of_member(match.member) if match.member else {}), **match.facts}
            if match.outcome == Outcome.NEW:
                self._note_number(match, first=match)
        return [self._at[place] for place in places]

    def _bring_back(self, places: Collection[int]) -> None:
        """Take the matches of lines of earlier chunks back. No query when all are at hand."""
        forgotten = [place for place in places if place not in self._at]
        if forgotten and self._recall is not None:
            self._at |= self._recall(forgotten)

    def _is_another(self, repeat: Match, same: list[int]) -> bool:
        """Whether the line is surely a member, and not the one that the earlier line is about."""
        return len(same) == 1 and (repeat.member is None or repeat.member.pk != same[0])

    def _ask(self, match: Match, likely: list[int], known: Candidates) -> None:
        match.outcome = Outcome.NEEDS_DECISION
        seen = [pk for pk in likely if self._reaches(known.members[pk])]
        match.candidates = [known.members[pk] for pk in seen[:MOST_CANDIDATES]]
        match.hidden = [pk for pk in likely if pk not in seen]
        match.why = "" if match.candidates else ELSEWHERE

    def _reaches(self, member: Member) -> bool:
        return self.places.path_of(member.unit_id).startswith(self.branch)

    def _drop_taken_number(self, match: Match, known: Candidates, *, first: Match) -> None:
        """Use the line without its citizen number when another member, or an earlier line, holds it.

        `first` is the earliest line about the same person, which may be the line itself.
        """
        if _gives_number(match) and not self._is_free(match, known, first):
            match.facts = without_number(match.facts)
            match.lost_number = True

    def _is_free(self, match: Match, known: Candidates, first: Match) -> bool:
        """Whether nobody has the citizen number of the line but the person of the first one."""
        own = first.member.pk if first.member else None
        if set(known.holding(match.facts["citizen_id_hash"])) - {own}:
            return False
        number = match.line.fields["citizen_id"]
        place, member_id = self._numbers.get(number, (first.line.place, own))
        return place == first.line.place or (member_id is not None and member_id == own)

    def _note_number(self, match: Match, *, first: Match) -> None:
        """Remember whose the citizen number is that the line writes."""
        if _gives_number(match) and (match.outcome == Outcome.NEW or "citizen_id_hash" in match.changes):
            number = match.line.fields["citizen_id"]
            self._numbers[number] = (first.line.place, first.member.pk if first.member else None)

    def _is_member(self, match: Match, member: Member | None, known: Candidates) -> None:
        if member is None or not self._reaches(member):
            match.outcome, match.why = Outcome.NEEDS_DECISION, ELSEWHERE
            match.hidden = [member.pk] if member else []
            return
        match.member = member
        self._drop_taken_number(match, known, first=match)
        current = facts_of_member(member)
        changes = changes_for(current, match.facts, is_claimed=member.user_id is not None)
        match.changes = allowed(changes, self.policy)
        match.now = {**current, **{name: new for name, (_, new) in match.changes.items()}}
        may_move = self.policy == Policy.OVERWRITE
        match.moves = may_move and self.places.is_move(member.unit_id, match.line.unit_id)
        match.outcome = Outcome.UPDATED if match.changes or match.moves else Outcome.UNCHANGED
        self._note_number(match, first=match)

    def _is_repeat(self, match: Match, earlier: Match, how: Likeness, known: Candidates) -> None:
        if how == Likeness.MAYBE:
            match.outcome, match.twin = Outcome.NEEDS_DECISION, earlier.line.place
            return
        match.same_as, match.member = earlier.line.place, earlier.member
        self._drop_taken_number(match, known, first=earlier)
        changes = changes_for(earlier.now, match.facts, is_claimed=False)
        match.changes = more_exact(changes)
        if earlier.member is not None and not self._is_own(earlier):
            match.changes = allowed(match.changes, self.policy)
        match.differing = sorted(set(changes) - set(match.changes) - {"citizen_id_hash"})
        earlier.now |= {name: new for name, (_, new) in match.changes.items()}
        match.outcome = Outcome.UPDATED if match.changes else Outcome.UNCHANGED
        self._note_number(match, first=earlier)

    def _is_own(self, match: Match) -> bool:
        """Whether the line's person is known from this import alone."""
        return match.outcome == Outcome.NEW or (match.member is not None and match.member.pk in self._own)

    def _remember(self, match: Match, person: Person) -> None:
        if match.same_as is not None or match.outcome == Outcome.NEEDS_DECISION:
            return
        place = match.line.place
        keys = self._keys[place]
        assert keys is not None
        self._persons[place] = person
        self._seen.add(place, keys)


def _gives_number(match: Match) -> bool:
    """Whether the citizen number of the line is used."""
    return bool(match.facts.get("citizen_id_hash"))
