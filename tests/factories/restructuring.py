"""Restructuring plans, and the province of before 1/7/2025 with the plan that made it today's."""

from datetime import date
from itertools import cycle

from core.bulk import insert_rows, new_keys
from members.models import Affiliation, Member
from members.models.member import new_member_codes
from tests.factories.units import make_unit, make_user
from units import actions
from units.actions.load_province import read_map
from units.models import PlannedUnit, RestructuringChange, RestructuringPlan, Unit

DAY = date(2025, 7, 1)
Kind = RestructuringChange.Kind


def make_plan(*, unit, by=None, effective_on=DAY, title="Sắp xếp đơn vị", decision_no="12-QĐ/TĐTN"):
    return actions.draft_plan(
        unit=unit, title=title, decision_no=decision_no, effective_on=effective_on, by=by or make_user()
    )


def planned(parent, name, code, kind=Unit.Kind.COMMUNE):
    return PlannedUnit(parent=parent, name=name, code=code, kind=kind)


def carry_out(plan, by=None):
    """Approve the plan and let a worker do it."""
    actions.approve_plan(plan=plan, by=by or make_user())
    RestructuringPlan.objects.filter(pk=plan.pk).update(state=RestructuringPlan.State.EXECUTING)
    actions.work_on_plan(plan_id=plan.pk)
    plan.refresh_from_db()
    return plan


def take_back(plan, by=None):
    """Ask for the plan to be taken back and let a worker do it."""
    actions.ask_reversal(plan=plan, by=by or make_user())
    actions.work_on_plan(plan_id=plan.pk)
    plan.refresh_from_db()
    return plan


def make_old_province(code="19"):
    """The province with its districts and communes as they stood on 30/6/2025."""
    facts = read_map()[code]
    province = make_unit(name=facts["name"], code=facts["code"], kind=facts["kind"])
    districts = [
        Unit(code=f"huyen-{row[0]}", kind=row[1], prefix=row[2], name=row[3]) for row in facts["districts"]
    ]
    Unit.objects.add_children(province, districts)
    for district, row in zip(districts, facts["districts"], strict=True):
        communes = [Unit(code=f"cu-{one[0]}", kind=one[1], name=one[2]) for one in row[-1]]
        Unit.objects.add_children(Unit.objects.get(pk=district.pk), communes)
    province.refresh_from_db()
    return province


def make_reorganisation(province, by=None):
    """The plan of 1/7/2025: every old commune into today's, divided ones into several, districts end."""
    facts = read_map()[province.code]
    plan = make_plan(
        unit=province, title="Sắp xếp xã, phường năm 2025", decision_no="1683/NQ-UBTVQH15", by=by
    )
    new = {row[0]: planned(province, row[2], row[0], row[1]) for row in facts["communes"]}
    for one in new.values():
        one.plan = plan
    PlannedUnit.objects.bulk_create(new.values())
    old = {unit.code: unit for unit in Unit.objects.filter(path__startswith=province.path)}
    lines = []
    for district in facts["districts"]:
        for code, *_, targets in district[-1]:
            kind = Kind.SPLIT if len(targets) > 1 else Kind.MERGE
            lines += [(kind, old[f"cu-{code}"], new[target]) for target in targets]
        lines.append((Kind.CLOSE, old[f"huyen-{district[0]}"], None))
    RestructuringChange.objects.bulk_create(
        RestructuringChange(plan=plan, kind=kind, source=source, planned=end) for kind, source, end in lines
    )
    return plan


def make_many_members(units, count, *, starts_on=date(2020, 3, 26)):
    """So many members, in turn in these units, each at home there."""
    keys = new_keys(Member, count)
    homes = [unit.pk for unit, _ in zip(cycle(units), range(count), strict=False)]
    now = "2025-01-01 00:00:00+00:00"
    alike = {
        field.column: "" for field in Member._meta.concrete_fields if field.get_internal_type() == "CharField"
    }
    alike |= {"email": "", "user_id": None, "born_on": None, "joined_on": None, "created_at": now}
    alike |= {"updated_at": now, "full_name": "Ma Văn Đại", "search_name": "ma van dai", "status": "active"}
    del alike["code"]
    rows = {"id": keys, "code": new_member_codes(count), "unit_id": homes}
    insert_rows(Member, rows, alike)
    home = {"kind": "home", "starts_on": starts_on, "ends_on": None}
    insert_rows(Affiliation, {"member_id": keys, "unit_id": homes}, home)
    return keys
