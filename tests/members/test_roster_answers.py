"""An answer stays on the page with who gave it, holds when the rows are written, and can be taken back."""

import pytest
from django.urls import reverse

from core.models import AuditEntry
from members import actions
from members.models import Member, RosterAnswer, RosterImport, RosterRow
from tests.factories.imports import make_applied, make_import
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.models import UnitAlias
from units.roles import Role

pytestmark = pytest.mark.django_db
Outcome = RosterRow.Outcome
PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005", "sex": "Nam", "phone": "0912345678"}
BICH = {"name": "Hoàng Thị Bích", "born": "2004", "sex": "Nữ", "phone": "0987654321"}


@pytest.fixture
def province(settings):
    return make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")


@pytest.fixture
def lang(province):
    return make_unit(parent=province, name="Văn Lang")


@pytest.fixture
def lanh(province):
    return make_unit(parent=province, name="Văn Lăng")


@pytest.fixture
def officer(client, province):
    user = make_staff(unit=province, role=Role.OFFICER, user=make_user(full_name="Ma Thị Hiền"))
    client.force_login(user)
    return user


@pytest.fixture
def unclear(province, lang, lanh, officer):
    """An import whose two rows name a unit that fits two."""
    return make_import(PHONG | {"unit": "VAN LANG"}, BICH | {"unit": "VAN LANG"}, unit=province)


@pytest.fixture
def doubtful(province, lang, officer):
    """An import with a row that may be a member of Văn Lang."""
    make_member(unit=lang, full_name="Hà Văn Phong", born_on="2005-01-01", born_precision="year")
    return make_import(PHONG | {"unit": "Xã Văn Lang"}, unit=province)


def question_of(roster_import, place=0):
    return roster_import.rows.get(place=place).question


def outcomes(roster_import):
    return [row.outcome for row in roster_import.rows.order_by("place")]


def address(name, roster_import):
    return reverse(f"admin:members_rosterimport_{name}", args=[roster_import.pk])


def carry_out(roster_import, by=None):
    actions.apply_roster(roster_import=roster_import, by=by)
    actions.work_on_import(roster_import_id=roster_import.pk)


# --- the card on the page -------------------------------------------------------------------------------


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


# --- two people at once ---------------------------------------------------------------------------------


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


# --- what an answer taught ------------------------------------------------------------------------------


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


# --- until it is applied --------------------------------------------------------------------------------


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
