from tests.factories.units import make_staff, make_unit
from units.queries import scope_for
from units.roles import Can, Role


def test_scope_reaches_the_whole_branch_and_nothing_beside_it(db):
    province = make_unit()
    ours, sister = make_unit(parent=province), make_unit(parent=province)
    below = make_unit(parent=ours)
    secretary = make_staff(unit=ours, role=Role.SECRETARY)

    scope = scope_for(secretary, Can.SEE_MEMBERS)

    assert [scope.covers(unit) for unit in (province, ours, below, sister)] == [False, True, True, False]
