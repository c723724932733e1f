"""Data under restriction leave by no exit: every file of the desk, every workbook, every printed slip."""

import io

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from events.views import certificates as certificate_views
from members import actions
from members.models import Member, RosterRow
from tests.factories.certificates import make_certificate
from tests.factories.desk import ROWS
from tests.factories.duplicates import make_pair
from tests.factories.imports import make_import
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.models import Unit
from units.roles import Role

pytestmark = pytest.mark.django_db
NAME = "Ma Văn Đại"  # what every member is called who is made without a name
# Files of the desk in which no member stands: accounts and vocabulary, and what is counted, not named.
NAMELESS = {
    "accounts.User",
    "core.AuditEntry",
    "core.OfficeDay",
    "events.Event",
    "events.Scan",
    "members.DataBreach",
    "members.RosterImport",
    "members.Skill",
    "notifications.Message",
    "programs.Campaign",
    "programs.Club",
    "programs.Figure",
    "programs.Indicator",
    "programs.Program",
    "programs.Service",
    "programs.Squad",
    "programs.SquadActivity",
    "programs.Target",
    "units.Cluster",
    "units.RestructuringPlan",
    "units.RoleAssignment",
    "units.Unit",
}


@pytest.fixture
def commune(settings):
    settings.PORTAL_REQUIRE_MFA = False
    province = make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def desk(client, commune):
    client.force_login(make_staff(unit=Unit.objects.get_parent(commune), role=Role.PROVINCE_ADMIN))
    return client


def words_of(answer):
    """Everything that can be read in the answer, whichever kind of file it is."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] != b"PK":
        return content.decode()
    sheets = load_workbook(io.BytesIO(content))
    return "\n".join(str(cell) for sheet in sheets for row in sheet.values for cell in row)


def restrict():
    Member.objects.update(restricted_at=timezone.now())


def exits(commune):
    """Every exit as a call: a list of people that leaves the portal."""
    found = {}
    for model in admin.site._registry:
        name = f"admin:{model._meta.label_lower.replace('.', '_')}_export"
        found[model._meta.label] = lambda client, name=name: client.get(reverse(name), {"dang": "xlsx"})
    book = reverse("admin:members_member_take_book")
    found["workbook of the unit"] = lambda client: client.get(book, {"unit": commune.pk})
    found["slips to claim"] = lambda client: client.post(
        reverse("members:claim-slips-print"), {"members": list(Member.objects.values_list("pk", flat=True))}
    )
    return found


def fill(commune):
    """One row of every list about somebody of the name."""
    for label, make in ROWS.items():
        if label not in NAMELESS:
            make(commune)


def test_no_exit_names_who_is_restricted_and_every_exit_names_them_before(desk, commune):
    fill(commune)
    ways = exits(commune)

    before = {label for label, leave in ways.items() if NAME in words_of(leave(desk))}
    restrict()
    after = {label for label, leave in ways.items() if NAME in words_of(leave(desk))}

    assert set(ways) - before == NAMELESS
    assert after == set()


def test_one_of_a_pair_is_enough_to_keep_both_in(desk, commune):
    free, held = make_member(unit=commune, full_name="Vũ Thị Hà"), make_member(unit=commune)
    make_pair(held, free)
    export = reverse("admin:members_duplicatepair_export")

    before = "Vũ Thị Hà" in words_of(desk.get(export))
    Member.objects.filter(pk=held.pk).update(restricted_at=timezone.now())

    assert (before, "Vũ Thị Hà" in words_of(desk.get(export))) == (True, False)


def test_the_certificates_of_an_event_are_printed_without_theirs(desk, commune, monkeypatch):
    kept = make_certificate(member=make_member(unit=commune), host=commune)
    event = kept.record.event
    printed = []
    monkeypatch.setattr(
        certificate_views, "certificates_pdf", lambda found: printed.append(list(found)) or b"%PDF-"
    )
    address = reverse("events:event-certificates-file", args=[event.pk])

    first = desk.get(address).status_code
    restrict()
    second = desk.get(address).status_code

    assert (first, second, printed) == (200, 404, [[kept]])


def test_lines_to_mend_go_back_without_those_that_were_found_to_be_theirs(desk, commune):
    row = {"name": NAME, "born": "31/02/2005", "phone": "12"}
    roster_import = make_import(row, unit=commune)
    address = reverse("admin:members_rosterimport_error_workbook", args=[roster_import.pk])
    before = words_of(desk.get(address))
    RosterRow.objects.filter(roster_import=roster_import).update(member=make_member(unit=commune))
    restrict()

    after = words_of(desk.get(address))

    assert (NAME in before, NAME in after) == (True, False)


def test_a_slip_that_is_asked_for_past_the_page_is_not_made(commune):
    member = make_member(unit=commune)
    restrict()

    slips = actions.print_claim_codes(members=[member], by=make_user())

    assert slips == []
