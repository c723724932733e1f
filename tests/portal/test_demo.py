"""The demonstration: what `manage.py demo` promises to the person who tries the portal."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from events.models import (
    Attendance,
    Certificate,
    Event,
    SeatQuota,
    Ticket,
    Venue,
)
from members.actions import claim_record
from members.models import Affiliation, Member, RosterImport
from notifications.models import Message
from portal.demo.accounts import CLAIM_CODES, PASSWORD, accounts_table
from portal.demo.personas import PERSONAS
from programs.models import Club, Indicator, Program, Squad
from reports.queries.periods import periods_of
from reports.queries.targets import target_lines
from reports.queries.units import unit_table
from units.models import RoleAssignment
from units.queries import province
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """One province of 300 for all tests of this module; each test gives back what it changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", members=300, seed=7, verbosity=0)
        yield province()
        transaction.set_rollback(True)


def test_second_run_is_refused(filled):
    with pytest.raises(CommandError) as refused:
        call_command("demo", members=300, verbosity=0)

    assert str(refused.value) == (
        "Cổng đã có đoàn viên nên không nạp dữ liệu mẫu. Hãy dùng cơ sở dữ liệu trống."
    )


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.key)
def test_every_printed_account_signs_in(filled, client, persona):
    response = client.post(reverse("account_login"), {"login": persona.email, "password": PASSWORD})

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(email=persona.email).pk)


def test_every_role_is_held(filled):
    held = RoleAssignment.objects.held_on(timezone.localdate()).values_list("role", flat=True)

    assert sorted(held) == sorted(Role.values)


def test_table_names_every_account(filled):
    table = accounts_table()

    assert [persona.key for persona in PERSONAS if persona.email not in table] == []
    assert PASSWORD in table


def test_printed_code_opens_the_record(filled):
    user = User.objects.get(email="doanvienmoi@example.vn")

    claim = claim_record(code=CLAIM_CODES["doanvienmoi"], full_name="Triệu Văn Hải", born_on=None, by=user)

    assert claim.member.full_name == "Triệu Văn Hải"


def test_member_has_a_seat_to_come_and_a_certificate(filled):
    member = Member.objects.get(user__email="doanvien@example.vn")

    coming = Ticket.objects.filter(
        registration__member=member, registration__event__starts_at__gt=timezone.now(), revoked_at=None
    )
    certificates = Certificate.objects.valid().filter(record__member=member)
    assert (coming.count(), certificates.count()) == (1, 1)


def test_everyone_is_at_home_somewhere_with_name_keys(filled):
    homes = Affiliation.objects.filter(kind=Affiliation.Kind.HOME, ends_on=None)

    assert homes.count() == Member.objects.count() == 300
    assert not Member.objects.filter(search_name="").exists()
    assert Member.objects.exclude(phone="").values("phone").distinct().count() == (
        Member.objects.exclude(phone="").count()
    )


def test_map_shows_units_on_track_late_and_silent(filled):
    today = timezone.localdate()
    period = periods_of(filled, on=today)[0]

    counts = unit_table(filled, period, Indicator.objects.get(code="luot-ho-tro"), on=today).counts

    assert sum(counts.values()) == 92
    assert counts["silent"] == 9
    assert counts["late"] >= 10


def test_targets_of_2023_stand_with_what_was_reached(filled):
    today = timezone.localdate()
    [period] = [period for period in periods_of(filled, on=today) if period.starts_on.year == 2023]

    goals = {
        line.target.indicator.code: (line.goal, line.value is not None)
        for line in target_lines(filled, period, on=today)
    }

    assert goals == {
        "hoc-nghi-quyet": (100, True),
        "luot-tinh-nguyen": (8_000, True),
        "y-tuong": (100, True),
        "cay-xanh": (100_000, True),
        "xa-nong-thon-moi": (6, True),
        "von-vay": (2_000, True),
        "du-an-khoi-nghiep": (10, True),
    }


def test_programs_club_and_squads_stand(filled):
    squads = Squad.objects.filter(level=Squad.Level.COMMUNE)
    club = Club.objects.published().get()

    names = set(Program.objects.published().values_list("name", flat=True))
    assert {"Bình dân học vụ số", "Bình dân học AI"} <= names
    assert (squads.count(), Squad.objects.filter(level=Squad.Level.PROVINCE).count()) == (92, 3)
    assert squads.filter(memberships__role="leader").distinct().count() == 92
    assert club.memberships.count() == 20
    assert club.memberships.values("sector").distinct().count() == 9


def test_forum_has_its_points_shares_and_certificates(filled):
    forum = Event.objects.get(kind=Event.Kind.FORUM)

    assert forum.parts.count() == 2
    assert Venue.objects.filter(event=forum).count() == 93
    assert sum(SeatQuota.objects.filter(event=forum).values_list("seats", flat=True)) == 250
    present = Attendance.objects.filter(session__event=forum).count()
    assert 0 < present < forum.registrations.count()
    assert Certificate.objects.filter(record__event=forum).count() == present


def test_coming_trainings_show_every_state(filled):
    now = timezone.now()
    [waiting] = Event.objects.open_at(now).filter(registrations__state="waiting").distinct()
    shared = SeatQuota.objects.get(event__starts_at__gt=now, unit__name="Bình Yên")

    assert Event.objects.open_at(now).count() == 3
    assert waiting.registrations.seated().count() == waiting.capacity
    assert (shared.seats, shared.registrations.count()) == (2, 1)
    assert all(event.doors_at is None or event.doors_at < event.starts_at for event in Event.objects.all())


def test_a_roster_waits_for_its_preview(filled):
    waiting = RosterImport.objects.get()

    assert (waiting.state, waiting.outcomes["new"]) == (RosterImport.State.READY, 4)


def test_no_mail_about_the_past_goes_out(filled):
    due = Message.objects.filter(state=Message.State.WAITING, due_at__lte=timezone.now())

    assert [message.address for message in due] == ["doanvien@example.vn"]
