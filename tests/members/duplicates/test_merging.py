"""Merging two records: when it is refused, what it leaves in words, and whom the old code finds."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.crypto import decrypt_json
from core.models import AuditEntry
from members import actions
from members.actions import MergeRefused, PairDecided
from members.models import Consent, DuplicatePair, Member, MemberMerge
from members.queries.member_list import search_members
from tests.factories.duplicates import make_merge, make_pair
from tests.factories.members import make_member
from tests.factories.units import make_unit, make_user
from units.rules import verb_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return make_unit(parent=make_unit(), name="Bình Yên")


@pytest.fixture
def two(commune):
    return make_member(unit=commune, full_name="Ma Văn Đại"), make_member(
        unit=commune, full_name="Ma Van Dai"
    )


def problems_of(**facts):
    with pytest.raises(MergeRefused) as refusal:
        make_merge(**facts)
    return refusal.value.problems


def test_two_people_merging_one_pair_the_second_is_told_who_was_first(two):
    keep, other = two
    officer = make_user(full_name="Hoàng Thị Bích")
    make_merge(keep=keep, other=other, by=officer)

    [problem] = problems_of(keep=keep, other=other)

    assert problem.startswith(f"Hồ sơ {other.code} đã được gộp lúc ")
    assert problem.endswith("người gộp: Hoàng Thị Bích.")
    assert MemberMerge.objects.count() == 1


def test_two_accounts_are_not_merged(two):
    keep, other = two
    for member in two:
        member.user = make_user()
        member.save()

    [problem] = problems_of(keep=keep, other=other)

    assert problem.startswith("Cả hai hồ sơ đều đã có tài khoản nhận.")
    assert Member.objects.count() == 2


def test_two_records_said_to_be_two_people_are_not_merged_by_a_page_left_open(two):
    officer = make_user(full_name="Hoàng Thị Bích")
    actions.say_different(pair=make_pair(*two), by=officer)

    [problem] = problems_of(keep=two[0], other=two[1])

    assert problem.startswith("Hoàng Thị Bích đã xác nhận đây là hai người khác nhau, chưa gộp gì.")
    assert Member.objects.count() == 2


def test_a_record_is_not_merged_with_itself(two):
    assert problems_of(keep=two[0], other=two[0]) == ["Đây là một hồ sơ, không có gì để gộp."]


def test_facts_that_cannot_stand_together_are_refused(two):
    keep, other = two
    Member.objects.filter(pk=keep.pk).update(joined_on=date(2004, 1, 1), joined_precision="day")
    Member.objects.filter(pk=other.pk).update(born_on=date(2005, 9, 2), born_precision="day")

    [problem] = problems_of(keep=keep, other=other, chosen_fields=["born"])

    assert problem == "Ngày vào Đoàn 01/01/2004 không sau ngày sinh 02/09/2005."


def test_what_somebody_changed_meanwhile_is_looked_at_again(two):
    keep, other = two
    seen = {member.pk: member.updated_at for member in two}
    Member.objects.filter(pk=other.pk).update(updated_at=timezone.now() + timedelta(seconds=1))

    with pytest.raises(MergeRefused, match="vừa được sửa, chưa gộp gì"):
        actions.merge_members(keep=keep, other=other, chosen_fields=[], by=None, as_seen=seen)


def test_merge_and_undo_are_noted_with_who_and_why(two):
    keep, other = two
    officer = make_user()

    merge = make_merge(keep=keep, other=other, chosen_fields=["full_name"], by=officer)
    actions.undo_merge(merge=merge, by=officer)

    entries = AuditEntry.objects.order_by("pk")
    assert [(entry.verb, entry.by, entry.target_id) for entry in entries] == [
        ("member.merged", officer, str(keep.pk)),
        ("member.parted", officer, str(keep.pk)),
    ]
    assert [verb_words(entry) for entry in entries] == ["Gộp hai hồ sơ đoàn viên", "Tách lại hồ sơ đã gộp"]
    versions = [Member.history.filter(id=member.pk).order_by("history_id")[1:] for member in two]
    told = [
        [(line.history_type, line.history_change_reason, line.history_user) for line in lines]
        for lines in versions
    ]
    assert told == [
        [("~", f"gộp với hồ sơ {other.code}", officer), ("~", f"tách lại hồ sơ {other.code}", officer)],
        [("-", f"gộp vào hồ sơ {keep.code}", officer), ("+", f"tách lại hồ sơ {other.code}", officer)],
    ]


def test_the_record_that_went_lies_encrypted(two):
    keep, other = two

    merge = make_merge(keep=keep, other=other)

    assert b"Ma Van Dai" not in bytes(merge.sealed)
    record = next(step for step in decrypt_json(merge.sealed)["steps"] if step["pk"] == other.pk)
    assert record["before"]["full_name"] == "Ma Van Dai"


def test_an_old_code_finds_the_kept_record_until_they_are_parted(two):
    keep, other = two
    merge = make_merge(keep=keep, other=other)

    found = list(search_members(Member.objects.all(), other.code)), Member.objects.with_code(other.code).get()
    actions.undo_merge(merge=merge, by=None)

    assert found == ([keep], keep)
    assert list(search_members(Member.objects.all(), other.code)) == [other]
    assert Member.objects.with_code(other.code).get() == other


def test_a_number_that_another_record_took_since_blocks_the_way_back(two):
    keep, other = two
    Member.objects.filter(pk=other.pk).update(citizen_id_hash="abc", citizen_id_last4="1234")
    merge = make_merge(keep=keep, other=other)
    make_member(citizen_id_hash="abc")

    with pytest.raises(MergeRefused, match="Số căn cước của hồ sơ đã gộp nay đã có ở hồ sơ khác"):
        actions.undo_merge(merge=merge, by=None)


def test_a_merge_is_undone_once(two):
    merge = make_merge(keep=two[0], other=two[1])
    actions.undo_merge(merge=merge, by=None)

    with pytest.raises(MergeRefused, match="Lần gộp này đã được tách lại lúc"):
        actions.undo_merge(merge=merge, by=None)


def test_the_later_word_about_a_consent_holds(two):
    keep, other = two
    now = timezone.now()
    facts = {"purpose": "publicity", "text_version": "1", "channel": "giấy"}
    Consent.objects.create(member=keep, given_at=now - timedelta(days=9), **facts)
    ended = now - timedelta(days=1)
    Consent.objects.create(member=other, given_at=now - timedelta(days=5), withdrawn_at=ended, **facts)

    make_merge(keep=keep, other=other)

    assert set(keep.consents.values_list("withdrawn_at", flat=True)) == {ended}


def test_who_is_different_from_one_is_different_from_the_other(two):
    keep, other = two
    third = make_member(unit=keep.unit)
    make_pair(other, third, state="different")
    make_pair(keep, other)

    make_merge(keep=keep, other=other)

    ends = DuplicatePair.objects.order_by("pk").values_list("first_member", "second_member", "state")
    assert list(ends) == [(keep.pk, third.pk, "different"), (keep.pk, None, "merged")]


def test_a_pair_is_decided_once_and_can_be_looked_at_again(two):
    pair = make_pair(*two)
    officer = make_user(full_name="Hoàng Thị Bích")
    actions.say_different(pair=pair, by=officer)

    with pytest.raises(PairDecided, match=r"Hai người khác nhau \(Hoàng Thị Bích\)"):
        actions.say_different(pair=pair, by=officer)
    actions.reopen_pair(pair=pair, by=officer)

    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == ("open", None)
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["duplicates.said_different", "duplicates.reopened"]
