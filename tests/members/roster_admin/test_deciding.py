"""Questions of an import are answered on its page."""

import pytest

from members import actions
from tests.factories.imports import make_import
from tests.factories.units import make_unit
from tests.members.roster_admin.desk import (
    ANSWERS,
    BICH,
    PHONG,
    Outcome,
    address,
    row_of,
)
from units.models import UnitAlias

pytestmark = pytest.mark.django_db


def test_a_unit_question_shows_its_choices_and_is_answered_for_all_its_rows(client, unclear):
    roster_import, meant = unclear
    page = client.get(address("change", roster_import)).text

    client.post(
        address("decide_unit", roster_import) + "?ket-qua=new",
        {"question": row_of(roster_import).question, "unit": meant.pk},
    )

    assert "“VAN LANG” là đơn vị nào?" in page
    assert "Đoàn xã Văn Lăng" in page
    assert {(row.outcome, row.unit) for row in roster_import.rows.all()} == {(Outcome.NEW, meant)}
    assert UnitAlias.objects.get().unit == meant


def test_an_answered_question_stays_answered_when_the_rows_are_written(client, unclear, officer):
    roster_import, meant = unclear
    question = row_of(roster_import).question
    client.post(address("decide_unit", roster_import), {"question": question, "unit": meant.pk})

    actions.apply_roster(roster_import=roster_import, by=officer)
    actions.work_on_import(roster_import_id=roster_import.pk)

    levels = {problem["level"] for row in roster_import.rows.all() for problem in row.problems}
    assert levels <= {"fix"}
    assert list(roster_import.rows.to_mend()) == []


def test_a_line_that_may_repeat_another_is_left_out(client, commune, secretary):
    twin = {"name": "Trần Văn Sáu", "born": "2001", "sex": "Nam"}
    roster_import = make_import(twin | {"phone": "0987654321"}, twin, unit=commune)
    page = client.get(address("change", roster_import)).text

    client.post(address("skip", roster_import), {"question": row_of(roster_import, 1).question})

    assert "Trần Văn Sáu: hai dòng này có phải một người không?" in page
    assert [row.outcome for row in roster_import.rows.order_by("place")] == [Outcome.NEW, Outcome.REJECTED]


def test_keys_over_a_thousand_are_written_as_keys(client, province, officer):
    make_unit(parent=province, name="Văn Lang")
    make_unit(parent=province, name="Văn Lăng", id=123456)
    roster_import = make_import(PHONG | {"unit": "VAN LANG"}, unit=province)

    assert 'name="unit" value="123456"' in client.get(address("change", roster_import)).text


def test_another_unit_is_found_by_name(client, province, unclear):
    roster_import, _ = unclear
    other = make_unit(parent=province, name="Phú Bình")
    question = row_of(roster_import).question

    found = client.get(address("choose_unit", roster_import), {"question": question, "text": "phu binh"})
    nothing = client.get(address("choose_unit", roster_import), {"question": question, "text": "không có"})

    assert found.context["found"] == [(other, "")]
    assert "Không có đơn vị nào trong phạm vi của Anh/Chị" in nothing.text


def test_a_question_answered_meanwhile_leads_back(client, unclear):
    roster_import, meant = unclear
    asked = {"question": "unit:khac", "unit": meant.pk}

    chosen = client.get(address("choose_unit", roster_import), asked)
    decided = client.post(address("decide_unit", roster_import), asked, follow=True)

    assert chosen.url == address("change", roster_import)
    assert "Câu hỏi này đã được trả lời" in decided.text


def test_a_unit_outside_of_the_scope_cannot_be_the_answer(client, commune, province, secretary):
    foreign = make_unit(parent=province)
    roster_import = make_import(PHONG | {"unit": "Nơi không có"}, unit=commune)

    response = client.post(
        address("decide_unit", roster_import), {"question": "unit:x", "unit": foreign.pk}, follow=True
    )

    assert "Lựa chọn này không còn dùng được" in response.text


def test_rows_of_a_question_are_left_out_together(client, unclear):
    roster_import, _ = unclear

    client.post(address("skip", roster_import), {"question": row_of(roster_import).question})

    assert {row.outcome for row in roster_import.rows.all()} == {Outcome.REJECTED}


def test_a_row_beside_a_known_member_is_them(client, doubtful):
    roster_import, known = doubtful
    page = client.get(address("change", roster_import)).text

    client.post(
        address("decide_person", roster_import), {"row": row_of(roster_import).pk, "member": known.pk}
    )

    row = row_of(roster_import)
    assert "Hà Văn Phong có phải người đã có trong cổng không?" in page
    assert (row.outcome, row.member) == (Outcome.UPDATED, known)


def test_a_row_beside_a_known_member_is_somebody_else(client, doubtful):
    roster_import, _ = doubtful

    client.post(address("decide_person", roster_import), {"row": row_of(roster_import).pk})

    assert row_of(roster_import).outcome == Outcome.NEW


def test_one_row_is_left_out_and_the_person_stays_where_they_were(client, doubtful):
    roster_import, _ = doubtful

    response = client.post(
        address("skip", roster_import) + "?ket-qua=needs_decision&hoi-tu=0",
        {"question": row_of(roster_import).question},
    )

    assert response.url == address("change", roster_import) + "?ket-qua=needs_decision&hoi-tu=0"
    assert row_of(roster_import).outcome == Outcome.REJECTED


def test_a_press_without_a_row_says_so(client, doubtful):
    roster_import, _ = doubtful

    pages = [client.post(address(name, roster_import), follow=True).text for name in ANSWERS]

    assert ["Lựa chọn này không còn dùng được" in page for page in pages] == [True] * len(ANSWERS)


def test_a_row_of_another_import_is_none_of_this_one(client, doubtful, commune):
    roster_import, _ = doubtful
    other = make_import(BICH, unit=commune)

    client.post(address("drop_fix", roster_import), {"row": row_of(other).pk, "field": "phone"})

    assert row_of(other).decision == {}


def test_a_repaired_value_is_dropped(client, commune, secretary):
    roster_import = make_import(BICH, unit=commune)
    page = client.get(address("change", roster_import) + "?sua=phone_zero_added").text

    client.post(address("drop_fix", roster_import), {"row": row_of(roster_import).pk, "field": "phone"})

    assert "0987 654 321" in page
    assert row_of(roster_import).decision == {"dropped": ["phone"]}
