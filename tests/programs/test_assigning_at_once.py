"""Two people press at the same moment; only PostgreSQL has the locks that decide."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from programs import actions
from tests.factories.programs import make_squad
from tests.factories.restructuring import carry_out, make_plan
from tests.factories.units import make_unit, make_user
from units.actions import add_changes
from units.models import RestructuringChange

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_of_two_who_assign_one_squad_to_two_units_the_second_is_refused():
    province = make_unit(name="Thái Nguyên", code="19")
    commune, *homes = (make_unit(parent=province, name=name) for name in ("A", "B", "C"))
    squad, by, plan = make_squad(unit=commune), make_user(), make_plan(unit=province)
    kind = RestructuringChange.Kind.SPLIT
    add_changes(plan=plan, kind=kind, sources=[commune], targets=homes, by=by)
    carry_out(plan)
    before, ready = plan.steps.count(), Barrier(2)

    def press(unit):
        try:
            ready.wait(timeout=20)
            return actions.assign_group(group=squad, unit=unit, by=by)
        except actions.AssignmentRefused:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(press, homes))

    squad.refresh_from_db()
    assert sorted(map(str, said)) == ["True", "refused"]
    assert squad.unit == homes[said.index(True)]
    assert (squad.places.count(), plan.steps.count() - before) == (1, 2)
