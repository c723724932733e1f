"""The reorganisation of 1/7/2025 as one plan: 280 communes of two provinces become 92."""

from datetime import date

import pytest
from django.apps import apps
from django.db.models.fields.reverse_related import ForeignObjectRel

from members.models import Affiliation, Member
from tests.factories.members import make_member
from tests.factories.restructuring import (
    carry_out,
    make_many_members,
    make_old_province,
    make_reorganisation,
    take_back,
)
from tests.factories.units import make_staff
from units.models import RestructuringPlan, RoleAssignment, Unit, UnitLineage
from units.queries.plan_preview import preview_of
from units.queries.planning import PlanMap

pytestmark = pytest.mark.django_db
MEMBERS = 20_000
CLOCKS = {"updated_at"}


def tables_of_units():
    """Every table that points at a unit or a member, but for histories and the plan's own."""
    own = {"restructuringplan", "plannedunit", "restructuringchange", "restructuringstep"}
    found = {
        relation.related_model
        for model in (Unit, Member)
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel)
    } | {Unit, Member}
    return sorted(
        (
            model
            for model in found
            if not model._meta.model_name.startswith("historical") and model._meta.model_name not in own
        ),
        key=lambda model: model._meta.label,
    )


def picture():
    """Everything these tables say, but for the clocks."""
    return {
        model._meta.label: list(
            model._base_manager.order_by("pk").values_list(
                *[field.attname for field in model._meta.concrete_fields if field.name not in CLOCKS]
            )
        )
        for model in tables_of_units()
    }


def test_the_picture_holds_what_a_plan_moves():
    seen = {model._meta.label for model in tables_of_units()}

    assert {
        "units.Unit",
        "members.Member",
        "members.Affiliation",
        "programs.Squad",
        "units.UnitPlace",
    } <= seen
    assert len(seen) > 25
    assert apps.get_model("members.Affiliation") is Affiliation


def test_280_communes_become_92_and_again_280():
    province = make_old_province()
    old = list(Unit.objects.filter(depth=3).order_by("path"))
    make_many_members(old, MEMBERS)
    plan = make_reorganisation(province)
    before = picture()
    preview = preview_of(PlanMap.of(plan))
    divided = sorted(unit.name for unit in old if plan.changes.filter(source=unit).count() > 1)

    carry_out(plan)

    assert (len(old), preview.blockers, preview.ending_count, preview.opening_count) == (280, [], 297, 92)
    assert (plan.state, plan.problems) == (RestructuringPlan.State.EXECUTED, [])
    assert Unit.objects.communes().count() == 92
    assert divided == ["Cam Giá", "Gia Sàng", "Thượng Đình"]
    waiting = Member.objects.filter(unit__valid_to__isnull=False)
    assert set(waiting.values_list("unit__name", flat=True)) == set(divided)
    assert Member.objects.filter(unit__in=Unit.objects.communes()).count() == MEMBERS - waiting.count()
    closed = Unit.objects.filter(code__startswith="cu-")
    assert set(closed.values_list("valid_to", flat=True)) == {date(2025, 6, 30)}
    assert UnitLineage.objects.count() == plan.changes.exclude(kind="close").count()

    take_back(plan)

    assert (plan.state, plan.problems) == (RestructuringPlan.State.REVERSED, [])
    assert picture() == before
    assert Unit.objects.find_problems() == ([], [], [], [], [])


def test_members_branches_and_secretaries_go_where_their_commune_went():
    province = make_old_province()
    commune = Unit.objects.get(code="cu-05587")
    branch = Unit.objects.add_child(commune, instance=_branch("Chi đoàn xóm 1"))
    direct, in_branch = make_member(unit=commune), make_member(unit=branch)
    Affiliation.objects.create(member=direct, unit=commune, kind="home", starts_on=date(2024, 1, 1))
    lodger, until = make_member(), date(2025, 8, 31)
    Affiliation.objects.create(
        member=lodger, unit=commune, kind="temporary", starts_on=date(2025, 6, 1), ends_on=until
    )
    secretary = make_staff(unit=commune)
    plan = make_reorganisation(province)

    carry_out(plan)

    heir = UnitLineage.objects.get(from_unit=commune).to_unit
    direct.refresh_from_db()
    in_branch.refresh_from_db()
    branch.refresh_from_db()
    assert (direct.unit, in_branch.unit) == (heir, branch)
    assert Unit.objects.get_parent(branch) == heir
    stays = direct.affiliations.order_by("starts_on").values_list("unit", "starts_on", "ends_on")
    assert list(stays) == [
        (commune.pk, date(2024, 1, 1), date(2025, 6, 30)),
        (heir.pk, date(2025, 7, 1), None),
    ]
    lodging = lodger.affiliations.order_by("starts_on").values_list("unit", "starts_on", "ends_on")
    assert list(lodging) == [
        (commune.pk, date(2025, 6, 1), date(2025, 6, 30)),
        (heir.pk, date(2025, 7, 1), until),
    ]
    roles = RoleAssignment.objects.filter(user=secretary).order_by("starts_on")
    assert list(roles.values_list("unit", "ends_on")) == [(commune.pk, date(2025, 6, 30)), (heir.pk, None)]
    assert direct.history.latest().history_change_reason == "sắp xếp đơn vị theo 1683/NQ-UBTVQH15"


def _branch(name):
    unit = Unit(code=f"cd-{name}", kind=Unit.Kind.BRANCH, name=name)
    unit.set_name_keys()
    return unit
