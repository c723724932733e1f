"""An answer stays on the page with who gave it, holds when the rows are written, and can be taken back."""

import pytest

from core.models import AuditEntry
from members import actions
from members.models import Member, RosterAnswer, RosterImport, RosterRow
from tests.factories.imports import make_import
from tests.factories.members import make_member
from tests.factories.units import make_user
from tests.members.roster_answers.asked import BICH, PHONG, address, carry_out, outcomes, question_of
from units.models import UnitAlias

pytestmark = pytest.mark.django_db
Outcome = RosterRow.Outcome


def test_an_answered_unit_stays_on_the_page_and_can_be_taken_back(client, unclear, lang, officer):
    question = question_of(unclear)
    client.post(address("decide_unit", unclear), {"question": question, "unit": lang.pk})
    answered = client.get(address("change", unclear)).text

    answer = unclear.answers.get()
    client.post(address("take_back", unclear), {"answer": answer.pk})
    again = client.get(address("change", unclear)).text

    assert (answer.by, answer.row_count, answer.chosen) == (officer, 2, "Đoàn xã Văn Lang")
    assert "Đã chọn: <strong>Đoàn xã Văn Lang</strong>" in answered
    assert "Ma Thị Hiền" in answered
    assert "Đổi lại" in answered
    assert "“VAN LANG” là đơn vị nào?" in again
    assert "Đã chọn:" not in again
    assert [row.decision for row in unclear.rows.all()] == [{}, {}]
    assert outcomes(unclear) == [Outcome.NEEDS_DECISION] * 2
    verbs = AuditEntry.objects.filter(by=officer, verb__startswith="roster.").order_by("pk")
    assert [entry.verb for entry in verbs] == ["roster.unit_decided", "roster.answer_taken_back"]


def test_a_skip_stays_on_the_page_and_can_be_taken_back(client, unclear):
    question = question_of(unclear)
    client.post(address("skip", unclear), {"question": question})
    skipped, page = outcomes(unclear), client.get(address("change", unclear)).text

    client.post(address("take_back", unclear), {"answer": unclear.answers.get().pk})

    assert skipped == [Outcome.REJECTED] * 2
    assert "Đã chọn: <strong>Bỏ 2 dòng khỏi lần nhập này</strong>" in page
    assert outcomes(unclear) == [Outcome.NEEDS_DECISION] * 2
    assert {row.question for row in unclear.rows.all()} == {question}


def test_an_answer_about_a_person_is_taken_back(client, doubtful):
    member = Member.objects.get()
    row = doubtful.rows.get()
    client.post(address("decide_person", doubtful), {"row": row.pk, "member": member.pk})
    answered, page = outcomes(doubtful), client.get(address("change", doubtful)).text

    client.post(address("take_back", doubtful), {"answer": doubtful.answers.get().pk})

    assert answered == [Outcome.UPDATED]
    assert "Đã chọn: <strong>Cùng một người với Hà Văn Phong, Đoàn xã Văn Lang</strong>" in page
    assert outcomes(doubtful) == [Outcome.NEEDS_DECISION]
    assert doubtful.rows.get().asked["candidates"] == [member.pk]


def test_many_answers_are_all_on_the_page(client, province, lang, lanh, officer):
    rows = [PHONG | {"name": f"Hà Văn {name}", "unit": f"Nơi {name}"} for name in "ABCDEGHIKL"]
    roster_import = make_import(*rows, unit=province)
    for row in roster_import.rows.order_by("place"):
        actions.skip_question(roster_import=roster_import, question=row.question, by=officer)

    page = client.get(address("change", roster_import)).text

    assert page.count('name="answer"') == 10
    assert "Xem các câu trả lời trước đó" in page


def test_who_answers_second_sees_the_first_answer_and_nothing_is_lost(client, unclear, lang, lanh):
    question = question_of(unclear)
    first = make_user(full_name="Lý Văn Thành")
    actions.decide_unit(roster_import=unclear, question=question, unit=lang, by=first)

    told = client.post(
        address("decide_unit", unclear), {"question": question, "unit": lanh.pk}, follow=True
    ).text
    skipped = client.post(address("skip", unclear), {"question": question}, follow=True).text

    for page in (told, skipped):
        assert "Lý Văn Thành đã trả lời câu này lúc" in page
        assert "Đoàn xã Văn Lang" in page
    assert {row.unit for row in unclear.rows.all()} == {lang}
    assert UnitAlias.objects.get().unit == lang


