"""Lines of a roster matched by the chunk: the same as one after another, and few queries whatever repeats."""

from dataclasses import replace
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.actions import staging
from members.models import Member, RosterRow
from members.queries.places import read_places
from members.roster.matches import Line
from members.roster.outcomes import Matcher
from members.roster.shapes import FIELDS, MEMBER_CODE, SECOND_PHONE
from members.rules.facts import fingerprint
from tests.factories.imports import make_applied, make_import

Outcome = RosterRow.Outcome
NAMES = ["Hà Văn Phong", "Ha Van Phong", "Hoàng Thị Bích", "Nông Văn Út"]
BIRTHS = ["", "2004", "2004-05", "2004-05-06", "2004-05-07"]
PHONES = ["", "", "+84912345678", "+84987654321"]
NUMBERS = ["", "", "", "019204000001", "019204000002"]


def people(count):
    return [{"name": f"Hà Văn A{n}", "born": "02/09/2005", "phone": f"0912{n:06d}"} for n in range(count)]


def lines_like_each_other(seed, units, written, count=60):
    """Lines of few names, birth dates and numbers, so that many may be one person; some as `written`."""
    random, members = Random(seed), list(Member.objects.order_by("pk"))
    for place in range(count):
        said = {
            "full_name": random.choice([*NAMES, f"Ma Văn B{place}"]),
            "date_of_birth": random.choice(BIRTHS),
            "phone": random.choice(PHONES),
            "citizen_id": random.choice(NUMBERS),
            MEMBER_CODE: random.choice(["", "", "", *(member.code for member in members[:2])]),
        }
        fields = {name: value for name, value in said.items() if value}
        if written and random.random() < 0.3:
            fields = random.choice(written)
        line = Line(place, fields, random.choice([*units, None]))
        if members and random.random() < 0.1:
            line = replace(line, decided=random.choice(members).pk)
        yield replace(line, skipped=True) if random.random() < 0.05 else line


def told(matches):
    return [
        (
            match.line.place,
            match.outcome,
            match.member.pk if match.member else match.member_id,
            match.same_as,
            match.twin,
            [member.pk for member in match.candidates],
            match.changes,
            match.lost_number,
            match.differing,
        )
        for match in matches
    ]


@pytest.mark.parametrize("knows_members", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_a_chunk_is_matched_as_its_lines_are_one_after_another(binh_yen, kha_son, seed, knows_members):
    written = []
    if knows_members:
        phong = {"name": "Hà Văn Phong", "born": "06/05/2004", "citizen": "019204000001"}
        applied = make_applied(
            phong, {"name": "Nông Văn Út", "phone": "0987654321"}, *people(2), unit=binh_yen
        )
        written = [row.content["fields"] for row in applied.rows.all()]
    lines = list(lines_like_each_other(seed, [binh_yen.pk, kha_son.pk], written))

    together = Matcher(read_places()).match(lines)
    matcher = Matcher(read_places())
    one_by_one = [match for line in lines for match in matcher.match([line])]

    assert told(together) == told(one_by_one)
    assert {Outcome.NEW, Outcome.NEEDS_DECISION} <= {match.outcome for match in together}
    assert any(match.same_as is not None for match in together)
    assert any(match.outcome == Outcome.UNCHANGED for match in together) or not knows_members


@pytest.mark.parametrize("is_known", [False, True])
def test_lines_that_repeat_earlier_ones_cost_no_query_each(binh_yen, monkeypatch, is_known):
    monkeypatch.setattr(staging, "CHUNK", 100)
    listed = people(100)
    if is_known:
        make_applied(*listed, unit=binh_yen)

    def asked(repeated):
        """The queries of a list of which so many lines stand twice, a hundred lines further down."""
        with CaptureQueriesContext(connection) as context:
            kept = make_import(*listed, *listed[:repeated], unit=binh_yen)
        assert kept.rows.filter(same_as__isnull=False).count() == repeated
        return len(context)

    assert asked(5) == asked(60)


def test_everything_that_a_line_says_is_in_its_fingerprint():
    names = (*FIELDS, SECOND_PHONE, MEMBER_CODE)
    line = dict.fromkeys(names, "a")
    said = {fingerprint(line | {name: text}, frozenset({1})) for name in names for text in ("", "b")}
    said |= {fingerprint(line, frozenset(places)) for places in ((), (1,), (2,), (1, 2))}

    assert len(said) == 2 * len(names) + 4


def test_a_sign_between_values_is_not_taken_for_a_part_of_one():
    first, second = {"full_name": "a\x00b", "sex": ""}, {"full_name": "a", "sex": "b"}
    third = {"full_name": "a", "sex": "b\x00"}

    assert len({fingerprint(fields, frozenset({1})) for fields in (first, second, third)}) == 3


def test_what_staff_say_of_a_line_holds_also_beside_the_same_words(binh_yen):
    applied = make_applied(*people(1), {"name": "Nông Văn Út", "born": "06/05/2004"}, unit=binh_yen)
    fields = applied.rows.get(place=0).content["fields"]
    other = Member.objects.get(full_name="Nông Văn Út")
    as_said = Line(0, fields, binh_yen.pk, decided=other.pk)

    matches = Matcher(read_places()).match([as_said, Line(1, fields, binh_yen.pk)])

    assert (matches[0].member, matches[0].outcome) == (other, Outcome.UPDATED)
