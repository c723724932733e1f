"""A parent or guardian agrees for a member under 16; on the birthday that ends by itself."""

from datetime import date

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from members import actions
from members.models import Consent, Guardian, Member
from members.queries.publicity import may_be_named
from members.rules.minors import is_minor
from notifications.models import Message
from tests.factories.claims import claim_with, make_owner, printed_code
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user

pytestmark = pytest.mark.django_db

BIRTHDAY = date(2027, 9, 2)
Purpose = Consent.Purpose


@pytest.fixture
def child():
    """Born on 2/9/2011: 15 years old until the birthday in 2027."""
    with time_machine.travel("2027-05-01T05:00:00Z", tick=False):
        yield make_member(full_name="Ma Thị Lan", born_on=date(2011, 9, 2), born_precision="day")


def sign_paper(child, *purposes):
    return actions.name_guardian(
        member=child,
        full_name="Ma Thị Sáu",
        relation="mother",
        paper_place="văn phòng Đoàn xã",
        purposes=purposes,
        by=make_user(),
    )


def claim(child):
    return claim_with(printed_code(child), make_owner(email="lan@example.vn"), full_name="Ma Thị Lan")


def test_a_child_takes_the_record_once_the_parent_agreed(child):
    with pytest.raises(actions.ClaimRefused, match="dưới 16 tuổi cần cha mẹ"):
        claim(child)
    sign_paper(child, Purpose.ACTIVITIES)

    taken = claim_with(printed_code(child), make_owner(email="lan2@example.vn"), full_name="Ma Thị Lan")

    assert taken.member == child


def test_an_agreement_to_something_else_or_taken_back_opens_no_record(child):
    guardian = sign_paper(child, Purpose.PUBLICITY)
    with pytest.raises(actions.ClaimRefused):
        claim(child)
    guardian = sign_paper(child, Purpose.ACTIVITIES)
    actions.end_guardian(guardian=guardian, by=make_user())

    with pytest.raises(actions.ClaimRefused):
        claim_with(printed_code(child), make_owner(email="lan3@example.vn"), full_name="Ma Thị Lan")
    assert not Consent.objects.in_force().exists()


@pytest.mark.parametrize(
    ("own", "parents", "named"),
    [(False, False, False), (True, False, False), (False, True, False), (True, True, True)],
)
def test_nothing_about_a_child_is_public_without_both_agreements(child, own, parents, named):
    if parents:
        sign_paper(child, Purpose.PUBLICITY)
    if own:
        actions.give_consents(member=child, purposes=[Purpose.PUBLICITY], channel="giấy", by=None)

    assert may_be_named([child], on=timezone.localdate()) == ({child.pk} if named else set())


def test_the_flag_goes_by_itself_on_the_birthday(client, child):
    actions.give_consents(member=child, purposes=[Purpose.PUBLICITY], channel="giấy", by=None)
    staff, address = make_staff(unit=child.unit), reverse("admin:members_member_change", args=[child.pk])
    with time_machine.travel("2027-09-01T05:00:00Z", tick=False):
        client.force_login(staff)
        before = client.get(address).content.decode()
        named_before = may_be_named([child], on=timezone.localdate())
    with time_machine.travel("2027-09-02T05:00:00Z", tick=False):
        client.force_login(staff)
        after = client.get(address).content.decode()
        named_after = may_be_named([child], on=timezone.localdate())

    assert ("Dưới 16 tuổi" in before, "Ghi người đại diện" in before) == (True, True)
    assert ("Dưới 16 tuổi" in after, "Ghi người đại diện" in after) == (False, False)
    assert (named_before, named_after) == (set(), {child.pk})
    assert [is_minor(child, on=date(2027, 9, day)) for day in (1, 2)] == [True, False]


def test_from_the_birthday_the_parent_decides_no_more(child):
    parent = make_user(email="sau@example.vn")
    guardian = actions.name_guardian(
        member=child, full_name="Ma Thị Sáu", relation="mother", user=parent, by=make_user()
    )
    with time_machine.travel("2027-09-02T05:00:00Z", tick=False):
        with pytest.raises(actions.GuardianRefused, match="đã đủ 16 tuổi"):
            actions.agree_for_ward(guardian=guardian, purpose=Purpose.ACTIVITIES, by=parent)
        with pytest.raises(actions.GuardianRefused, match="đã đủ 16 tuổi"):
            sign_paper(child, Purpose.ACTIVITIES)


