from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.models import AuditEntry
from members import actions
from members.admin import roster_desk
from members.models import Member, RosterImport, RosterRow
from tests.factories.imports import make_applied, make_import, make_roster
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit
from units.models import Unit, UnitAlias
from units.roles import Role

pytestmark = pytest.mark.django_db

State, Outcome = RosterImport.State, RosterRow.Outcome
PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005", "sex": "Nam", "phone": "0912345678"}
BICH = {"name": "HOÀNG THỊ BÍCH", "born": "2004", "sex": "Nữ", "phone": "987654321"}
ANSWERS = ["decide_unit", "decide_person", "decide_twin", "decide_dates", "skip", "drop_fix", "take_back"]
POSTS = [*ANSWERS, "apply", "cancel", "undo"]
GETS = ["change", "choose_unit", "undo", "error_workbook", "history"]


@pytest.fixture
def province(settings):
    return make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def secretary(client, commune):
    user = make_staff(unit=commune, role=Role.SECRETARY)
    client.force_login(user)
    return user


@pytest.fixture
def officer(client, province):
    user = make_staff(unit=province, role=Role.OFFICER)
    client.force_login(user)
    return user


@pytest.fixture
def rung(monkeypatch):
    """The imports for which the bell was rung."""
    imports = []
    monkeypatch.setattr(roster_desk, "ring", lambda task, **facts: imports.append(facts["roster_import_id"]))
    return imports


def address(name, roster_import=None):
    return reverse(f"admin:members_rosterimport_{name}", args=[roster_import.pk] if roster_import else [])


def csv_file(*people, name="Chi đoàn xóm 3.csv"):
    return SimpleUploadedFile(name, make_roster(*people), "text/csv")


def row_of(roster_import, place=0):
    return roster_import.rows.get(place=place)


# --- uploading -----------------------------------------------------------------------------------------


def test_uploading_keeps_the_file_and_rings(client, commune, secretary, rung):
    response = client.post(
        address("add"), {"file": csv_file(PHONG), "unit": commune.pk, "legal_basis": "Kế hoạch số 12"}
    )

    kept = RosterImport.objects.get()
    assert response.url == address("change", kept)
    assert (kept.file_name, kept.unit, kept.legal_basis) == ("Chi đoàn xóm 3.csv", commune, "Kế hoạch số 12")
    assert (kept.uploaded_by, kept.state, rung) == (secretary, State.WAITING, [kept.pk])


def test_the_form_says_in_vietnamese_what_is_missing(client, secretary):
    response = client.post(address("add"), {})

    errors = response.context["adminform"].form.errors
    assert errors == {
        "file": ["Chưa chọn file."],
        "unit": ["Chưa chọn đơn vị."],
        "legal_basis": ["Chưa nhập căn cứ xử lý dữ liệu."],
    }


def test_an_empty_file_is_refused(client, commune, secretary, rung):
    empty = SimpleUploadedFile("trong.csv", b"", "text/csv")

    response = client.post(address("add"), {"file": empty, "unit": commune.pk, "legal_basis": "Kế hoạch"})

    assert response.context["adminform"].form.errors == {"file": ["File trống. Hãy kiểm tra lại file."]}
    assert (RosterImport.objects.count(), rung) == (0, [])


def test_a_refusal_by_the_action_comes_back_in_the_form(client, commune, secretary, monkeypatch):
    def refuse(**_):
        raise actions.ImportRefused("Không nhận file này.")

    monkeypatch.setattr(actions, "upload_roster", refuse)

    response = client.post(
        address("add"), {"file": csv_file(PHONG), "unit": commune.pk, "legal_basis": "Kế hoạch"}
    )

    assert response.context["adminform"].form.non_field_errors() == ["Không nhận file này."]


def test_the_only_unit_of_the_person_is_chosen_already(client, commune, secretary):
    response = client.get(address("add"))

    assert response.context["adminform"].form.initial == {"unit": commune.pk}


def test_a_file_for_a_foreign_unit_is_refused(client, province, secretary, rung):
    foreign = make_unit(parent=province)

    response = client.post(
        address("add"), {"file": csv_file(PHONG), "unit": foreign.pk, "legal_basis": "Kế hoạch"}
    )

    assert list(response.context["adminform"].form.errors) == ["unit"]
    assert (RosterImport.objects.count(), rung) == (0, [])


# --- who ------------------------------------------------------------------------------------------------


def test_a_foreign_import_does_not_exist(client, province, secretary):
    foreign = make_import(PHONG, unit=make_unit(parent=province))

    gets = [client.get(address(name, foreign)).status_code for name in GETS]
    posts = [client.post(address(name, foreign)).status_code for name in POSTS]

    foreign.refresh_from_db()
    assert set(gets + posts) == {404}
    assert foreign.state == State.READY