def test_who_decides_on_a_person_second_sees_the_first_answer(client, doubtful):
    row = doubtful.rows.get()
    actions.decide_person(row=row, member=None, by=make_user(full_name="Lý Văn Thành"))

    told = client.post(
        address("decide_person", doubtful), {"row": row.pk, "member": Member.objects.get().pk}, follow=True
    ).text

    assert "Lý Văn Thành đã trả lời câu này" in told
    assert outcomes(doubtful) == [Outcome.NEW]


def test_an_answer_is_taken_back_once(client, unclear, lang):
    actions.decide_unit(roster_import=unclear, question=question_of(unclear), unit=lang, by=None)
    answer = unclear.answers.get()
    actions.take_back_answer(answer=answer, by=None)

    page = client.post(address("take_back", unclear), {"answer": answer.pk}, follow=True).text

    assert "Lựa chọn này không còn dùng được" in page
    with pytest.raises(actions.ImportRefused, match="đã được đổi lại"):
        actions.take_back_answer(answer=RosterAnswer(pk=answer.pk, roster_import=unclear), by=None)


def test_an_answer_whose_rows_were_written_stays(client, unclear, lang, officer):
    actions.decide_unit(roster_import=unclear, question=question_of(unclear), unit=lang, by=officer)
    carry_out(unclear)
    answer = unclear.answers.get()

    page = client.get(address("change", unclear)).text

    assert "Đã chọn: <strong>Đoàn xã Văn Lang</strong>" in page
    assert 'name="answer"' not in page
    with pytest.raises(actions.ImportRefused, match="đã được ghi vào cổng"):
        actions.take_back_answer(answer=answer, by=officer)
    assert Member.objects.filter(unit=lang).count() == 2


def test_what_was_left_out_may_come_back_after_the_rest_was_written(province, unclear, lang, officer):
    actions.skip_question(roster_import=unclear, question=question_of(unclear), by=officer)
    mixed = make_import(
        PHONG | {"unit": "Xã Văn Lang"}, BICH | {"unit": "VAN LANG"}, unit=province, file_name="khac.csv"
    )
    actions.skip_question(roster_import=mixed, question=question_of(mixed, 1), by=officer)
    carry_out(mixed)

    actions.take_back_answer(answer=mixed.answers.get(), by=officer)
    actions.decide_unit(roster_import=mixed, question=question_of(mixed, 1), unit=lang, by=officer)
    carry_out(mixed)

    assert sorted(member.full_name for member in Member.objects.all()) == ["Hoàng Thị Bích", "Hà Văn Phong"]


def test_answers_to_two_questions_of_one_row_are_taken_back_apart(province, lang, lanh, officer):
    make_member(unit=lang, full_name="Hà Văn Phong", born_on="2005-01-01", born_precision="year")
    roster_import = make_import(PHONG | {"unit": "VAN LANG"}, unit=province)
    actions.decide_unit(roster_import=roster_import, question=question_of(roster_import), unit=lang, by=None)
    actions.decide_person(row=roster_import.rows.get(), member=None, by=None)
    assert outcomes(roster_import) == [Outcome.NEW]

    actions.take_back_answer(answer=roster_import.answers.get(kind="unit"), by=None)
    without_unit = roster_import.rows.get()
    actions.decide_unit(roster_import=roster_import, question=without_unit.question, unit=lang, by=None)

    assert without_unit.outcome == Outcome.NEEDS_DECISION
    assert outcomes(roster_import) == [Outcome.NEW]


def test_answers_go_with_a_cancelled_import(unclear, lang):
    actions.decide_unit(roster_import=unclear, question=question_of(unclear), unit=lang, by=None)

    actions.cancel_import(roster_import=unclear, by=None)

    assert not RosterAnswer.objects.exists()


def test_an_import_in_work_takes_no_answer_back(unclear, lang):
    actions.decide_unit(roster_import=unclear, question=question_of(unclear), unit=lang, by=None)
    RosterImport.objects.update(state=RosterImport.State.APPLYING)

    with pytest.raises(actions.ImportRefused, match="không còn chờ quyết định"):
        actions.take_back_answer(answer=unclear.answers.get(), by=None)


# --- one person or two ----------------------------------------------------------------------------------
