"""Two lines, or a line and a record: one person or two."""

import pytest

from members import actions
from members.models import Member, RosterRow
from tests.factories.imports import make_applied, make_import
from tests.members.roster_answers.asked import address, carry_out, outcomes, question_of

pytestmark = pytest.mark.django_db
Outcome = RosterRow.Outcome


TWIN = {"name": "Trần Văn Sáu", "born": "2001", "sex": "Nam"}


@pytest.fixture
def twins(lang, officer):
    """An import whose second row may be the person of the first."""
    roster_import = make_import(TWIN | {"phone": "0987654321"}, TWIN | {"email": "sau@example.vn"}, unit=lang)
    assert outcomes(roster_import) == [Outcome.NEW, Outcome.NEEDS_DECISION]
    return roster_import


def test_two_lines_are_one_person(client, twins):
    page = client.get(address("change", twins)).text

    client.post(address("decide_twin", twins), {"row": twins.rows.get(place=1).pk, "is_same": "1"})
    decided = outcomes(twins)
    carry_out(twins)

    assert "Trần Văn Sáu: hai dòng này có phải một người không?" in page
    assert twins.answers.get().chosen == "Cùng một người với dòng 2"
    assert decided == [Outcome.NEW, Outcome.UPDATED]
    assert [(m.phone, m.email) for m in Member.objects.all()] == [("+84987654321", "sau@example.vn")]


def test_two_lines_are_two_people(client, twins):
    client.post(address("decide_twin", twins), {"row": twins.rows.get(place=1).pk, "is_same": "0"})
    decided = outcomes(twins)
    carry_out(twins)

    assert twins.answers.get().chosen == "Người khác với dòng 2"
    assert decided == [Outcome.NEW, Outcome.NEW]
    assert Member.objects.count() == 2


def test_one_person_or_two_is_taken_back(client, twins):
    client.post(address("decide_twin", twins), {"row": twins.rows.get(place=1).pk, "is_same": "1"})

    client.post(address("take_back", twins), {"answer": twins.answers.get().pk})

    assert outcomes(twins) == [Outcome.NEW, Outcome.NEEDS_DECISION]
    assert twins.rows.get(place=1).asked["twin"] == 0


@pytest.fixture
def apart(province, lang, lanh, officer):
    """Two rows of one name whose units were asked apart; only then the second may repeat the first."""
    first = TWIN | {"phone": "0987654321", "unit": "VAN LANG"}
    second = TWIN | {"email": "sau@example.vn", "unit": "Nơi lạ"}
    roster_import = make_import(first, second, unit=province)
    for place in (0, 1):
        question = question_of(roster_import, place)
        actions.decide_unit(roster_import=roster_import, question=question, unit=lang, by=None)
    return roster_import


def test_lines_whose_units_were_asked_apart_are_held_against_each_other(apart):
    assert outcomes(apart) == [Outcome.NEW, Outcome.NEEDS_DECISION]
    assert apart.rows.get(place=1).asked["twin"] == 0


def test_the_same_person_as_an_undecided_line_waits_for_it_and_stands_alone_without_it(client, apart):
    actions.decide_twin(row=apart.rows.get(place=1), is_same=True, by=None)
    together = outcomes(apart)
    actions.take_back_answer(answer=apart.answers.get(asked__contains="VAN LANG"), by=None)
    waiting, question = outcomes(apart), question_of(apart, 1)
    page = client.get(address("change", apart)).text

    actions.skip_question(roster_import=apart, question=question_of(apart, 0), by=None)

    assert together == [Outcome.NEW, Outcome.UPDATED]
    assert (waiting, question) == ([Outcome.NEEDS_DECISION] * 2, "")
    assert "Chờ trả lời về dòng trước của cùng người này." in page
    assert outcomes(apart) == [Outcome.REJECTED, Outcome.NEW]


def test_the_same_person_as_a_line_written_before_is_that_member(client, twins):
    carry_out(twins)
    assert Member.objects.get().email == ""

    actions.decide_twin(row=twins.rows.get(place=1), is_same=True, by=None)
    carry_out(twins)

    assert Member.objects.get().email == "sau@example.vn"


def test_the_card_of_a_known_person_offers_both_answers(client, doubtful):
    page = client.get(address("change", doubtful)).text

    assert "Cùng một người" in page
    assert "Hai người khác nhau" in page


def test_a_row_like_no_other_line_is_not_asked_whether_it_is(client, province, lang, officer):
    make_applied(TWIN, unit=lang)
    roster_import = make_import(TWIN, unit=lang, file_name="khac.csv")

    page = client.post(
        address("decide_twin", roster_import),
        {"row": roster_import.rows.get().pk, "is_same": "1"},
        follow=True,
    ).text

    assert "Câu hỏi này đã được trả lời" in page
