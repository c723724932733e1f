"""The branches of a file on its preview."""

import pytest
from django import forms
from django.db import connection
from django.test.html import parse_html
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.admin import roster_desk
from members.forms.branches import Choice, Tick
from members.models import RosterImport
from members.queries.branches_told import branches_told
from tests.factories.units import make_unit
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    imports = []
    monkeypatch.setattr(roster_desk, "ring", lambda task, **facts: imports.append(facts["roster_import_id"]))
    return imports


def address(name, roster_import):
    return reverse(f"admin:members_rosterimport_{name}", args=[roster_import.pk])


def offered(roster_import):
    told = branches_told(roster_import)
    return [(one.named.text, one.standing, one.new_name) for one in told.waiting]


def test_a_branch_that_stands_is_offered_and_a_missing_one_named(make_list, branch):
    roster_import = make_list("Xóm 01", "Xóm 9")

    assert offered(roster_import) == [
        ("Xóm 01", branch, "Chi đoàn xóm 01"),
        ("Xóm 9", None, "Chi đoàn xóm 9"),
    ]


def test_what_was_chosen_for_the_same_words_is_offered_again(make_list, confirm, branch):
    confirm(make_list("Xóm Một"), {"Xóm Một": branch})

    assert offered(make_list("Xóm Một")) == [("Xóm Một", branch, "Chi đoàn xóm Một")]


def test_the_page_lists_each_branch_with_a_tick_and_a_choice(client, make_list, branch):
    roster_import = make_list("Xóm 9", "Xóm 9")
    [one] = roster_import.branches.all()

    page = client.get(address("change", roster_import)).text

    assert f'name="b{one.pk}"' in page
    assert "Lập mới “Chi đoàn xóm 9”" in page
    assert f'<option value="{branch.pk}">Chi đoàn xóm 1</option>' in page


def test_ticked_branches_are_confirmed_and_the_others_left(client, make_list, rung):
    roster_import = make_list("Xóm 5", "Xóm 9")
    five, nine = roster_import.branches.order_by("text")

    client.post(
        address("confirm_branches", roster_import),
        {f"b{five.pk}": "on", f"c{five.pk}": "open", f"c{nine.pk}": "open"},
    )

    roster_import.refresh_from_db()
    assert [unit.name for unit in Unit.objects.filter(kind=Unit.Kind.BRANCH)] == ["Chi đoàn xóm 5"]
    assert (roster_import.state, rung) == (RosterImport.State.SETTLING, [roster_import.pk])
    assert "đang chờ đến lượt xếp vào chi đoàn" in client.get(address("change", roster_import)).text


def test_a_choice_nobody_offered_is_refused(client, make_list, province):
    foreign = make_unit(parent=make_unit(parent=province), name="Chi đoàn xa", kind=Unit.Kind.BRANCH)
    roster_import = make_list("Xóm 5")
    [one] = roster_import.branches.all()

    response = client.post(
        address("confirm_branches", roster_import),
        {f"b{one.pk}": "on", f"c{one.pk}": foreign.pk},
        follow=True,
    )

    assert "Lựa chọn này không còn dùng được" in response.text


def test_a_branch_of_another_list_is_none_of_this_one(client, make_list):
    ours, other = make_list("Xóm 5"), make_list("Xóm 9")
    [one] = other.branches.all()

    client.post(address("confirm_branches", ours), {f"b{one.pk}": "on", f"c{one.pk}": "open"})

    assert not Unit.objects.filter(kind=Unit.Kind.BRANCH).exists()


def test_undoing_says_that_branches_stay(client, make_list, confirm, secretary):
    roster_import = make_list("Xóm 5")
    confirm(roster_import, {"Xóm 5": "open"})
    RosterImport.objects.filter(pk=roster_import.pk).update(state=RosterImport.State.APPLIED)

    page = client.get(address("undo", roster_import)).text

    assert "Chi đoàn đã lập từ danh sách này vẫn còn" in page


def test_more_branches_cost_no_more_queries(client, make_list):
    one, three = make_list("Xóm 5"), make_list("Xóm 5", "Xóm 9", "Xóm 11")
    client.get(address("change", one))

    counts = []
    for roster_import in (one, three):
        with CaptureQueriesContext(connection) as queries:
            client.get(address("change", roster_import))
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("value", [True, False, None, "b", 'x"<'])
@pytest.mark.parametrize(("quick", "usual"), [(Tick, forms.CheckboxInput), (Choice, forms.Select)])
def test_ticks_and_choices_are_written_as_django_writes_them(quick, usual, value):
    said = {"attrs": {"class": "a", "aria-label": 'Xác nhận "Xóm" <b>'}}
    if usual is forms.Select:
        said["choices"] = [("a", "Xóm & Bản"), ("b", "<i>"), ('x"<', "Khác")]

    written = [widget(**said).render("b1", value, {"id": "id_b1"}) for widget in (quick, usual)]

    assert parse_html(written[0]) == parse_html(written[1])