def test_the_list_holds_the_imports_of_the_scope(client, province, commune, secretary):
    make_import(PHONG, unit=make_unit(parent=province), file_name="khac.csv")
    ours = make_import(PHONG, BICH, unit=commune)

    response = client.get(address("changelist"))

    assert list(response.context["cl"].result_list) == [ours]
    assert "2 thêm mới" in response.text


def test_the_list_says_every_state_in_words(client, commune, secretary):
    for state in State.values:
        RosterImport.objects.filter(pk=make_import(PHONG, unit=commune).pk).update(state=state)

    page = client.get(address("changelist")).text

    assert [label for label in State.labels if page.count(label) < 2] == []  # in the filter and in a row


def test_a_press_needs_a_post(client, commune, secretary):
    roster_import = make_import(PHONG, unit=commune)

    answers = {client.get(address(name, roster_import)).status_code for name in POSTS if name != "undo"}

    assert answers == {405}


# --- the page by state ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.WAITING, "đang chờ đến lượt đọc"),
        (State.READING, "Đang đọc và so với hồ sơ đang có"),
        (State.READY, "Áp dụng 1 dòng"),
        (State.FAILED, "Không mở được file này."),
        (State.APPLYING, "Đang ghi từng đợt"),
        (State.APPLIED, "Đã thêm 0 đoàn viên"),
        (State.UNDOING, "Đang lấy lại từng dòng"),
        (State.UNDONE, "Đã hoàn tác 0 dòng"),
        (State.CANCELLED, "Lần nhập này đã hủy"),
    ],
)
def test_each_state_has_its_page(client, commune, secretary, state, words):
    roster_import = make_import(PHONG, unit=commune)
    RosterImport.objects.filter(pk=roster_import.pk).update(
        state=state,
        failure="Không mở được file này." if state == State.FAILED else "",
        lease_until=timezone.now() if state in RosterImport.WORK_STATES else None,
    )

    response = client.get(address("change", roster_import))

    assert words in response.text


def test_work_in_hand_shows_how_far_it_is_and_needs_no_scripts(client, commune, secretary):
    roster_import = make_import(PHONG, unit=commune)
    RosterImport.objects.filter(pk=roster_import.pk).update(
        state=State.APPLYING, done_count=1500, goal_count=4000, lease_until=timezone.now()
    )

    response = client.get(address("change", roster_import))

    assert (
        '<progress class="roster-progress" aria-label="Đang áp dụng" value="1500" max="4000">'
        in response.text
    )
    assert f'<noscript><a class="roster-button" href="{address("change", roster_import)}">' in response.text
    assert "1.500" in response.text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.WAITING, "đang chờ đến lượt đọc"),
        (State.APPLYING, "Lệnh áp dụng đã được ghi nhận và đang chờ đến lượt"),
        (State.UNDOING, "Lệnh hoàn tác đã được ghi nhận và đang chờ đến lượt"),
    ],
)
def test_work_that_nobody_has_begun_is_waiting_calmly(client, commune, secretary, state, words):
    roster_import = make_import(PHONG, unit=commune)
    RosterImport.objects.filter(pk=roster_import.pk).update(state=state, lease_until=None, goal_count=1)

    assert words in client.get(address("change", roster_import)).text


def test_an_address_that_is_no_number_is_404(client, secretary):
    assert client.get("/quan-tri/members/rosterimport/abc/change/").status_code == 404


def test_the_preview_never_shows_a_whole_citizen_number(client, commune, secretary):
    numbers = ["019205001234", "19205001235", "019205001236"]
    people = [
        PHONG | {"citizen": numbers[0]},
        BICH | {"citizen": numbers[1]},
        {"name": "Lý Thị Xuân", "born": "2003", "sex": "Nam", "phone": numbers[2]},
    ]
    make_member(unit=commune, full_name="Hà Văn Phong", citizen_id_last4="9999")
    roster_import = make_import(*people, unit=commune)

    page = client.get(address("change", roster_import)).text

    assert "••••••••1235" in page
    assert [number for number in numbers if number in page or number[-11:] in page] == []