def test_a_year_alone_counts_as_the_younger_age():
    child = make_member(born_on=date(2011, 1, 1), born_precision="year")

    assert [is_minor(child, on=day) for day in (date(2027, 12, 30), date(2027, 12, 31))] == [True, False]


def test_a_parent_with_an_account_decides_on_their_own_page(client, child):
    parent = make_user(email="sau@example.vn")
    guardian = actions.name_guardian(
        member=child, full_name="Ma Thị Sáu", relation="mother", user=parent, by=make_user()
    )
    given_at_first = guardian.consents.count()
    client.force_login(parent)
    page = client.get(reverse("members:wards")).content.decode()
    client.post(reverse("members:ward-agree", args=[guardian.pk]), {"purpose": "activities"})
    client.post(reverse("members:ward-agree", args=[guardian.pk]), {"purpose": "activities"})
    given = list(guardian.consents.in_force().values_list("purpose", "channel"))
    client.post(reverse("members:ward-withdraw", args=[guardian.pk]), {"purpose": "activities"})

    assert given_at_first == 0
    assert "Ma Thị Lan" in page
    assert given == [("activities", "tài khoản của người đại diện")]
    assert not guardian.consents.in_force().exists()
    assert Message.objects.get(address="sau@example.vn").subject.startswith("Anh/Chị được ghi")


def test_nobody_else_decides_for_a_child(client, child):
    guardian = actions.name_guardian(
        member=child, full_name="Ma Thị Sáu", relation="mother", user=make_user(), by=make_user()
    )
    client.force_login(make_user())

    answer = client.post(reverse("members:ward-agree", args=[guardian.pk]), {"purpose": "activities"})

    assert answer.status_code == 404
    assert Consent.objects.count() == 0


def test_staff_note_a_signed_paper_and_each_reading_of_it_is_noted(client, child, settings, tmp_path):
    client.force_login(make_staff(unit=child.unit))
    form = {"full_name": "Ma Thị Sáu", "relation": "mother", "purposes": ["activities", "publicity"]}
    paper = ContentFile(b"%PDF-1.7 da ky", name="anh.pdf")

    client.post(
        reverse("admin:members_member_name_guardian", args=[child.pk]), form | {"paper": paper}, follow=True
    )
    guardian = Guardian.objects.get(member=child)
    stored = guardian.paper.storage.path(guardian.paper.name)
    taken = client.get(reverse("admin:members_guardian_paper", args=[guardian.pk]))

    assert sorted(guardian.consents.values_list("purpose", flat=True)) == ["activities", "publicity"]
    assert b"".join(taken.streaming_content) == b"%PDF-1.7 da ky"
    with open(stored, "rb") as kept:
        assert b"da ky" not in kept.read()
    assert AuditEntry.objects.filter(verb="guardian.paper_seen").count() == 1


def test_without_account_and_paper_or_with_a_wrong_file_nothing_is_noted(client, child):
    client.force_login(make_staff(unit=child.unit))
    address = reverse("admin:members_member_name_guardian", args=[child.pk])
    form = {"full_name": "Ma Thị Sáu", "relation": "mother", "purposes": ["activities"]}

    bare = client.post(address, form).content.decode()
    wrong = client.post(address, form | {"paper": ContentFile(b"MZ...", name="a.pdf")}).content.decode()
    unticked = client.post(
        address, {"full_name": "S", "relation": "mother", "paper_place": "tủ"}
    ).content.decode()

    assert "cũng chưa có giấy đồng ý đã ký" in bare
    assert "Chỉ nhận bản PDF, ảnh JPG hoặc PNG." in wrong
    assert "Chưa chọn điều mà người đại diện đồng ý" in unticked
    assert not Guardian.objects.exists()


def test_papers_of_other_branches_do_not_exist(client, child):
    guardian = sign_paper(child, Purpose.ACTIVITIES)
    client.force_login(make_staff(unit=make_unit()))

    assert client.get(reverse("admin:members_guardian_paper", args=[guardian.pk])).status_code == 404
    assert Member.objects.get(pk=child.pk).guardians.count() == 1
