"""Two records of one person become one with their requests and guardians, and two again."""

import pytest

from members import actions
from members.models import DataRequest, Guardian
from tests.factories.data_rights import make_guardian, make_request
from tests.factories.duplicates import make_merge
from tests.factories.members import make_member
from tests.factories.units import make_unit, make_user

pytestmark = pytest.mark.django_db


def test_of_two_open_requests_the_one_due_first_stays_and_both_come_back():
    commune = make_unit()
    keep, other = make_member(unit=commune), make_member(unit=commune)
    late, early = make_request(member=keep), make_request(member=other, kind="correct")
    DataRequest.objects.filter(pk=early.pk).update(due_on="2020-01-01")
    alone = make_request(member=other, kind="delete")

    merge = make_merge(keep=keep, other=other)
    merged = dict(DataRequest.objects.filter(member=keep).values_list("pk", "state"))
    actions.undo_merge(merge=merge, by=make_user())

    assert merged == {late.pk: "cancelled", early.pk: "waiting", alone.pk: "waiting"}
    assert dict(DataRequest.objects.values_list("pk", "member")) == {
        late.pk: keep.pk,
        early.pk: other.pk,
        alone.pk: other.pk,
    }
    assert set(DataRequest.objects.values_list("state", flat=True)) == {"waiting"}


def test_the_guardian_of_the_kept_record_stays():
    commune = make_unit()
    keep, other = make_member(unit=commune), make_member(unit=commune)
    own, theirs = make_guardian(member=keep), make_guardian(member=other)

    make_merge(keep=keep, other=other)

    assert list(Guardian.objects.standing()) == [own]
    assert set(keep.guardians.all()) == {own, theirs}


def test_an_erased_record_is_merged_with_none():
    commune = make_unit()
    erased = actions.erase_member(member=make_member(unit=commune), by=make_user())

    with pytest.raises(actions.MergeRefused, match="đã xóa dữ liệu"):
        make_merge(keep=make_member(unit=commune), other=erased)
