"""Two people press at the same moment; only PostgreSQL has the locks that decide."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from members import actions
from members.actions.branching import OPEN
from members.actions.correcting import reading_mark
from units.models import Unit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Do them together; what each was refused for, "" when it was not."""
    ready = Barrier(len(acts))

    def one(act):
        try:
            ready.wait(timeout=20)
            act()
        except actions.ImportRefused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def confirming(roster_import, by):
    [one] = roster_import.branches.all()
    return lambda: actions.confirm_branches(roster_import=roster_import, choices={one: OPEN}, by=by)


def test_lists_of_one_commune_open_a_branch_once(make_list, secretary):
    imports = [make_list(text) for text in ("Xóm 5", "CĐ xóm 05", "Chi đoàn xóm 5", "xóm 5")]

    refusals = at_once(*(confirming(roster_import, secretary) for roster_import in imports))

    assert refusals == [""] * 4
    assert Unit.objects.filter(kind=Unit.Kind.BRANCH).count() == 1


def test_of_two_who_confirm_one_list_the_second_is_refused(make_list, secretary):
    roster_import = make_list("Xóm 5")

    refusals = at_once(*[confirming(roster_import, secretary)] * 2)

    assert sorted(map(bool, refusals)) == [False, True]
    assert Unit.objects.filter(kind=Unit.Kind.BRANCH).count() == 1


def test_of_two_who_have_a_list_read_again_the_second_is_refused(make_list, secretary):
    roster_import = make_list("Xóm 5")
    mark = reading_mark(roster_import)

    def act():
        actions.read_again(roster_import=roster_import, sheets={}, mark=mark, by=secretary)

    refusals = at_once(act, act)

    assert sorted(map(bool, refusals)) == [False, True]


def test_of_two_who_choose_what_a_list_may_do_the_second_is_refused(make_list, secretary):
    roster_import = make_list("Xóm 5")

    def choosing(policy):
        return lambda: actions.change_policy(roster_import=roster_import, policy=policy, by=secretary)

    refusals = at_once(choosing("fill"), choosing("only_new"))

    assert sorted(map(bool, refusals)) == [False, True]
