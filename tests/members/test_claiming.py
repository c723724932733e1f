from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import AuditEntry
from members import actions
from members.models import Claim, ClaimCode, Consent, Member
from notifications.models import Message
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user

NAME = "Nguyễn Thị Hường"
BORN = date(2004, 3, 26)
WRONG = "Mã và thông tin đã nhập không khớp với hồ sơ nào, hoặc mã đã hết hạn. Hãy xem lại từng chữ."


def make_owner(email="huong@example.vn"):
    """An account whose address is verified."""
    user = make_user(email=email, full_name=NAME)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_record(email="huong@example.vn", **facts):
    facts = {"full_name": NAME, "born_on": BORN, "born_precision": "day"} | facts
    return make_member(email=email, **facts)


def mailed_code(user):
    body = Message.objects.filter(user=user).order_by("-pk").first().body
    return body.split("Mã nhận hồ sơ: ")[1].split("\n")[0]


def printed_code(member):
    [slip] = actions.print_claim_codes(members=[member], by=make_user())
    return slip.code


def claim_with(code, user, full_name=NAME, born_on=None, **more):
    return actions.claim_record(code=code, full_name=full_name, born_on=born_on, by=user, **more)


# --- A code by e-mail ----------------------------------------------------------------------------


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


# --- A printed code ------------------------------------------------------------------------------


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


# --- Taking the record ---------------------------------------------------------------------------


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
