"""What an answer teaches about the names of units, and how it is forgotten."""

import pytest

from members import actions
from members.models import RosterRow
from tests.factories.imports import make_import
from tests.factories.units import make_unit
from tests.members.roster_answers.asked import PHONG, question_of
from units.models import UnitAlias

pytestmark = pytest.mark.django_db
Outcome = RosterRow.Outcome


def test_taking_back_forgets_what_the_answer_taught(unclear, lang):
    actions.decide_unit(roster_import=unclear, question=question_of(unclear), unit=lang, by=None)
    assert UnitAlias.objects.get().unit == lang

    actions.take_back_answer(answer=unclear.answers.get(), by=None)

    assert list(UnitAlias.objects.all()) == []


def test_taking_back_restores_what_was_known_before(unclear, lang, lanh):
    asked = unclear.rows.first().asked
    known = UnitAlias.objects.create(unit=lanh, text=asked["text"], spelling=asked["spelling"])
    actions.decide_unit(roster_import=unclear, question=question_of(unclear), unit=lang, by=None)
    assert UnitAlias.objects.get().unit == lang

    actions.take_back_answer(answer=unclear.answers.get(), by=None)

    known.refresh_from_db()
    assert known.unit == lanh


def test_what_another_answer_taught_too_stays_known(province, unclear, lang):
    other = make_import(PHONG | {"unit": "VAN LANG"}, unit=province, file_name="khac.csv")
    for asking in (unclear, other):
        actions.decide_unit(roster_import=asking, question=question_of(asking), unit=lang, by=None)

    actions.take_back_answer(answer=unclear.answers.get(), by=None)

    assert UnitAlias.objects.get().unit == lang


def test_what_one_branch_answered_holds_in_its_own_lists_only(province, lang, lanh):
    vague = PHONG | {"unit": "VAN LANG"}
    ours, theirs = make_import(vague, unit=lang), make_import(vague, unit=lanh)
    actions.decide_unit(roster_import=ours, question=question_of(ours), unit=lang, by=None)
    actions.decide_unit(roster_import=theirs, question=question_of(theirs), unit=lanh, by=None)

    again = [make_import(vague, unit=unit) for unit in (lang, lanh)]
    branch = make_import(vague, unit=make_unit(parent=lang, name="Chi đoàn xóm 1"))
    of_province = make_import(vague, unit=province)

    assert [one.rows.get().unit for one in again] == [lang, lanh]
    assert branch.rows.get().fixes == "unit_alias"
    assert of_province.rows.get().unit is None
    assert of_province.rows.get().asked["text"] == "VAN LANG"


def test_a_branch_answers_otherwise_than_the_province_and_changes_nothing_for_it(province, lang, lanh):
    vague = PHONG | {"unit": "VAN LANG"}
    of_province = make_import(vague, unit=province)
    asked_before = make_import(vague, unit=lang)
    actions.decide_unit(roster_import=of_province, question=question_of(of_province), unit=lanh, by=None)
    known_everywhere = make_import(vague, unit=lang)

    actions.decide_unit(roster_import=asked_before, question=question_of(asked_before), unit=lang, by=None)

    assert known_everywhere.rows.get().unit == lanh
    assert make_import(vague, unit=lang).rows.get().unit == lang
    assert make_import(vague, unit=province).rows.get().unit == lanh
    actions.take_back_answer(answer=asked_before.answers.get(), by=None)
    assert [(alias.unit, alias.branch) for alias in UnitAlias.objects.all()] == [(lanh, None)]
