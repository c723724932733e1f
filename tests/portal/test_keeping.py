"""What is kept goes when its time is over; list, document and models say the same about it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core import audit
from core.models import AuditEntry
from events.models import Certificate, Scan, Ticket
from members import actions
from members.models import ClaimCode, Consent, DataRequest, Guardian, Member, MemberMerge
from notifications.models import Message
from portal import keeping
from portal.keeping import NOBODY, TERMS, clear_expired
from tests.everywhere import storages_of_files
from tests.factories.certificates import make_certificate
from tests.factories.claims import make_record, printed_code
from tests.factories.data_rights import make_breach, make_request
from tests.factories.duplicates import make_merge
from tests.factories.events import make_event, make_registration
from tests.factories.members import make_member
from tests.factories.notifications import make_message
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "privacy.md"


@pytest.fixture(autouse=True)
def own_files(monkeypatch, tmp_path):
    """A folder for this test alone: other tests, beside this one, have files of their own."""
    for storage in storages_of_files():
        monkeypatch.setitem(storage.__dict__, "location", str(tmp_path))


def months_from_now(months):
    return timezone.now() + timedelta(days=months * 31)


def documented():
    """By table, how long the document says that it keeps."""
    rows = re.findall(r"^\| `([a-z_.]+)` \|.*\| ([^|]+) \|$", DOCUMENT.read_text(), re.MULTILINE)
    return dict(rows)


def test_every_table_of_the_portal_has_a_term_or_names_nobody():
    tables = {model._meta.label_lower for model in apps.get_models()}
    listed = [term.table for term in TERMS]

    assert len(listed) == len(set(listed))
    assert tables - set(listed) - NOBODY == set()
    assert (set(listed) | NOBODY) - tables == set()
    assert set(listed) & NOBODY == set()


def test_the_document_has_the_same_tables_and_the_same_months():
    said = documented()
    wrong = {
        term.table: said[term.table]
        for term in TERMS
        if term.months and f"{term.months} months" not in said.get(term.table, "")
    }

    assert set(said) == {term.table for term in TERMS}
    assert wrong == {}


def test_whatever_has_months_is_cleared_by_a_run():
    aged = {term.table for term in TERMS if term.months is not None}

    assert {term.table for term in TERMS if term.clear} == aged
    assert {"members.member", "core.auditentry", "events.scan"} <= aged


@pytest.mark.django_db
def test_messages_audit_codes_requests_and_agreements_end_at_their_term():
    make_message(state=Message.State.SENT)
    waiting = make_message(due_at=months_from_now(80))
    audit.record("unit.opened", by=None, target=make_unit())
    printed_code(make_record())
    member = make_member()
    actions.give_consents(member=member, purposes=["messages"], channel="giấy", by=None)
    actions.end_consents(member=member, by=None)
    actions.take_back_request(asked=make_request(member=member), by=None)
    make_breach(closed_at=timezone.now())
    kept = clear_expired(at=months_from_now(11))

    clear_expired(at=months_from_now(61))

    assert not any(kept.values())
    assert list(Message.objects.all()) == [waiting]
    assert not AuditEntry.objects.filter(verb="unit.opened").exists()
    assert [model.objects.count() for model in (ClaimCode, Consent, DataRequest)] == [0, 0, 0]


@pytest.mark.django_db
def test_tickets_and_codes_of_long_past_events_go_and_who_was_there_stays():
    registration = make_registration(event=make_event())
    Ticket.objects.create(registration=registration, serial="K7M29QXD", issued_at=timezone.now())
    now = timezone.now()
    scan = Scan.objects.create(
        event=registration.event,
        session=registration.event.sessions.get(),
        registration=registration,
        code_shown="K7M29QXD",
        outcome=Scan.Outcome.ADMITTED,
        device="cửa 1",
        nonce="1",
        device_at=now,
        server_at=now,
        by=make_user(),
    )

    clear_expired(at=months_from_now(26))

    scan.refresh_from_db()
    assert (Ticket.objects.count(), scan.code_shown, scan.registration) == (0, "đã xóa", registration)


@pytest.mark.django_db
def test_a_merge_is_taken_back_for_a_year_and_then_forgets_what_was():
    commune = make_unit()
    merge = make_merge(keep=make_member(unit=commune), other=make_member(unit=commune))
    code = merge.other_code

    clear_expired(at=months_from_now(13))

    merge = MemberMerge.objects.get()
    with pytest.raises(actions.MergeRefused, match="quá thời hạn lưu"):
        actions.undo_merge(merge=merge, by=make_user())
    assert (bytes(merge.sealed), merge.moved) == (b"", [])
    assert Member.objects.with_code(code).get() == merge.kept


@pytest.mark.django_db
def test_who_left_long_ago_is_erased_and_their_certificate_still_holds():
    certificate = make_certificate(member=make_member(full_name="Hà Văn Phong"))
    staying, grown = make_member(), make_member(status=Member.Status.GROWN)
    Member.objects.filter(full_name="Hà Văn Phong").update(status=Member.Status.ENDED)

    early = clear_expired(at=months_from_now(23))["members.member"]
    late = clear_expired(at=months_from_now(25))["members.member"]

    certificate = Certificate.objects.select_related("record__member").get(pk=certificate.pk)
    assert (early, late) == (0, 1)
    assert certificate.record.member.full_name == "Hồ sơ đã xóa"
    assert certificate.content["name"] == "Hà Văn Phong"
    assert set(Member.objects.kept()) == {staying, grown}


@pytest.mark.django_db
def test_who_cannot_be_erased_yet_holds_nobody_up():
    commune = make_unit()
    officer = make_member(unit=commune, user=make_staff(unit=commune), status=Member.Status.ENDED)
    gone = make_member(unit=commune, status=Member.Status.ENDED)

    cleared = clear_expired(at=months_from_now(25))

    assert cleared["members.member"] == 1
    assert [Member.objects.get(pk=member.pk).erased_at is None for member in (officer, gone)] == [True, False]


@pytest.mark.django_db
def test_one_table_that_fails_holds_up_no_other(monkeypatch):
    def failing(*, before):
        raise RuntimeError("broken")

    terms = [keeping.Term("members.member", "", "", 1, failing), *TERMS[1:]]
    monkeypatch.setattr(keeping, "TERMS", terms)
    make_message(state=Message.State.SENT)

    cleared = clear_expired(at=months_from_now(14))

    assert "members.member" not in cleared
    assert cleared["notifications.message"] == 1


@pytest.mark.django_db
def test_a_file_that_no_row_names_goes_after_a_day(tmp_path):
    named = Guardian.objects.create(
        member=make_member(),
        full_name="S",
        relation="mother",
        named_at=timezone.now(),
        paper="guardians/a.pdf",
    )
    folder = tmp_path / "guardians"
    folder.mkdir()
    for name in ("a.pdf", "b.pdf"):
        (folder / name).write_bytes(b"x")

    soon = clear_expired(at=timezone.now())["files"]
    later = clear_expired(at=timezone.now() + timedelta(days=2))["files"]

    assert (soon, later) == (0, 1)
    assert [path.name for path in folder.iterdir()] == ["a.pdf"]
    assert named.paper.name == "guardians/a.pdf"


@pytest.mark.django_db
def test_the_register_of_processing_names_every_table_for_who_may_see_it(client):
    province = make_unit()
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_ADMIN))
    page = client.get(reverse("processing-register")).content.decode()
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_LEADER))

    assert [term.title for term in TERMS if term.title not in page] == []
    assert "24 tháng sau khi thôi sinh hoạt Đoàn" in page
    assert client.get(reverse("processing-register")).status_code == 404
