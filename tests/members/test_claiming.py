"""An account takes its record: once, by nobody else, and with what comes of it."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from core.models import AuditEntry
from members import actions
from members.models import Claim, ClaimCode, Consent, Member
from notifications.models import Message
from tests.factories.claims import (
    WRONG,
    claim_with,
    mailed_code,
    make_owner,
    make_record,
    printed_code,
)
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_user


@pytest.mark.django_db
def test_double_click_is_one_claim():
    member, user = make_record(), make_user()
    code = printed_code(member)
    first = claim_with(code, user)

    with pytest.raises(actions.ClaimRefused):
        claim_with(code, user)

    assert list(Claim.objects.all()) == [first]


@pytest.mark.django_db
def test_second_code_of_ones_own_record_gives_the_same_claim():
    make_record()
    user = make_owner()
    actions.send_claim_code(by=user)
    mailed = mailed_code(user)
    first = claim_with(mailed, user)
    ClaimCode.objects.update(used_at=None, expires_at=timezone.now() + timedelta(hours=1))

    again = claim_with(mailed, user)

    assert again == first
    assert Claim.objects.count() == 1


@pytest.mark.django_db
def test_record_taken_by_somebody_else_stays_theirs():
    member = make_record()
    code = printed_code(member)
    member.user = make_user()
    member.save()

    with pytest.raises(actions.ClaimRefused) as refusal:
        claim_with(code, make_user())

    assert refusal.value.problems == [
        "Hồ sơ này đã có tài khoản nhận. Nếu đó không phải đồng chí, hãy báo cho đơn vị."
    ]


@pytest.mark.django_db
def test_account_takes_one_record_only():
    user = make_user()
    make_member(user=user)

    with pytest.raises(actions.ClaimRefused) as refusal:
        claim_with(printed_code(make_record()), user)

    assert refusal.value.problems == ["Tài khoản này đã nhận một hồ sơ khác."]


@time_machine.travel("2026-11-20T01:00:00Z", tick=False)
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born_on", "precision", "free"),
    [
        (date(2010, 11, 20), "day", True),
        (date(2010, 11, 21), "day", False),
        (date(2010, 1, 1), "year", False),
        (date(2009, 1, 1), "year", True),
        (date(2010, 11, 1), "month", False),
        (date(2010, 10, 1), "month", True),
    ],
)
def test_record_of_a_child_is_not_claimed_without_the_guardian(born_on, precision, free):
    member = make_record(born_on=born_on, born_precision=precision)
    problems = []

    try:
        claim_with(printed_code(member), make_user())
    except actions.ClaimRefused as refusal:
        problems = refusal.problems

    expected = ["Người dưới 16 tuổi cần cha mẹ hoặc người giám hộ đồng ý. Hãy liên hệ đơn vị."]
    assert problems == ([] if free else expected)


@time_machine.travel("2026-11-20T01:00:00Z", tick=False)
@pytest.mark.django_db
def test_known_address_is_told_that_the_record_was_claimed():
    user, member = make_user(email="moi@example.vn"), make_record(email="cu@example.vn")

    claim = claim_with(printed_code(member), user)

    message = Message.objects.get(key=f"record-claimed:{claim.pk}")
    assert (message.address, message.subject) == ("cu@example.vn", "Hồ sơ của đồng chí vừa được nhận")
    assert "vào 08:00 20/11/2026." in message.body


@pytest.mark.django_db
def test_ticked_purposes_become_consents_and_no_others():
    member, user = make_record(), make_user()

    claim_with(printed_code(member), user, purposes=["activities", "messages"])

    given = member.consents.order_by("purpose").values_list("purpose", "text_version", "channel", "given_by")
    assert list(given) == [
        ("activities", Consent.TEXT_VERSION, "khi nhận hồ sơ", user.pk),
        ("messages", Consent.TEXT_VERSION, "khi nhận hồ sơ", user.pk),
    ]


@pytest.mark.django_db
def test_other_codes_of_a_claimed_record_end():
    member, user = make_record(), make_owner()
    actions.send_claim_code(by=user)
    code = printed_code(member)

    claim_with(code, user)

    assert ClaimCode.objects.live_at(timezone.now()).count() == 0


@pytest.mark.django_db
def test_released_record_can_be_claimed_again():
    member, wrong, right = make_record(), make_user(), make_user()
    first = claim_with(printed_code(member), wrong)
    secretary = make_staff(unit=member.unit)

    actions.release_record(member=member, by=secretary)
    second = claim_with(printed_code(member), right)

    first.refresh_from_db()
    member.refresh_from_db()
    assert first.released_at is not None
    assert (member.user, second.user) == (right, right)
    assert AuditEntry.objects.filter(verb="record.released", by=secretary).count() == 1


@pytest.mark.django_db
def test_record_nobody_holds_cannot_be_released():
    with pytest.raises(actions.RecordNotClaimed) as refusal:
        actions.release_record(member=make_record(), by=make_user())

    assert str(refusal.value) == "Hồ sơ này chưa có tài khoản nào nhận."


def _claim_at_once(code, users):
    """Every user tries the code at the same moment, each in a thread; tells who was refused and why."""
    barrier, refusals = Barrier(len(users)), []

    def claim(user):
        barrier.wait()
        try:
            claim_with(code, user)
        except actions.ClaimRefused as refusal:
            refusals.append(refusal.problems)
        finally:
            connection.close()

    threads = [Thread(target=claim, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_with_one_slip_at_once_one_wins():
    member, users = make_record(), [make_user() for _ in range(8)]

    refusals = _claim_at_once(printed_code(member), users)

    member.refresh_from_db()
    assert len(refusals) == 7
    assert [claim.user for claim in Claim.objects.all()] == [member.user]
    assert Member.objects.filter(user__in=users).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_guesses_of_one_account_take_turns():
    member, user = make_record(), make_user()
    code = printed_code(member)

    refusals = _claim_at_once("22222222", [user] * 14)

    with pytest.raises(actions.ClaimRefused):
        claim_with(code, user)
    assert sorted(refusals) == sorted(
        [[WRONG]] * 10 + [["Đã nhập sai quá nhiều lần. Hãy thử lại sau một giờ."]] * 4
    )
