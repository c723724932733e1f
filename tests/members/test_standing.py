"""What others changed since the rows were matched is seen between the moments of the import's own writing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.actions.standing import SLACK, Changed
from members.models import Member
from tests.factories.imports import make_import
from tests.factories.members import make_member

SECOND = timedelta(seconds=1)


@pytest.fixture
def roster_import(binh_yen):
    return make_import({"name": "Hà Văn Phong"}, unit=binh_yen)


def changed_at(moment):
    """A member whom somebody changed at that moment."""
    member = make_member()
    Member.objects.filter(pk=member.pk).update(updated_at=moment)
    return member.pk


def test_only_what_others_changed_is_seen_whenever_it_was(roster_import):
    now = timezone.now() + timedelta(minutes=1)
    own = [now + step * SECOND for step in range(3)]
    stretches = [now - SECOND / 2, *(moment + SECOND / 2 for moment in own)]
    changed = Changed(roster_import)
    for moment in own:
        changed.look(moment)
    mine = [changed_at(moment) for moment in own]
    others = [changed_at(moment) for moment in stretches]
    tick = timedelta(microseconds=1)
    others += [changed_at(own[1] - tick), changed_at(own[1] + tick)]
    before = changed_at(now - SLACK - timedelta(minutes=5))

    changed.look(own[-1] + SECOND)

    assert [changed.touches(pk) for pk in others] == [True] * 6
    assert [changed.touches(pk) for pk in [*mine, before]] == [False] * 4


def test_a_change_before_the_first_look_is_seen_from_the_matching_on(roster_import):
    since, before = changed_at(timezone.now()), changed_at(roster_import.matched_from - SECOND)
    changed = Changed(roster_import)

    changed.look(timezone.now())

    assert (changed.touches(since), changed.touches(before)) == (True, False)
