"""Two people press "Gộp hai hồ sơ" for one pair at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest.mock import patch

import pytest
from django.db import close_old_connections, connections

from members import actions
from members.actions import MergeRefused, PairDecided, merging
from members.models import DuplicatePair, Member, MemberMerge
from tests.factories.duplicates import make_pair
from tests.factories.members import make_member
from tests.factories.units import make_unit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def press_together(pairs):
    """Merge each pair (kept, other) over a connection of its own, all at once; what was said to each."""
    start = Barrier(len(pairs), timeout=30)

    def press(pair):
        close_old_connections()
        try:
            start.wait()
            actions.merge_members(keep=pair[0], other=pair[1], chosen_fields=[], by=None)
            return "merged"
        except MergeRefused as refusal:
            return str(refusal)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(max_workers=len(pairs)) as pool:
        return sorted(pool.map(press, pairs))


def two_records():
    unit = make_unit()
    first, second = make_member(unit=unit), make_member(unit=unit)
    make_pair(first, second)
    return first, second


def test_one_merges_and_the_other_is_told():
    first, second = two_records()

    said = press_together([(first, second), (first, second)])

    assert said[1] == "merged"
    assert said[0].startswith(f"Hồ sơ {second.code} đã được gộp lúc ")
    assert (Member.objects.count(), MemberMerge.objects.count()) == (1, 1)


def test_each_keeping_another_record_still_leaves_one():
    first, second = two_records()

    said = press_together([(first, second), (second, first)])

    assert said[1] == "merged"
    assert "đã được gộp lúc" in said[0]
    assert (Member.objects.count(), MemberMerge.objects.count()) == (1, 1)


def test_merging_and_saying_two_people_at_once_never_both_hold():
    first, second = two_records()
    pair = DuplicatePair.objects.get()

    def say():
        close_old_connections()
        try:
            actions.say_different(pair=pair, by=None)
            return "said"
        except PairDecided:
            return "refused"
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        saying = pool.submit(say)
        [merged] = press_together([(first, second)])
        said = saying.result(timeout=30)

    pair.refresh_from_db()
    assert (merged == "merged", said, pair.state) in [
        (True, "refused", "merged"),
        (False, "said", "different"),
    ]
    assert Member.objects.count() == (1 if merged == "merged" else 2)


def test_a_scan_and_a_merge_do_not_wait_for_each_other_for_ever():
    first, second = two_records()
    scan = actions.ask_duplicate_scan(by=None)

    def search():
        close_old_connections()
        try:
            actions.work_on_duplicate_scan(scan_id=scan.pk)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        searching = pool.submit(search)
        said = press_together([(first, second)])
        searching.result(timeout=30)

    assert said == ["merged"]


def test_merging_waits_for_the_chunk_of_an_import():
    first, second = two_records()
    waited = []

    with patch.object(merging, "take_turn", lambda: waited.append("turn")):
        actions.merge_members(keep=first, other=second, chosen_fields=[], by=None)

    assert waited == ["turn"]
