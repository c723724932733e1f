"""A member who is erased is found nowhere any more, and every number is as it was."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from core.models import AuditEntry
from events.models import Attendance, Certificate, Registration, Scan, TrainingRecord
from members import actions
from members.models import Consent, Guardian, Member, MemberSkill, RosterImport, Transfer
from notifications.actions import deliver_due
from notifications.models import CaughtMail, Message
from programs.models import SquadMember
from tests.everywhere import known_tables, places_of, storages_of_files
from tests.factories.certificates import make_certificate
from tests.factories.claims import claim_with, make_owner, printed_code
from tests.factories.data_rights import make_accepted, make_guardian, make_request
from tests.factories.duplicates import make_merge, make_pair
from tests.factories.events import make_event, make_registration
from tests.factories.imports import make_applied, make_import
from tests.factories.members import make_member, make_skill
from tests.factories.programs import make_squad, make_squad_member
from tests.factories.transfers import make_transfer
from tests.factories.units import make_staff, make_unit, make_user

pytestmark = pytest.mark.django_db

PHONG = {
    "name": "Hà Văn Phong",
    "born": "02/09/2005",
    "phone": "0912345678",
    "citizen": "019205001234",
    "email": "phong.ha@example.vn",
}
BICH = {"name": "Hoàng Thị Bích", "born": "03/04/2004", "phone": "0987654321"}
XUAN = {"name": "Lý Thị Xuân", "born": "05/06/2003", "phone": "0987654322"}
WORDS = ["Hà Văn Phong", "ha van phong", "912345678", "019205001234", "phong.ha@example.vn", "Ma Thị Sáu"]


@pytest.fixture
def province(settings, tmp_path, monkeypatch):
    for storage in storages_of_files():
        monkeypatch.setitem(storage.__dict__, "location", str(tmp_path))
    return make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


def full_life(commune):
    """A member about whom every part of the portal knows something."""
    make_applied(PHONG, BICH, unit=commune, by=make_user())
    member = Member.objects.get(full_name=PHONG["name"])
    make_import(PHONG | {"branch": "Xóm 3"}, BICH, XUAN, unit=commune, file_name="lan-hai.csv")
    same = make_member(unit=commune, full_name="Hà Văn Phong", phone_other="+84912345678")
    make_pair(member, make_member(unit=commune))
    make_merge(keep=member, other=same, by=make_user())
    user = make_owner(email=PHONG["email"])
    claim_with(printed_code(member), user, full_name=PHONG["name"], purposes=["activities", "messages"])
    make_guardian(member=member, paper=ContentFile("Ma Thị Sáu đồng ý".encode(), name="giay.txt"))
    make_squad_member(squad=make_squad(unit=commune), member=member)
    member = Member.objects.select_related("unit", "user").get(pk=member.pk)
    certificate = make_certificate(member=member, host=commune)
    registration = Registration.objects.get(member=member)
    Scan.objects.create(
        event=registration.event,
        session=registration.event.sessions.get(),
        registration=registration,
        code_shown="K7M29QXD",
        outcome=Scan.Outcome.ADMITTED,
        device="cửa 1",
        nonce="1",
        device_at=timezone.now(),
        server_at=timezone.now(),
        by=make_user(),
    )
    CaughtMail.objects.create(to=PHONG["email"], subject="Chào Hà Văn Phong", body="Vé của đồng chí.")
    MemberSkill.objects.create(member=member, skill=make_skill(name="Quay phim"))
    move = make_transfer(member=member)
    Transfer.objects.filter(pk=move.pk).update(reason="Hà Văn Phong lấy vợ ở xã bên.")
    make_request(member=member, wish="Hà Văn Phong chứ không phải Hà Văn Phòng")
    return member, certificate


def figures(commune):
    """What is counted from records, and how many rows there are of each."""
    kinds = (Attendance, Registration, TrainingRecord, Certificate, SquadMember, Consent, Scan, Transfer)
    return {kind.__name__: kind.objects.count() for kind in kinds}


def test_the_walk_sees_every_table(province):
    assert known_tables() <= set(connection.introspection.table_names())


def test_nothing_about_an_erased_member_is_found_anywhere(
    commune, django_capture_on_commit_callbacks, mailoutbox
):
    member, certificate = full_life(commune)
    words = [*WORDS, member.code, member.search_name]
    known, counted = places_of(words), figures(commune)
    request = make_accepted(member=member, kind="delete", wish="Xin xóa.")

    with django_capture_on_commit_callbacks(execute=True):
        actions.carry_out_request(asked=request, by=make_user())
    told = Message.objects.get(is_last=True)
    deliver_due(at=timezone.now())

    assert {word for word, places in known.items() if not places} == set()
    assert {"members_rosterblock.sealed", "members_membermerge.sealed", "file"} <= known["Hà Văn Phong"]
    assert {"members_historicalmember.full_name", "events_certificate.content"} <= known["Hà Văn Phong"]
    assert {"accounts_user.email", "notifications_caughtmail.to"} <= known["phong.ha@example.vn"]
    assert told.address == PHONG["email"]
    assert [mail.to for mail in mailoutbox if "Đã xóa dữ liệu" in mail.subject] == [[PHONG["email"]]]
    assert {word: places for word, places in places_of(words).items() if places} == {}
    assert figures(commune) == counted
    assert (Transfer.objects.get().state, MemberSkill.objects.count()) == ("cancelled", 0)
    certificate.refresh_from_db()
    assert (certificate.state, certificate.content["name"]) == (
        "valid",
        "Đã xóa theo đề nghị của người được cấp",
    )


def test_keys_hold_and_other_people_stay_as_they_were(commune, django_capture_on_commit_callbacks):
    member, _ = full_life(commune)
    waiting = RosterImport.objects.get(file_name="lan-hai.csv")
    before = places_of(["Hoàng Thị Bích", "987654321"])

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_member(member=member, by=make_user())
    connection.check_constraints()
    actions.apply_roster(roster_import=RosterImport.objects.get(pk=waiting.pk), by=make_user())
    actions.work_on_import(roster_import_id=waiting.pk)

    after = places_of(["Hoàng Thị Bích", "987654321"])
    assert {word: places - after[word] for word, places in before.items()} == {
        "Hoàng Thị Bích": {"file", "members_rosterheads.sealed"},
        "987654321": {"file"},  # the first rows are kept with long numbers hidden
    }
    waiting.refresh_from_db()
    assert (waiting.state, waiting.outcomes["rejected"]) == ("applied", 1)
    assert Member.objects.filter(full_name="Lý Thị Xuân").count() == 1
    assert not Member.objects.filter(full_name="Hà Văn Phong").exists()


def test_an_import_that_wrote_an_erased_member_can_still_be_undone(commune):
    make_applied(PHONG, BICH, unit=commune, by=make_user())
    applied = RosterImport.objects.get()
    actions.erase_member(member=Member.objects.get(full_name="Hà Văn Phong"), by=make_user())

    actions.undo_roster(roster_import=RosterImport.objects.get(), by=make_user())
    actions.work_on_import(roster_import_id=applied.pk)

    applied.refresh_from_db()
    assert applied.state == RosterImport.State.UNDONE
    assert list(Member.objects.values_list("full_name", flat=True)) == ["Hồ sơ đã xóa"]


def test_a_namesake_loses_nothing(commune):
    make_applied(PHONG, unit=commune, by=make_user())
    erased = Member.objects.get()
    namesake = make_applied({"name": "Hà Văn Phong", "born": "11/11/2001"}, unit=commune, by=make_user())

    actions.erase_member(member=erased, by=make_user())

    row = namesake.rows.get()
    assert (row.full_name, row.member.full_name) == ("Hà Văn Phong", "Hà Văn Phong")
    assert RosterImport.objects.get(pk=namesake.pk).file


def test_the_seat_of_an_erased_member_goes_to_who_waits(commune):
    member = make_member(unit=commune)
    event = make_event(host=commune, capacity=1)
    make_registration(event=event, member=member)
    waiting = make_registration(event=event, state=Registration.State.WAITING)

    actions.erase_member(member=member, by=make_user())

    waiting.refresh_from_db()
    assert waiting.state == Registration.State.SEATED


def test_who_holds_a_role_or_is_in_a_list_at_work_is_not_erased(commune):
    officer = make_member(unit=commune, user=make_staff(unit=commune))
    make_applied(PHONG, unit=commune, by=make_user())
    listed = Member.objects.get(full_name="Hà Văn Phong")
    RosterImport.objects.update(state=RosterImport.State.UNDOING)

    with pytest.raises(actions.ErasingRefused, match="đang giữ vai trò Bí thư đơn vị"):
        actions.erase_member(member=officer, by=make_user())
    with pytest.raises(actions.ErasingRefused, match="đang được xử lý"):
        actions.erase_member(member=listed, by=make_user())

    assert Member.objects.filter(erased_at=None).count() == 2


def test_an_erased_account_signs_in_no_more_and_the_trail_keeps_its_verbs(client, commune):
    user = make_owner(email="phong@example.vn")
    user.set_password("mat-khau-kho-doan")
    user.save()
    member = make_member(unit=commune, user=user)
    actions.give_consents(member=member, purposes=["activities"], channel="trang của tôi", by=user)

    actions.erase_member(member=member, by=make_user())

    user = User.objects.get(pk=user.pk)
    assert (user.is_active, user.email, user.full_name) == (False, None, "Tài khoản đã xóa")
    assert not client.login(email="phong@example.vn", password="mat-khau-kho-doan")
    assert not EmailAddress.objects.filter(user=user).exists()
    assert AuditEntry.objects.get(verb="consent.given").by == user
    assert AuditEntry.objects.get(verb="member.erased").target_label == f"đoàn viên {member.pk}"


def test_an_erased_member_is_in_no_list_and_no_duplicate(client, commune):
    for _ in range(2):
        actions.erase_member(member=make_member(unit=commune), by=make_user())
    actions.work_on_duplicate_scan(scan_id=actions.ask_duplicate_scan(by=None).pk)
    client.force_login(make_staff(unit=commune))

    page = client.get("/quan-tri/members/member/").content.decode()

    assert "Hồ sơ đã xóa" not in page
    assert not Member.objects.first().data_requests.exists()
    assert Guardian.objects.count() == 0


def test_a_stay_and_a_squad_end_the_day_it_happens(commune):
    member = make_member(unit=commune)
    stay = make_squad_member(
        squad=make_squad(unit=commune), member=member, starts_on=date.today() - timedelta(days=9)
    )

    actions.erase_member(member=member, by=make_user())

    stay.refresh_from_db()
    assert (stay.ends_on, stay.member_id) == (timezone.localdate(), member.pk)


def test_a_process_killed_in_the_middle_leaves_everything_and_the_next_try_nothing(commune, monkeypatch):
    member, _ = full_life(commune)
    request = make_accepted(member=member, kind="delete")
    before = places_of(WORDS)

    def dying(**_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("members.actions.erasing.erase_account", dying)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            actions.carry_out_request(asked=request, by=make_user())
    half = places_of(WORDS)
    actions.carry_out_request(asked=request, by=make_user())

    assert half == before
    assert set().union(*places_of(WORDS).values()) <= {"file", "notifications_message.address"}


def test_of_two_people_erasing_the_second_is_told(commune):
    request = make_accepted(member=make_member(unit=commune), kind="delete")
    actions.carry_out_request(asked=request, by=make_user())

    with pytest.raises(actions.DataRequestRefused, match="Đã thực hiện"):
        actions.carry_out_request(asked=request, by=make_user())
    assert AuditEntry.objects.filter(verb="member.erased").count() == 1
