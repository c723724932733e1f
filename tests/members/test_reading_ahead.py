"""A long file is read in another process: the same rows are staged as when it is read in this one."""

import pytest

from members import actions
from members.actions import portions
from members.models import RosterBlock, RosterImport, RosterRow
from members.models.member import Member
from members.roster import Problem, UnitQuestion
from members.roster.shapes import ReadRow
from tests.factories.imports import make_import, make_roster

pytestmark = pytest.mark.django_db
PEOPLE = [
    {"name": "Hà Văn Phong", "born": "03/08/2005", "sex": "Nam", "phone": "0987654321", "unit": "Bình Yên"},
    {"name": "NÔNG THỊ BÍCH", "born": "2004", "sex": "Nữ", "unit": "Nơi không có", "email": "không phải"},
    {"name": "Ma Văn Tú", "born": "31/02/2004", "citizen": "019205000001", "branch": "Chi đoàn xóm 1"},
    {"name": "", "born": "2004"},
]


@pytest.fixture
def read_apart(monkeypatch):
    """Have files of any length read in another process; the sizes of what came from it."""
    sizes = []

    def counted(made, *, beat):
        for packed in ahead(made, beat=beat):
            sizes.append(len(packed))
            yield packed

    ahead = portions.ahead
    monkeypatch.setattr(portions, "MANY_LINES", 1)
    monkeypatch.setattr(portions, "may_fork", lambda: True)
    monkeypatch.setattr(portions, "ahead", counted)
    return sizes


def staged(roster_import):
    rows = list(roster_import.rows.order_by("place"))
    columns = [field.attname for field in RosterRow._meta.concrete_fields]
    dropped = {"id", "roster_import_id"}
    told = [{name: getattr(row, name) for name in columns if name not in dropped} for row in rows]
    return roster_import.sheets, roster_import.tallies, told, [row.content for row in rows]


def test_the_same_rows_are_staged(binh_yen, read_apart, monkeypatch):
    apart = staged(make_import(*PEOPLE, unit=binh_yen))
    assert len(read_apart) == 2

    monkeypatch.setattr(portions, "may_fork", lambda: False)
    here = staged(make_import(*PEOPLE, unit=binh_yen))

    assert apart == here
    assert len(read_apart) == 2
    assert [len(apart[2]), RosterBlock.objects.count()] == [4, 2]


def test_a_list_without_people_is_told_as_ever(binh_yen, read_apart):
    empty = make_import(unit=binh_yen)

    assert (empty.state, empty.failure[:27]) == (RosterImport.State.FAILED, "File có dòng tiêu đề nhưng ")


def test_an_import_cancelled_while_its_rows_are_made_stays_cancelled(binh_yen, read_apart, monkeypatch):
    uploaded = actions.upload_roster(content=make_roster(*PEOPLE), file_name="a.csv", unit=binh_yen, by=None)

    def cancelled(made, *, beat):
        actions.cancel_import(roster_import=uploaded, by=None)
        return ahead(made, beat=beat)

    ahead = portions.ahead
    monkeypatch.setattr(portions, "ahead", cancelled)

    assert actions.work_on_import(roster_import_id=uploaded.pk) is False

    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.rows.count()) == (RosterImport.State.CANCELLED, 0)


@pytest.mark.parametrize(("sex", "cells"), [("male", ()), (Member.Sex.MALE, ("Hà Văn Phong",))])
def test_rows_travel_whole_whatever_kind_of_text_they_hold(sex, cells):
    problem = Problem("sex", "sex_unlike_name", "warning", "Hãy xem lại.")
    question = UnitQuestion("tan lap", "Tân Lập", ("1", "2"), "Tân Lập", "")
    fields = {"full_name": "Hà Văn Phong", "sex": sex}
    row = ReadRow("Trang 1", 7, ("Hà Văn Phong",), fields, (problem,), question)

    came = portions._unpacked(portions._packed(portions.Portion(0, [row], [b"sealed"])))

    assert came == (0, [ReadRow("Trang 1", 7, cells, fields, (problem,), question)], [b"sealed"])
