"""One person with two records: everything of both ends up with one, and can be parted again."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from events.actions import issue_certificates, mark_present
from events.models import Attendance, Certificate, Registration, SeatQuota, TrainingRecord
from members import actions
from members.actions import MergeRefused
from members.actions.joining import member_columns, name_of, rows_of
from members.models import (
    Affiliation,
    Ceremony,
    Claim,
    ClaimCode,
    Consent,
    Growing,
    LongerStay,
    Member,
    MemberMerge,
    MemberSkill,
    Position,
    Provenance,
    RosterImport,
    RosterRow,
    Skill,
)
from notifications.models import Message
from programs.models import ClubMember, SquadMember
from tests.factories.attendance import make_ticket
from tests.factories.certificates import make_past_event
from tests.factories.data_rights import make_guardian, make_request
from tests.factories.duplicates import dump, make_at_home, make_merge, make_pair
from tests.factories.events import make_event, make_quota, make_registration, make_session
from tests.factories.imports import make_applied
from tests.factories.members import make_member, make_skill
from tests.factories.programs import make_club, make_club_member, make_squad, make_squad_member
from tests.factories.transfers import make_transfer
from tests.factories.units import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def officer():
    return make_user()


def give_everything(member, *, shared, unit):
    """A row in every table that hangs on a member, and a second one in what both members share."""
    now = timezone.now()
    event, past, squad, club = shared
    make_ticket(event=event, member=member)
    make_registration(event=make_event(), member=member)
    for session in past.sessions.all():
        mark_present(session=session, registration=make_or_get(past, member), by=make_user())
    make_squad_member(squad=squad, member=member)
    make_club_member(club=club, member=member)
    make_squad_member(squad=make_squad(unit=unit), member=member, ends_on=date(2026, 1, 1))
    Position.objects.create(member=member, title="Bí thư", unit=unit)
    Consent.objects.create(member=member, purpose="messages", text_version="1", channel="giấy", given_at=now)
    make_guardian(member=member)
    make_request(member=member)
    make_transfer(member=member)
    MemberSkill.objects.create(member=member, skill=shared_skill())
    ceremony = Ceremony.objects.create(
        unit=unit, held_on=now.date(), recorded_at=now, recorded_by=make_user()
    )
    Growing.objects.create(ceremony=ceremony, member=member)
    LongerStay.objects.create(member=member, agreed_at=now, agreed_by=make_user())
    ClaimCode.objects.create(
        member=member,
        channel="printed",
        code_hash="x",
        requested_by=make_user(),
        created_at=now,
        expires_at=now,
    )
    make_pair(member, make_member(unit=unit), state="different")
    make_pair(member, make_member(unit=unit))


def shared_skill():
    """The skill that both members have."""
    return Skill.objects.filter(name="Quay phim").first() or make_skill(name="Quay phim")


def give_history(member, *, by):
    """What only the record that goes has: an account, an import it came from, a record merged into it."""
    now = timezone.now()
    Claim.objects.create(member=member, user=by, channel="printed", claimed_at=now)
    roster_import = RosterImport.objects.create(file_name="a.csv", sha256="0", byte_count=1, unit=member.unit)
    row = RosterRow.objects.create(
        roster_import=roster_import, place=0, row_number=2, outcome="new", member=member
    )
    Provenance.objects.create(member=member, roster_import=roster_import, row=row, fields=["email"], at=now)
    make_merge(keep=member, other=make_member(unit=member.unit))


def make_or_get(event, member):
    return event.registrations.filter(member=member).first() or make_registration(event=event, member=member)


@pytest.fixture
def two(commune, province):
    """Two records of one person, each with something in every table."""
    shared = (
        make_event(),
        make_past_event(),
        make_squad(unit=commune),
        make_club(unit=commune),
    )
    other_unit = make_unit(parent=province, name="Kha Sơn")
    keep = make_at_home(
        unit=commune, starts_on=date(2024, 1, 1), full_name="Ma Văn Đại", phone="+84912345678"
    )
    other = make_at_home(
        unit=other_unit,
        starts_on=date(2023, 1, 1),
        full_name="Ma Van Dai",
        email="dai@example.vn",
        user=make_user(),
        citizen_id_hash="abc",
        citizen_id_last4="1234",
        born_on=date(2005, 9, 2),
        born_precision="day",
    )
    for member in (keep, other):
        give_everything(member, shared=shared, unit=commune)
    issue_certificates(event=shared[1], by=make_user())
    make_pair(keep, other)
    make_pair(other, make_member(unit=commune))
    give_history(other, by=other.user)
    return keep, other


def test_merge_and_undo_leave_every_table_as_it_was(two, officer):
    keep, other = two
    before = dump()

    merge = make_merge(
        keep=keep, other=other, chosen_fields=["email", "born", "citizen_id", "home"], by=officer
    )
    between = dump()
    actions.undo_merge(merge=merge, by=officer)

    assert between != before
    after = dump()
    assert {name for name in before if before[name] != after[name]} == set()


def test_merge_leaves_nothing_behind(two):
    keep, other = two
    counts = {
        "registrations": 4, "attendances": 1, "training_records": 1, "positions": 2, "consents": 1,
        "club_memberships": 1, "squad_memberships": 3, "claim_codes": 2, "affiliations": 2,
    }  # fmt: skip

    make_merge(keep=keep, other=other, chosen_fields=["email", "born", "citizen_id"])

    keep.refresh_from_db()
    assert not Member.objects.filter(pk=other.pk).exists()
    assert {name: getattr(keep, name).count() for name in counts} == counts
    assert (keep.full_name, keep.email, keep.phone) == ("Ma Văn Đại", "dai@example.vn", "+84912345678")
    assert (str(keep.born), keep.citizen_id_last4, keep.user_id) == ("02/09/2005", "1234", other.user_id)


def test_two_certificates_of_one_event_leave_one_in_force(two):
    keep, other = two

    make_merge(keep=keep, other=other)

    papers = Certificate.objects.filter(record__member=keep).order_by("state")
    assert [paper.state for paper in papers] == ["superseded", "valid"]


def test_stronger_registration_stays_with_its_ticket_and_scans(commune):
    keep, other = make_member(unit=commune), make_member(unit=commune)
    event = make_event()
    waiting = make_registration(event=event, member=keep, state=Registration.State.WAITING)
    ticket = make_ticket(event=event, member=other)

    make_merge(keep=keep, other=other)

    [left] = event.registrations.all()
    assert (left.pk, left.member, left.ticket) == (ticket.registration_id, keep, ticket)
    assert left.pk != waiting.pk


def test_attendance_of_both_counts_together(commune):
    keep, other = make_member(unit=commune), make_member(unit=commune)
    event = make_past_event()
    second = make_session(event=event, title="Buổi chiều")
    first = event.sessions.exclude(pk=second.pk).get()
    for member, session in ((keep, first), (other, second)):
        registration = make_registration(event=event, member=member)
        mark_present(session=session, registration=registration, by=make_user())

    make_merge(keep=keep, other=other)

    [record] = TrainingRecord.objects.filter(event=event)
    assert (record.member, record.attended_count, record.result) == (keep, 2, "completed")
    assert Attendance.objects.filter(session__event=event, member=keep).count() == 2


def test_reminders_of_the_dropped_registration_go_and_come_back(commune):
    keep, other = make_member(unit=commune), make_member(unit=commune)
    event = make_event()
    make_registration(event=event, member=keep)
    weaker = make_registration(event=event, member=other)
    key = f"reminder:{event.pk}:{weaker.pk}:2:0:day"
    now = timezone.now()
    Message.objects.create(key=key, address="a@b.vn", subject="x", body="y", due_at=now, message_id="<1>")

    merge = make_merge(keep=keep, other=other)
    waiting = Message.objects.filter(key=key).count()
    actions.undo_merge(merge=merge, by=make_user())

    assert (waiting, Message.objects.filter(key=key).count()) == (0, 1)


def test_higher_role_in_a_squad_and_a_club_stays(commune):
    keep, other = make_member(unit=commune), make_member(unit=commune)
    squad, club = make_squad(unit=commune), make_club(unit=commune)
    make_squad_member(squad=squad, member=keep)
    make_squad_member(squad=squad, member=other, role=SquadMember.Role.LEADER)
    make_club_member(club=club, member=keep, role=ClubMember.Role.DEPUTY)
    make_club_member(club=club, member=other)

    make_merge(keep=keep, other=other)

    assert list(squad.memberships.values_list("member", "role")) == [(keep.pk, "leader")]
    assert list(club.memberships.values_list("member", "role")) == [(keep.pk, "deputy")]


def test_undo_is_refused_with_a_list_when_rows_changed_since(two, officer):
    keep, other = two
    merge = make_merge(keep=keep, other=other, chosen_fields=["email"])
    moved = Registration.objects.filter(member=keep, pk__in=[pk for _, pk in merge.moved]).last()
    Registration.objects.filter(pk=moved.pk).update(state=Registration.State.CANCELLED)
    Member.objects.filter(pk=keep.pk).update(email="moi@example.vn")
    before = dump()

    with pytest.raises(MergeRefused) as refusal:
        actions.undo_merge(merge=merge, by=officer)

    assert refusal.value.problems == [
        "Hồ sơ Ma Văn Đại đã được sửa sau khi gộp: Email.",
        f"Đăng ký “{moved}” đã thay đổi sau khi gộp.",
    ]
    assert dump() == before


def test_a_seat_that_somebody_else_has_by_now_is_not_taken_back(commune):
    keep, other = make_member(unit=commune), make_member(unit=commune)
    event = make_event(capacity=2)
    for member in (keep, other):
        make_registration(event=event, member=member)
    merge = make_merge(keep=keep, other=other)
    make_registration(event=event)

    with pytest.raises(MergeRefused) as refusal:
        actions.undo_merge(merge=merge, by=None)

    told = f"Sự kiện “{event.title}” không còn chỗ cho đăng ký của hồ sơ đã gộp."
    assert refusal.value.problems == [told]
    assert event.registrations.count() == 2


def test_what_a_dropped_row_hung_on_must_still_be_there(commune):
    keep, other = make_member(unit=commune), make_member(unit=commune)
    event = make_past_event()
    quota = make_quota(event=event, unit=commune)
    for member in (keep, other):
        make_registration(event=event, member=member, quota=quota)
    merge = make_merge(keep=keep, other=other)
    SeatQuota.objects.all().delete()

    with pytest.raises(MergeRefused) as refusal:
        actions.undo_merge(merge=merge, by=None)

    assert "Không tách lại được vì không còn dữ liệu cũ trên cổng" in str(refusal.value)


def test_the_records_of_these_tests_have_something_in_every_table(two):
    _, other = two

    empty = {name_of(field) for field in member_columns() if not list(rows_of(other, field))}

    assert empty == set()


def test_what_came_after_the_merge_stays_with_the_kept_record(two):
    keep, other = two
    merge = make_merge(keep=keep, other=other)
    later = make_registration(event=make_event(starts_at=timezone.now() + timedelta(days=20)), member=keep)

    back = actions.undo_merge(merge=merge, by=make_user())

    later.refresh_from_db()
    assert (back.pk, later.member_id) == (other.pk, keep.pk)


def test_sources_of_one_import_leave_the_fuller_one(commune, province):
    line = {"name": "Ma Văn Đại", "born": "02/09/2005", "unit": "Bình Yên"}
    again = {"name": "Ma Văn Đại", "born": "03/10/2006", "unit": "Bình Yên", "email": "a@b.vn"}
    roster_import = make_applied(line, again, unit=province, by=make_user())
    keep, other = Member.objects.order_by("born_on")

    make_merge(keep=keep, other=other)

    [source] = keep.provenance.all()
    assert "email" in source.fields
    assert set(RosterRow.objects.filter(roster_import=roster_import).values_list("member", flat=True)) == {
        keep.pk
    }


def test_a_chain_of_merges_is_undone_from_its_end(commune):
    first, second, third = (make_member(unit=commune) for _ in range(3))
    inner = make_merge(keep=second, other=first)
    outer = make_merge(keep=third, other=second)

    inner.refresh_from_db()
    with pytest.raises(MergeRefused, match="Hãy tách lần gộp đó trước"):
        actions.undo_merge(merge=inner, by=make_user())
    actions.undo_merge(merge=outer, by=make_user())
    actions.undo_merge(merge=MemberMerge.objects.get(pk=inner.pk), by=make_user())

    assert set(Member.objects.values_list("pk", flat=True)) == {first.pk, second.pk, third.pk}


def test_home_of_the_chosen_unit_stays_open(commune, province):
    there = make_unit(parent=province, name="Kha Sơn")
    keep = make_at_home(unit=commune, starts_on=date(2024, 1, 1))
    other = make_at_home(unit=there, starts_on=date(2023, 1, 1))

    make_merge(keep=keep, other=other, chosen_fields=["home"])

    keep.refresh_from_db()
    stays = Affiliation.objects.filter(member=keep).order_by("starts_on")
    assert keep.unit == there
    assert [(stay.unit, stay.ends_on is None) for stay in stays] == [(there, True), (commune, False)]
