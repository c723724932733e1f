from tests.factories.units import make_staff, make_unit
from units.queries import scope_for
from units.roles import Can, Role
from units.scope import Scope


def test_scope_reaches_the_whole_branch_and_nothing_beside_it(db):
    province = make_unit()
    ours, sister = make_unit(parent=province), make_unit(parent=province)
    below = make_unit(parent=ours)
    secretary = make_staff(unit=ours, role=Role.SECRETARY)

    scope = scope_for(secretary, Can.SEE_MEMBERS)

    assert [scope.covers(unit) for unit in (province, ours, below, sister)] == [False, True, True, False]


def test_two_scopes_share_the_branches_that_lie_in_both():
    wide, narrow, beside = Scope.of(["0001"]), Scope.of(["00010002", "00010003"]), Scope.of(["0002"])

    assert wide.shared_with(narrow) == narrow.shared_with(wide) == narrow
    assert narrow.shared_with(Scope.of(["00010003", "0002"])) == Scope.of(["00010003"])
    assert wide.shared_with(beside) == wide.shared_with(Scope()) == Scope()
