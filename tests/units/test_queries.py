from datetime import date

import pytest

from tests.factories.units import make_unit
from units.models import Unit, UnitLineage
from units.queries import describe_scope, search_units, successors_of
from units.scope import Scope

pytestmark = pytest.mark.django_db

LAST_DAY = date(2025, 6, 30)


def hand_on(old, *heirs):
    kind = "split" if len(heirs) > 1 else "merge"
    for heir in heirs:
        UnitLineage.objects.create(from_unit=old, to_unit=heir, kind=kind, effective_on=date(2025, 7, 1))


def test_search_finds_both_spellings_and_puts_the_accented_one_first():
    province = make_unit(name="Thái Nguyên")
    lang, lăng = make_unit(parent=province, name="Văn Lang"), make_unit(parent=province, name="Văn Lăng")
    scope = Scope.of([province.path])

    plain, accented = search_units("van lang", scope), search_units("Xã Văn Lăng", scope)

    assert plain == [lang, lăng]
    assert accented == [lăng, lang]


def test_search_lists_closed_units_last_and_nothing_foreign():
    province, other = make_unit(), make_unit()
    old = make_unit(parent=province, name="Bình Yên", valid_to=LAST_DAY)
    new = make_unit(parent=province, name="Bình Yên")
    make_unit(parent=other, name="Bình Yên")

    found = search_units("binh yen", Scope.of([province.path]))

    assert found == [new, old]


def test_search_finds_codes():
    province = make_unit()
    commune = make_unit(parent=province, code="05587")

    found = search_units("05587", Scope.of([province.path]))

    assert found == [commune]


def test_successors_follow_every_line_through_several_changes():
    province = make_unit()
    first, second = (make_unit(parent=province, name=name, valid_to=LAST_DAY) for name in ("Một", "Hai"))
    left, right = make_unit(parent=province, name="Bên trái"), make_unit(parent=province, name="Bên phải")
    hand_on(first, second)
    hand_on(second, left, right)

    found = successors_of(first)

    assert found == [right, left]


def test_a_unit_that_stands_is_its_own_successor():
    province = make_unit()
    old, new = make_unit(parent=province, valid_to=LAST_DAY), make_unit(parent=province)
    hand_on(old, new)

    assert successors_of(new) == [new]
    assert successors_of(old, on=date(2025, 6, 1)) == [old]
    assert successors_of(old, on=date(2025, 7, 1)) == [new]


def test_scope_is_described_by_its_tops_and_what_lies_below():
    province = make_unit(name="Thái Nguyên")
    commune = make_unit(parent=province, name="Bình Yên")
    make_unit(parent=province, name="Quy Kỳ", valid_to=LAST_DAY)
    branch = make_unit(parent=commune, kind=Unit.Kind.BRANCH, name="Chi đoàn xóm 3")

    assert describe_scope(Scope.of([commune.path])) == "Phạm vi: Đoàn xã Bình Yên và 1 chi đoàn trực thuộc"
    assert describe_scope(Scope.of([branch.path])) == "Phạm vi: Chi đoàn xóm 3"
    assert describe_scope(Scope()) == ""
