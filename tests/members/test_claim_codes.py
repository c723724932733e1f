"""Codes that prove the right to a record: by e-mail, on paper, and how long they hold."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import AuditEntry
from members import actions
from members.models import ClaimCode
from notifications.models import Message
from tests.factories.claims import (
    BORN,
    NAME,
    WRONG,
    claim_with,
    mailed_code,
    make_owner,
    make_record,
    printed_code,
)
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user


@pytest.mark.django_db
def test_mailed_code_opens_the_record_with_that_address():
    user, member = make_owner(), make_record()
    actions.send_claim_code(by=user)

    claim = claim_with(mailed_code(user), user)

    member.refresh_from_db()
    assert member.user == user
    assert (claim.member, claim.user, claim.channel) == (member, user, ClaimCode.Channel.EMAIL)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "target_id", "unit_path")) == [
        ("claim_code.sent", str(user.pk), ""),
        ("record.claimed", str(member.pk), member.unit.path),
    ]


@pytest.mark.django_db
def test_code_is_kept_only_as_a_hash_and_the_mail_is_wiped_after_sending():
    user, member = make_owner(), make_record()

    actions.send_claim_code(by=user)

    code = ClaimCode.objects.get()
    message = Message.objects.get()
    assert (code.member, len(code.code_hash), code.channel) == (member, 64, "email")
    assert mailed_code(user).replace("-", "") not in str(vars(code))
    assert (message.address, message.is_secret, message.stale_at) == (user.email, True, code.expires_at)


@pytest.mark.django_db
def test_asking_writes_the_same_whether_or_not_a_record_exists():
    with_record, without = make_owner(), make_owner("khac@example.vn")
    make_record()

    asked = []
    for user in (with_record, without):
        with CaptureQueriesContext(connection) as queries:
            actions.send_claim_code(by=user)
        asked.append([query["sql"].split(" ")[0] for query in queries])

    assert asked[0] == asked[1]
    assert list(Message.objects.order_by("pk").values_list("user", "subject")) == [
        (with_record.pk, "Mã nhận hồ sơ đoàn viên"),
        (without.pk, "Chưa có hồ sơ đoàn viên dùng địa chỉ này"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("facts", [{"status": "ended"}, {"status": "grown"}, {"email": "huong2@example.vn"}])
def test_record_that_is_over_or_has_another_address_gets_no_code(facts):
    user = make_owner()
    make_record(**facts)

    actions.send_claim_code(by=user)

    assert list(ClaimCode.objects.values_list("member", flat=True)) == [None]


@pytest.mark.django_db
def test_claimed_record_gets_no_second_code():
    make_record(user=make_user())
    user = make_owner()

    actions.send_claim_code(by=user)

    assert list(ClaimCode.objects.values_list("member", flat=True)) == [None]


@pytest.mark.django_db
def test_unverified_address_gets_no_code():
    user = make_user(email="huong@example.vn")
    make_record()

    with pytest.raises(actions.ClaimCodeNotSent) as refusal:
        actions.send_claim_code(by=user)

    assert refusal.value.problems == ["Tài khoản chưa xác nhận địa chỉ email. Hãy mở thư xác nhận trước."]
    assert ClaimCode.objects.count() == 0


@pytest.mark.django_db
def test_fourth_code_within_an_hour_is_refused_and_the_next_hour_is_free():
    user = make_owner()
    with time_machine.travel("2026-11-20T01:00:00Z", tick=False) as clock:
        for _ in range(3):
            clock.shift(60)
            actions.send_claim_code(by=user)
        with pytest.raises(actions.ClaimCodeNotSent) as refusal:
            actions.send_claim_code(by=user)
        clock.shift(3600)
        actions.send_claim_code(by=user)

    assert refusal.value.problems == ["Đã xin mã 3 lần trong một giờ. Hãy thử lại sau một giờ."]


@pytest.mark.django_db
def test_newer_mailed_code_ends_the_older_one():
    user, _ = make_owner(), make_record()
    actions.send_claim_code(by=user)
    old = mailed_code(user)
    actions.send_claim_code(by=user)

    with pytest.raises(actions.ClaimRefused):
        claim_with(old, user)

    assert claim_with(mailed_code(user), user).user == user


@pytest.mark.django_db
def test_mailed_code_works_only_for_the_account_that_asked():
    user, thief = make_owner(), make_owner("ke-khac@example.vn")
    make_record()
    actions.send_claim_code(by=user)

    with pytest.raises(actions.ClaimRefused) as refusal:
        claim_with(mailed_code(user), thief)

    assert refusal.value.problems == [WRONG]


@pytest.mark.django_db
def test_shared_address_asks_for_what_tells_the_records_apart():
    user = make_owner()
    make_record(full_name="Nguyễn Văn An", born_on=date(2003, 1, 2))
    younger = make_record(full_name="Nguyễn Văn An", born_on=date(2005, 6, 7))
    actions.send_claim_code(by=user)
    code = mailed_code(user)

    with pytest.raises(actions.ClaimRefused) as refusal:
        claim_with(code, user, full_name="Nguyễn Văn An")
    claim = claim_with(code, user, full_name="Nguyễn Văn An", born_on=date(2005, 6, 7))

    assert refusal.value.problems == ["Mã này dùng chung cho nhiều hồ sơ. Hãy nhập cả họ tên và ngày sinh."]
    assert claim.member == younger
    assert set(ClaimCode.objects.values_list("failed_count", flat=True)) == {0}


@pytest.mark.django_db
def test_printed_code_opens_the_record_with_name_or_birth_date():
    first, second = make_record(email=""), make_record(email="")
    codes = printed_code(first), printed_code(second)

    by_name = claim_with(f" {codes[0][:4].lower()}-{codes[0][4:].lower()} ", make_user(), "nguyen thi huong")
    by_birth = claim_with(codes[1], make_user(), "", BORN)

    assert (by_name.member, by_birth.member) == (first, second)
    assert by_name.channel == ClaimCode.Channel.PRINTED
    assert Message.objects.count() == 0


@time_machine.travel("2026-11-20T01:00:00Z", tick=False)
@pytest.mark.django_db
def test_printing_gives_each_unclaimed_member_one_code_and_ends_the_earlier_one():
    unit = make_unit()
    zuan, an = make_member(unit=unit, full_name="Lê Xuân"), make_member(unit=unit, full_name="Lê An")
    taken = make_member(unit=unit, user=make_user())
    old = printed_code(an)
    secretary = make_staff(unit=unit)

    slips = actions.print_claim_codes(members=[zuan, an, taken], by=secretary)

    assert [slip.member for slip in slips] == [an, zuan]
    assert {slip.expires_at for slip in slips} == {timezone.now() + timedelta(days=60)}
    assert AuditEntry.objects.filter(verb="claim_code.printed", by=secretary).count() == 2
    with pytest.raises(actions.ClaimRefused):
        claim_with(old, make_user(), "Lê An")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("full_name", "born_on"),
    [("Nguyễn Thị Hương Lan", None), ("", date(2004, 3, 27)), (NAME, date(2004, 3, 27)), ("Khác", BORN)],
)
def test_right_code_with_somebody_elses_name_or_birth_date_is_refused(full_name, born_on):
    member = make_record()
    code = printed_code(member)
    user = make_user()

    with pytest.raises(actions.ClaimRefused) as refusal:
        claim_with(code, user, full_name, born_on)

    member.refresh_from_db()
    assert (refusal.value.problems, member.user) == ([WRONG], None)
    assert ClaimCode.objects.get().failed_count == 1
    assert AuditEntry.objects.filter(verb="claim.refused", by=user).count() == 1


@pytest.mark.django_db
def test_birth_date_is_compared_as_far_as_the_record_knows_it():
    member = make_record(born_on=date(2004, 1, 1), born_precision="year")

    claim = claim_with(printed_code(member), make_user(), "", BORN)

    assert claim.member == member


@pytest.mark.django_db
def test_sixth_try_with_one_code_is_refused_even_when_right():
    member = make_record()
    code = printed_code(member)
    for _ in range(5):
        with pytest.raises(actions.ClaimRefused):
            claim_with(code, make_user(), "Người Khác")

    with pytest.raises(actions.ClaimRefused) as refusal:
        claim_with(code, make_user())

    assert refusal.value.problems == [WRONG]


@pytest.mark.django_db
def test_account_that_guesses_ten_times_must_wait_an_hour():
    member, user = make_record(), make_user()
    code = printed_code(member)
    with time_machine.travel("2026-11-25T01:00:00Z", tick=False) as clock:
        for _ in range(10):
            with pytest.raises(actions.ClaimRefused):
                claim_with("22222222", user)
        with pytest.raises(actions.ClaimRefused) as refusal:
            claim_with(code, user)
        clock.shift(3601)
        claim = claim_with(code, user)

    assert refusal.value.problems == ["Đã nhập sai quá nhiều lần. Hãy thử lại sau một giờ."]
    assert claim.member == member


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "works"), [(59, True), (60, False)])
def test_printed_code_ends_after_sixty_days(days, works):
    user, problems = make_user(), []
    with time_machine.travel("2026-09-01T01:00:00Z", tick=False) as clock:
        code = printed_code(make_record())
        clock.shift(timedelta(days=days))
        try:
            claim_with(code, user)
        except actions.ClaimRefused as refusal:
            problems = refusal.problems

    assert problems == ([] if works else [WRONG])


@pytest.mark.django_db
def test_mailed_code_ends_after_thirty_minutes():
    user, _ = make_owner(), make_record()
    with time_machine.travel("2026-11-20T01:00:00Z", tick=False) as clock:
        actions.send_claim_code(by=user)
        clock.shift(30 * 60)
        with pytest.raises(actions.ClaimRefused) as refusal:
            claim_with(mailed_code(user), user)

    assert refusal.value.problems == [WRONG]
