"""Figures under the units of then, and rolled up to those of now."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from reports.queries import as_now, as_then, ranked_in
from tests.factories.members import make_member
from tests.factories.programs import make_activity, make_figure, make_indicator, make_squad
from tests.factories.reports import make_training_record
from tests.factories.restructuring import carry_out, make_plan, planned
from tests.factories.units import make_staff, make_unit
from units.actions import add_changes
from units.models import Cluster, ClusterUnit, RestructuringChange, Unit, UnitLineage

pytestmark = pytest.mark.django_db
MARCH = {"first": date(2025, 3, 1), "last": date(2025, 3, 31)}
MARCH_AFTER = {"first": date(2026, 3, 1), "last": date(2026, 3, 31)}
TODAY = date(2026, 4, 1)
Kind = RestructuringChange.Kind


@pytest.fixture
def changed():
    """A and B became N on 1/7/2025, C was divided into N and D. Each helped people before and after."""
    province = make_unit(name="Thái Nguyên", code="19")
    a, b, c, d = (make_unit(parent=province, name=name) for name in "ABCD")
    squads = {unit.name: make_squad(unit=unit) for unit in (a, b, c, d)}
    for place, squad in enumerate(squads.values(), start=1):
        make_activity(squad=squad, done_on=date(2025, 3, 9), helped=10 * place)
    plan = make_plan(unit=province)
    new = planned(province, "N", "05587")
    add_changes(plan=plan, kind=Kind.MERGE, sources=[a, b], opens=[new], by=plan.made_by)
    add_changes(plan=plan, kind=Kind.SPLIT, sources=[c], targets=[d], opens=[new], by=plan.made_by)
    carry_out(plan)
    squads["A"].refresh_from_db()
    make_activity(squad=squads["A"], done_on=date(2026, 3, 9), helped=100)
    return province


def told(table):
    return [(line.unit.name, line.value, line.before, line.note) for line in table.lines]


def test_figures_of_then_stand_under_the_units_of_then(changed):
    table = as_then(changed, make_indicator(), **MARCH, today=TODAY)

    assert told(table) == [
        ("D", 40, None, ""),
        ("C", 30, None, "đã chia tách thành Xã D, Xã N"),
        ("B", 20, None, "nay là Xã N"),
        ("A", 10, None, "nay là Xã N"),
    ]
    assert table.total == 100


def test_figures_of_now_roll_up_and_say_what_cannot_be_compared(changed):
    table = as_now(changed, make_indicator(), **MARCH_AFTER, today=TODAY)

    assert told(table) == [
        ("N", 100, None, "không so sánh được"),
        ("C", 0, 30, "đã chia tách thành Xã D, Xã N"),
        ("D", 0, None, "không so sánh được"),
    ]
    assert (table.total, table.total_before) == (100, 100)


def test_a_stated_share_divides_what_the_divided_unit_reached(changed):
    UnitLineage.objects.filter(from_unit__name="C", to_unit__name="N").update(share=60)
    UnitLineage.objects.filter(from_unit__name="C", to_unit__name="D").update(share=40)

    table = as_now(changed, make_indicator(), **MARCH_AFTER, today=TODAY)

    note = "có phần chia theo tỷ lệ trong quyết định"
    assert told(table) == [("N", 100, 10 + 20 + 18, note), ("D", 0, 40 + 12, note)]


def test_people_trained_in_two_merged_units_count_once_now(changed):
    member = make_member(unit=changed)
    for name in ("A", "B"):
        record = make_training_record(member=member, day=date(2025, 3, 9))
        type(record).objects.filter(pk=record.pk).update(
            unit=UnitLineage.objects.get(from_unit__name=name).from_unit
        )
    indicator = make_indicator(counter="trained_members")

    then = as_then(changed, indicator, **MARCH, today=TODAY)
    now = as_now(changed, indicator, **MARCH, today=TODAY)

    assert [(line.unit.name, line.value) for line in then.lines] == [("A", 1), ("B", 1)]
    assert [(line.unit.name, line.value) for line in now.lines] == [("N", 1)]
    assert (then.total, now.total) == (1, 1)


def test_a_last_number_of_a_merged_unit_gives_way_to_its_successors(changed):
    indicator = make_indicator(counter="", aggregation="last")
    old = UnitLineage.objects.get(from_unit__name="A")
    make_figure(indicator=indicator, unit=old.from_unit, day=date(2025, 6, 30), value=5)
    make_figure(indicator=indicator, unit=old.to_unit, day=date(2025, 12, 31), value=7)
    year = {"first": date(2025, 1, 1), "last": date(2025, 12, 31)}

    table = as_now(changed, indicator, **year, today=TODAY)

    assert [(line.unit.name, line.value) for line in table.lines] == [("N", 7)]
    assert table.total == 7


def test_squads_stand_where_they_stood(changed):
    indicator = make_indicator(counter="squads")

    then = as_then(changed, indicator, **MARCH, today=TODAY)
    now = as_now(changed, indicator, **MARCH_AFTER, today=TODAY)

    assert [(line.unit.name, line.value) for line in then.lines] == [("A", 1), ("B", 1), ("C", 1), ("D", 1)]
    assert [(line.unit.name, line.value) for line in now.lines] == [("N", 2), ("C", 1), ("D", 1)]


def opened(client, url):
    """What the page behind the number says: its total, and the sum of its rows."""
    page = client.get(url)
    assert page.status_code == 200, url
    return page.context["source"].total, sum(row.amount for row in page.context["rows"])


@pytest.mark.parametrize("counter", ["people_helped", "squad_turns", "squads", "trained_members", ""])
def test_every_number_opens_to_the_records_it_is_the_sum_of(client, changed, counter):
    indicator = make_indicator(counter=counter)
    for name in "AB":
        old = UnitLineage.objects.get(from_unit__name=name).from_unit
        if not counter:
            make_figure(indicator=indicator, unit=old, day=date(2025, 3, 9), value=5)
        record = make_training_record(member=make_member(unit=changed), day=date(2025, 3, 9))
        type(record).objects.filter(pk=record.pk).update(unit=old)
    client.force_login(make_staff(unit=changed, role="province_leader"))
    year = {"first": date(2025, 1, 1), "last": date(2025, 12, 31)}

    with time_machine.travel(datetime(2026, 4, 1, 5, tzinfo=UTC), tick=False):
        for days in (MARCH, year):
            then = as_then(changed, indicator, **days, today=TODAY).lines
            assert [opened(client, line.url) for line in then] == [(line.value, line.value) for line in then]
            assert then
        now = as_now(changed, indicator, **MARCH_AFTER, today=TODAY).lines
        assert [opened(client, line.url)[1] for line in now] == [line.value for line in now]
        told = [line for line in now if line.before is not None]
        assert [opened(client, line.before_url)[1] for line in told] == [line.before for line in told]


def test_a_number_that_holds_a_share_opens_nothing(changed):
    UnitLineage.objects.filter(from_unit__name="C", to_unit__name="N").update(share=60)
    UnitLineage.objects.filter(from_unit__name="C", to_unit__name="D").update(share=40)

    table = as_now(changed, make_indicator(), **MARCH_AFTER, today=TODAY)

    assert [(line.unit.name, line.url, line.before_url) for line in table.lines] == [
        ("N", "", ""),
        ("D", "", ""),
    ]


def test_records_of_then_are_listed_within_ones_own_branch_only(client, changed):
    line = as_then(changed, make_indicator(), **MARCH, today=TODAY).lines[0]
    client.force_login(make_staff(unit=make_unit(), role="province_leader"))

    assert client.get(line.url).status_code == 404
    client.force_login(make_staff(unit=changed, role="province_leader"))
    strange = make_unit()
    assert client.get(f"{line.url}&at={strange.code}").status_code == 404
    assert client.get(line.url.replace("people_helped", "events")).status_code == 404


@pytest.fixture
def cluster(changed):
    """A cluster of 2025: A, B, D and E; E has nothing, C is in another."""
    extra = make_unit(parent=changed, name="E")
    units = Unit.objects.filter(path__startswith=changed.path, name__in="ABD") | Unit.objects.filter(
        pk=extra.pk
    )
    cluster = Cluster.objects.create(unit=changed, year=2025, name="Cụm 1")
    ClusterUnit.objects.bulk_create(ClusterUnit(cluster=cluster, unit=unit) for unit in units)
    other = Cluster.objects.create(unit=changed, year=2025, name="Cụm 2")
    ClusterUnit.objects.create(cluster=other, unit=Unit.objects.get(name="C"))
    return cluster


def test_units_of_a_cluster_are_ranked_among_themselves(changed, cluster):
    make_activity(squad=Unit.objects.get(name="D").squads.get(), done_on=date(2025, 3, 10), helped=1)
    squad = make_squad(unit=Unit.objects.get(name="E"))
    make_activity(squad=squad, done_on=date(2025, 3, 9), helped=20)

    table = ranked_in(as_then(changed, make_indicator(), **MARCH, today=TODAY), cluster)

    told = [(line.rank, line.unit.name, line.value) for line in table.lines]
    assert told == [(1, "D", 41), (2, "B", 20), (2, "E", 20), (4, "A", 10)]
    assert table.total == 121


def test_a_standing_unit_without_a_number_is_last_and_an_ended_one_is_left_out(changed, cluster):
    table = ranked_in(as_now(changed, make_indicator(), **MARCH, today=TODAY), cluster)

    assert [(line.rank, line.unit.name, line.value) for line in table.lines] == [(1, "D", 40), (2, "E", 0)]


def test_the_page_ranks_in_a_cluster_of_ones_own_branch(client, changed, cluster):
    elsewhere = Cluster.objects.create(unit=make_unit(), year=2025, name="Cụm xa")
    client.force_login(make_staff(unit=changed, role="province_leader"))
    asked = {"chi-tieu": make_indicator().code, "tu": "01/03/2025", "den": "31/03/2025", "cach": "khi-do"}

    page = client.get(reverse("reports:over-time"), {**asked, "cum": cluster.pk})
    plain = client.get(reverse("reports:over-time"), asked)
    strange = client.get(reverse("reports:over-time"), {**asked, "cum": elsewhere.pk})

    assert [line.unit.name for line in page.context["table"].lines] == ["D", "B", "A", "E"]
    assert ("Hạng</th>" in page.text, "Hạng</th>" in plain.text) == (True, False)
    assert (strange.context["table"], "Cụm xa" in plain.text) == (None, False)


def test_the_page_shows_both_ways(client, changed):
    indicator = make_indicator()
    client.force_login(make_staff(unit=changed, role="province_leader"))
    asked = {"chi-tieu": indicator.code, "tu": "01/03/2025", "den": "31/03/2025"}

    then = client.get(reverse("reports:over-time"), {**asked, "cach": "khi-do"})
    now = client.get(reverse("reports:over-time"), {**asked, "cach": "hien-nay"})
    wrong = client.get(reverse("reports:over-time"), {**asked, "cach": "khi-do", "den": "01/02/2025"})

    assert "Nay là Xã N" in then.content.decode()
    assert "&amp;at=" in then.content.decode()
    assert "Cùng kỳ năm trước" in now.content.decode()
    assert "Ngày kết thúc phải từ ngày bắt đầu trở đi." in wrong.content.decode()