def test_the_page_asks_the_same_number_of_queries_for_more_rows(client, commune, secretary):
    one = make_import(BICH, unit=commune)
    many = [
        BICH | {"name": f"BÙI THỊ {word}", "phone": f"98765432{n}"}
        for n, word in enumerate(("AN", "BA", "CÚC"))
    ]
    three = make_import(*many, unit=commune)
    client.get(address("change", one))

    counts = []
    for roster_import in (one, three):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address("change", roster_import))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_questions_cost_the_same_however_many_there_are(client, province, officer):
    for name in ("Văn Lang", "Văn Lăng", "Bình Yên"):
        make_unit(parent=province, name=name)
    home = Unit.objects.get(name="Bình Yên")
    people = [
        PHONG | {"name": name, "phone": "", "unit": "Bình Yên"}
        for name in ("Lò Văn An", "Lò Văn Ba", "Lò Văn Cư")
    ]
    for person in people:
        make_member(unit=home, full_name=person["name"], born_on="2005-01-01", born_precision="year")
    one = make_import(people[0], {**BICH, "unit": "Văn Lang"}, unit=province)
    three = make_import(*people, {**BICH, "unit": "VAN LANG"}, unit=province)
    client.get(address("change", one))

    counts = []
    for roster_import in (one, three):
        with CaptureQueriesContext(connection) as queries:
            client.get(address("change", roster_import))
        counts.append(len(queries))

    assert counts[1] <= counts[0] + 5  # the unit question's own, once


# --- deciding -------------------------------------------------------------------------------------------


@pytest.fixture
def unclear(province, officer):
    """An import whose two rows name a unit that fits two, and the unit that is meant."""
    make_unit(parent=province, name="Văn Lang")
    meant = make_unit(parent=province, name="Văn Lăng")
    roster_import = make_import(PHONG | {"unit": "VAN LANG"}, BICH | {"unit": "VAN LANG"}, unit=province)
    assert [row.outcome for row in roster_import.rows.all()] == [Outcome.NEEDS_DECISION] * 2
    return roster_import, meant


@pytest.fixture
def doubtful(commune, secretary):
    """An import with a row that may be a member, and the member."""
    known = make_member(unit=commune, full_name="Hà Văn Phong", born_on="2005-01-01", born_precision="year")
    roster_import = make_import(PHONG, unit=commune)
    assert row_of(roster_import).outcome == Outcome.NEEDS_DECISION
    return roster_import, known


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


# --- applying, undoing ----------------------------------------------------------------------------------


def test_applying_is_started_and_rung(client, commune, secretary, rung):
    roster_import = make_import(PHONG, unit=commune)

    client.post(address("apply", roster_import))
    second = client.post(address("apply", roster_import), follow=True)

    roster_import.refresh_from_db()
    assert (roster_import.state, roster_import.applied_by) == (State.APPLYING, secretary)
    assert rung == [roster_import.pk]
    assert "đang được áp dụng" in second.text


def test_what_was_written_is_told_and_can_be_taken_back(client, commune, secretary, rung):
    roster_import = make_applied(PHONG, BICH, unit=commune, by=secretary)
    told = client.get(address("change", roster_import)).text

    asked = client.get(address("undo", roster_import)).text
    client.post(address("undo", roster_import))
    actions.work_on_import(roster_import_id=roster_import.pk)

    roster_import.refresh_from_db()
    assert "Đã thêm 2 đoàn viên" in told
    assert "2 đoàn viên do lần nhập này thêm sẽ bị xóa" in asked
    assert (roster_import.state, rung, Member.objects.count()) == (State.UNDONE, [roster_import.pk], 0)
    assert AuditEntry.objects.filter(verb="roster.undone", by=secretary).exists()


def test_rows_that_were_kept_say_why(client, commune, secretary):
    roster_import = make_applied(PHONG, BICH, unit=commune, by=secretary)
    member = Member.objects.get(full_name="Hà Văn Phong")
    member.phone = "+84911111111"
    member.save()
    actions.undo_roster(roster_import=roster_import, by=secretary)
    actions.work_on_import(roster_import_id=roster_import.pk)

    response = client.get(address("change", roster_import) + "?ket-qua=kept")

    assert [shown.name for shown in response.context["page"].rows] == ["Hà Văn Phong"]
    assert "Hồ sơ đã được sửa sau lần nhập này." in response.text


def test_undoing_what_was_not_applied_leads_back(client, commune, secretary):
    roster_import = make_import(PHONG, unit=commune)

    response = client.get(address("undo", roster_import))

    assert response.url == address("change", roster_import)


def test_an_import_is_cancelled_once(client, commune, secretary):
    roster_import = make_import(PHONG, unit=commune)

    client.post(address("cancel", roster_import))
    second = client.post(address("cancel", roster_import), follow=True)

    roster_import.refresh_from_db()
    assert roster_import.state == State.CANCELLED
    assert "không hủy được" in second.text


def test_rows_to_mend_come_as_a_file(client, commune, secretary):
    roster_import = make_import(PHONG, {"name": "", "born": "2004", "sex": "Nữ"}, unit=commune)

    response = client.get(address("error_workbook", roster_import))

    sheet = load_workbook(BytesIO(response.content)).active
    assert response.headers["Content-Disposition"] == 'attachment; filename="can-sua-danh-sach.xlsx"'
    assert sheet.max_row == 2
