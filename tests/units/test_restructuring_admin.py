"""The pages on which plans are drafted and decided."""

import pytest
from django.urls import reverse

from tests.factories.members import make_member
from tests.factories.restructuring import carry_out, make_plan
from tests.factories.units import make_staff, make_unit
from units import actions
from units.models import RestructuringChange, RestructuringPlan, Unit
from units.roles import Role

pytestmark = pytest.mark.django_db
BASE = "admin:units_restructuringplan"


@pytest.fixture
def ours():
    return make_unit(name="Thái Nguyên", code="19")


@pytest.fixture
def desk(client, ours):
    client.force_login(make_staff(unit=ours, role=Role.PROVINCE_ADMIN))
    return client


def page(name, plan):
    return reverse(f"{BASE}_{name}", args=[plan.pk])


def test_a_plan_is_drafted_filled_and_approved_at_the_desk(desk, ours):
    one, two = make_unit(parent=ours, name="A"), make_unit(parent=ours, name="B")
    make_member(unit=one)
    facts = {"title": "Sáp nhập A, B", "decision_no": "1-QĐ/TĐTN", "effective_on": "1/7/2025"}
    desk.post(reverse(f"{BASE}_add"), {"unit": ours.pk, **facts})
    plan = RestructuringPlan.objects.get()
    new = {"new_name": "Bình Yên", "new_kind": "commune", "new_code": "05587"}
    desk.post(page("merge", plan), {"sources": [one.pk, two.pk], **new})

    shown = desk.get(page("change", plan)).content.decode()
    desk.post(page("approve", plan))

    plan.refresh_from_db()
    assert "Đoàn viên: 1 chuyển sang đơn vị mới" in shown
    assert plan.state == RestructuringPlan.State.APPROVED
    assert [change.end.name for change in plan.changes.all()] == ["Bình Yên", "Bình Yên"]


@pytest.mark.parametrize(
    ("step", "said", "kinds"),
    [
        ("split", {"new_units": "n1; Xã; Bình Yên\nn2; Phường; Gia Sàng"}, ["split", "split"]),
        ("rename", {"new_name": "Mới", "new_kind": "ward", "new_code": "n1"}, ["upgrade"]),
        ("rename", {"new_name": "Mới", "new_kind": "commune", "new_code": "n1"}, ["rename"]),
    ],
)
def test_forms_add_lines_of_their_kind(desk, ours, step, said, kinds):
    plan = make_plan(unit=ours)
    commune = make_unit(parent=ours)

    desk.post(page(step, plan), {"source": commune.pk, **said})

    assert list(plan.changes.order_by("pk").values_list("kind", flat=True)) == kinds


def test_moving_and_closing_take_several_units(desk, ours):
    plan = make_plan(unit=ours)
    one, two, three = (make_unit(parent=ours) for _ in range(3))

    desk.post(page("move", plan), {"sources": [one.pk], "target": two.pk})
    desk.post(page("close", plan), {"sources": [three.pk]})

    lines = plan.changes.order_by("pk").values_list("kind", "source", "target")
    assert list(lines) == [("move", one.pk, two.pk), ("close", three.pk, None)]


def test_a_merge_needs_exactly_one_end(desk, ours):
    plan = make_plan(unit=ours)
    one, two = make_unit(parent=ours), make_unit(parent=ours)

    response = desk.post(page("merge", plan), {"sources": [one.pk], "target": two.pk, "new_name": "X"})

    assert response.context["form"].non_field_errors() == [
        "Chọn một trong ba: đơn vị đang có, đơn vị sẽ lập, hoặc tên đơn vị mới."
    ]
    assert not plan.changes.exists()


def test_lines_are_removed_and_facts_mended_while_it_is_a_draft(desk, ours):
    plan = make_plan(unit=ours)
    kind = RestructuringChange.Kind.CLOSE
    [line] = actions.add_changes(plan=plan, kind=kind, sources=[make_unit(parent=ours)], by=plan.made_by)

    desk.post(page("remove", plan), {"change": line.pk})
    desk.post(page("edit_facts", plan), {"title": "Khác", "decision_no": "2-QĐ", "effective_on": "1/8/2025"})

    plan.refresh_from_db()
    assert (plan.changes.count(), plan.title, str(plan.effective_on)) == (0, "Khác", "2025-08-01")


def test_an_executed_plan_tells_what_it_did_and_can_be_taken_back(desk, ours):
    one, two = make_unit(parent=ours), make_unit(parent=ours)
    make_member(unit=one)
    plan = make_plan(unit=ours)
    kind = RestructuringChange.Kind.MERGE
    actions.add_changes(plan=plan, kind=kind, sources=[one], targets=[two], by=plan.made_by)
    carry_out(plan)

    shown = desk.get(page("change", plan)).content.decode()
    desk.post(page("reverse", plan))

    plan.refresh_from_db()
    assert "1 đoàn viên đã chuyển hoặc sửa" in shown
    assert plan.state == RestructuringPlan.State.REVERSING


def test_plans_elsewhere_do_not_exist(desk):
    foreign = make_plan(unit=make_unit(name="Cao Bằng"))

    answers = [
        desk.get(page("change", foreign)),
        *(desk.post(page(n, foreign)) for n in ("approve", "cancel")),
    ]

    foreign.refresh_from_db()
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert foreign.state == RestructuringPlan.State.DRAFT


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SECRETARY])
def test_only_those_who_run_units_plan(client, ours, role):
    client.force_login(make_staff(unit=ours, role=role))

    assert client.get(reverse(f"{BASE}_changelist")).status_code == 403


def test_closed_units_are_found_by_their_old_names_and_say_what_they_became(desk, ours):
    old = make_unit(parent=ours, name="Trung Lương")
    new = make_unit(parent=ours, name="Bình Yên")
    plan = make_plan(unit=ours)
    kind = RestructuringChange.Kind.MERGE
    actions.add_changes(plan=plan, kind=kind, sources=[old], targets=[new], by=plan.made_by)
    carry_out(plan)

    shown = desk.get(reverse("admin:units_unit_changelist"), {"q": "trung luong"}).content.decode()

    assert "Đã sáp nhập vào Xã Bình Yên, đến 30/06/2025" in shown
    assert list(Unit.objects.filter(search_name="trung luong")) == [old]
