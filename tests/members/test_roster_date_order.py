"""Dates that may be month first: staff decide for a whole sheet, see each row, and may change their mind."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from core.models import AuditEntry
from members import actions
from members.actions.staging import line_of_row
from members.models import Member, RosterRow
from members.queries.roster_questions import questions
from tests.factories.imports import make_import
from tests.factories.units import make_staff, make_unit
from units.roles import Role
from units.scope import Scope

pytestmark = pytest.mark.django_db
Outcome = RosterRow.Outcome
ROSTERS = Path(__file__).parent.parent / "rosters"
SURE = {"name": "Hà Văn Phong", "born": "05/13/2004", "sex": "Nam", "phone": "0912345678"}
DOUBTED = [
    {"name": "Hoàng Thị Bích", "born": "05/09/2005", "sex": "Nữ", "phone": "0987654321"},
    {"name": "Lý Thị Xuân", "born": "11/03/2007", "sex": "Nữ", "phone": "0987654322"},
]


@pytest.fixture
def commune(settings):
    return make_unit(parent=make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên"), name="Bình Yên")


@pytest.fixture
def secretary(client, commune):
    user = make_staff(unit=commune, role=Role.SECRETARY)
    client.force_login(user)
    return user


@pytest.fixture
def swapped(commune, secretary):
    """An import with a date that can only be month first, and two that may be."""
    return make_import(SURE, *DOUBTED, unit=commune)


def address(name, roster_import):
    return reverse(f"admin:members_rosterimport_{name}", args=[roster_import.pk])


def births(roster_import):
    return [line_of_row(row, {}).fields["date_of_birth"] for row in roster_import.rows.order_by("place")]


def carry_out(roster_import):
    actions.apply_roster(roster_import=roster_import, by=None)
    actions.work_on_import(roster_import_id=roster_import.pk)


def decide(client, roster_import, order):
    sheet = roster_import.rows.first().sheet
    return client.post(address("decide_dates", roster_import), {"sheet": sheet, "order": order}, follow=True)


def test_the_page_asks_once_for_the_sheet_and_shows_both_ways(client, swapped):
    page = client.get(address("change", swapped)).text

    assert "2 dòng có thể bị đảo ngày và tháng" in page
    assert "<span>Dòng 3: 05/09/2005</span><span>Dòng 4: 11/03/2007</span>" in page
    assert "<span>Dòng 3: 09/05/2005</span><span>Dòng 4: 03/11/2007</span>" in page
    assert "Đảo lại ngày và tháng" in page
    assert "Giữ nguyên" in page


def test_exchanging_shows_each_row_as_it_will_be_and_is_written(client, swapped, secretary):
    page = decide(client, swapped, "swap").text
    rows = client.get(address("change", swapped), {"ket-qua": "dates"}).context["page"].rows
    decided = births(swapped)
    carry_out(swapped)

    assert decided == ["2004-05-13", "2005-05-09", "2007-11-03"]
    assert "Sẽ đảo lại ngày và tháng ở 2 dòng" in page
    assert "Đã chọn: <strong>Đảo lại ngày và tháng</strong>" in page
    told = [[(e.old, e.new, e.note) for e in shown.entries if e.label == "Ngày sinh"] for shown in rows]
    assert told == [
        [("05/09/2005", "09/05/2005", "Đảo ngày và tháng")],
        [("11/03/2007", "03/11/2007", "Đảo ngày và tháng")],
    ]
    assert sorted(str(m.born) for m in Member.objects.all()) == ["03/11/2007", "09/05/2005", "13/05/2004"]
    assert AuditEntry.objects.get(verb="roster.dates_decided").by == secretary


def test_keeping_writes_what_the_file_says_and_asks_no_more(client, swapped):
    page = decide(client, swapped, "keep").text
    problems = [problem["code"] for row in swapped.rows.all() for problem in row.problems]
    carry_out(swapped)

    assert "Đã chọn: <strong>Giữ nguyên như trong file</strong>" in page
    assert "có thể bị đảo ngày và tháng</h4>" not in page
    assert "day_month_order" not in problems
    assert sorted(str(m.born) for m in Member.objects.all()) == ["05/09/2005", "11/03/2007", "13/05/2004"]


def test_without_an_answer_the_file_holds(swapped):
    carry_out(swapped)

    assert sorted(str(m.born) for m in Member.objects.all()) == ["05/09/2005", "11/03/2007", "13/05/2004"]


def test_the_decision_is_taken_back_until_it_is_written(client, swapped):
    before = births(swapped)
    decide(client, swapped, "swap")

    page = client.post(address("take_back", swapped), {"answer": swapped.answers.get().pk}, follow=True).text
    reopened = births(swapped)
    decide(client, swapped, "swap")
    carry_out(swapped)

    assert "2 dòng có thể bị đảo ngày và tháng" in page
    assert reopened == before
    with pytest.raises(actions.ImportRefused, match="đã được ghi vào cổng"):
        actions.take_back_answer(answer=swapped.answers.get(), by=None)


def test_who_decides_second_sees_the_first_decision(client, swapped, secretary):
    decide(client, swapped, "swap")

    page = decide(client, swapped, "keep").text

    assert "đã trả lời câu này lúc" in page
    assert swapped.answers.get().chosen == "Đảo lại ngày và tháng"
    assert births(swapped)[1] == "2005-05-09"


def test_an_exchanged_date_finds_the_member_it_belongs_to(client, commune, swapped):
    known = make_import(DOUBTED[0] | {"born": "09/05/2005", "phone": ""}, unit=commune, file_name="cu.csv")
    carry_out(known)

    decide(client, swapped, "swap")

    row = swapped.rows.get(place=1)
    assert (row.outcome, row.member) == (Outcome.UPDATED, Member.objects.get())


def test_dates_that_are_sure_ask_nothing(client, commune, secretary):
    roster_import = make_import(DOUBTED[0], unit=commune)

    page = client.get(address("change", roster_import)).text
    told = decide(client, roster_import, "swap").text

    assert "có thể bị đảo ngày và tháng" not in page
    assert "Câu hỏi này đã được trả lời" in told


def test_the_sample_of_swapped_dates_becomes_the_other_of_its_two_readings(commune):
    name = "delegates-swapped-dates.xlsx"
    expected = json.loads((ROSTERS / f"{name}.expected.json").read_text())
    wanted = {r["row"]: set(r["one_of"]["date_of_birth"]) for r in expected["rows"] if "one_of" in r}
    uploaded = actions.upload_roster(
        content=(ROSTERS / name).read_bytes(), file_name=name, unit=commune, by=None
    )
    actions.work_on_import(roster_import_id=uploaded.pk)
    uploaded.refresh_from_db()
    (asked,) = questions(uploaded, Scope()).dates
    numbers = list(uploaded.rows.order_by("place").values_list("row_number", flat=True))
    kept = dict(zip(numbers, births(uploaded), strict=True))

    count = actions.decide_dates(roster_import=uploaded, sheet=asked.sheet, order="swap", by=None)

    turned = dict(zip(numbers, births(uploaded), strict=True))
    assert (count, asked.row_count) == (len(wanted), len(wanted))
    assert {row: {kept[row], turned[row]} for row in wanted} == wanted
    assert [row for row in numbers if turned[row] != kept[row]] == sorted(wanted)
