"""A plan is carried out while members are on their way from one unit to another."""

import pytest
from django.utils import timezone

from members.actions import accept_transfer
from members.models import Transfer
from notifications.models import Message
from tests.factories.members import make_member
from tests.factories.restructuring import carry_out, make_plan, planned, take_back
from tests.factories.transfers import make_transfer
from tests.factories.units import make_unit, make_user
from units import actions
from units.models import RestructuringChange, Unit
from units.queries.plan_preview import preview_of
from units.queries.planning import PlanMap

pytestmark = pytest.mark.django_db
Kind, State = RestructuringChange.Kind, Transfer.State


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên", code="19")


@pytest.fixture
def communes(province):
    return [make_unit(parent=province, name=name) for name in ("A", "B", "C", "D")]


def add(plan, kind, *sources, targets=(), opens=()):
    actions.add_changes(plan=plan, kind=kind, sources=sources, targets=targets, opens=opens, by=plan.made_by)
    return plan


def merge(province, *sources):
    plan = make_plan(unit=province)
    return add(plan, Kind.MERGE, *sources, opens=[planned(province, "Bình Yên", "05587")])


def on_the_way(left, right, **facts):
    return make_transfer(member=make_member(unit=left, email="lan@example.vn"), to_unit=right, **facts)


def sides(transfer):
    transfer.refresh_from_db()
    return transfer.state, transfer.from_unit, transfer.to_unit


def heir():
    return Unit.objects.get(code="05587")


def test_the_preview_counts_open_transfers_from_and_to_the_units(province, communes):
    a, b, c, d = communes
    on_the_way(a, c)
    on_the_way(c, b, lets_go=True)
    on_the_way(c, d)
    Transfer.objects.filter(pk=on_the_way(a, d).pk).update(state=State.REFUSED, ended_at=timezone.now())

    preview = preview_of(PlanMap.of(merge(province, a, b)))

    told = {line.change.source.name: dict(line.told) for group in preview.groups for line in group.lines}
    assert [told[name]["Chuyển sinh hoạt đang chờ"] for name in ("A", "B")] == [1, 1]
    assert [(title, count) for title, count, _ in preview.fates if title.startswith("Chuyển")] == [
        ("Chuyển sinh hoạt đang chờ", 2)
    ]
    assert preview.blockers == []


def test_open_transfers_follow_the_lineage_and_go_on(province, communes):
    a, b, c, _ = communes
    leaving, coming = on_the_way(a, c, lets_go=True), on_the_way(c, b)
    old = on_the_way(a, c)
    Transfer.objects.filter(pk=old.pk).update(state=State.REFUSED, ended_at=timezone.now())

    plan = carry_out(merge(province, a, b))

    assert sides(leaving) == (State.RELEASED, heir(), c)
    assert sides(coming) == (State.ASKED, c, heir())
    assert sides(old) == (State.REFUSED, a, c)

    take_back(plan)

    assert plan.problems == []
    assert sides(leaving) == (State.RELEASED, a, c)
    assert sides(coming) == (State.ASKED, c, b)


def test_a_transfer_that_followed_is_accepted(province, communes):
    a, b, c, _ = communes
    leaving = on_the_way(a, c, lets_go=True)
    carry_out(merge(province, a, b))

    accept_transfer(transfer=leaving, by=make_user())

    leaving.member.refresh_from_db()
    assert leaving.member.unit == c


def test_a_transfer_between_units_that_become_one_is_over_and_the_member_told(province, communes):
    a, b, c, _ = communes
    within, into = on_the_way(a, b), on_the_way(a, c)
    plan = make_plan(unit=province)
    add(plan, Kind.MERGE, a, b, targets=[c])

    carry_out(plan)

    assert [sides(one) for one in (within, into)] == [(State.CANCELLED, a, b), (State.CANCELLED, a, c)]
    assert within.answer == "Hai đơn vị đã thành một theo 12-QĐ/TĐTN nên không cần chuyển."
    assert (within.ended_at, within.ended_by) == (plan.executed_at, plan.approved_by)
    keys = set(Message.objects.filter(key__endswith=":cancelled").values_list("key", flat=True))
    assert keys == {f"transfer:{one.pk}:cancelled" for one in (within, into)}

    take_back(plan)

    assert (sides(within), within.answer, within.ended_at) == ((State.ASKED, a, b), "", None)


def test_of_a_divided_unit_only_those_already_let_go_stay_on_their_way(province, communes):
    a, b, c, d = communes
    released, asked, coming = on_the_way(a, d, lets_go=True), on_the_way(a, d), on_the_way(d, a, lets_go=True)
    plan = make_plan(unit=province)
    add(plan, Kind.SPLIT, a, targets=[b, c])

    carry_out(plan)
    accept_transfer(transfer=released, by=make_user())

    assert [sides(one)[0] for one in (released, asked, coming)] == [
        State.ACCEPTED,
        State.CANCELLED,
        State.CANCELLED,
    ]
    assert coming.answer == "Đơn vị chia tách hoặc kết thúc theo 12-QĐ/TĐTN. Hãy lập đề nghị mới."


def test_a_transfer_into_a_unit_that_ends_does_not_stop_the_plan(province, communes):
    a, b, *_ = communes
    coming = on_the_way(a, b)
    plan = add(make_plan(unit=province), Kind.CLOSE, b)

    carry_out(plan)

    assert plan.problems == []
    assert sides(coming) == (State.CANCELLED, a, b)
