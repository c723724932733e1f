from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from core.models import AuditEntry
from events.actions import (
    CertificatesRefused,
    issue_certificates,
    reissue_certificate,
    revoke_certificate,
)
from events.models import Certificate, TrainingRecord
from events.rules import wording
from members.dates import PartialDate
from notifications.models import Message
from tests.factories.certificates import make_certificate, make_past_event
from tests.factories.events import make_event, make_registration
from tests.factories.members import make_member
from tests.factories.units import make_unit, make_user
from units.models import Unit

pytestmark = pytest.mark.django_db


def numbers():
    return list(Certificate.objects.order_by("year", "serial").values_list("number", flat=True))


def test_everyone_who_completed_gets_one_in_the_order_of_names():
    event = make_past_event(
        attended=[
            make_member(full_name="Ma Văn Lực"),
            make_member(full_name="Bàn Thị An", email="an@example.vn"),
        ]
    )
    make_registration(event=event)
    officer = make_user()

    issued = issue_certificates(event=event, by=officer)

    assert [(one.number, one.content["name"]) for one in issued] == [
        ("1/GCN-TĐTN", "Bàn Thị An"),
        ("2/GCN-TĐTN", "Ma Văn Lực"),
    ]
    entry = AuditEntry.objects.get(verb="certificates.issued")
    assert (entry.by, entry.detail) == (officer, {"count": 2})
    assert list(Message.objects.values_list("key", "address")) == [
        (f"certificate-ready:{issued[0].pk}", "an@example.vn")
    ]


def test_issuing_again_issues_only_what_is_new():
    event = make_past_event(attended=[make_member()])
    issue_certificates(event=event, by=make_user())

    again = issue_certificates(event=event, by=make_user())

    assert (again, numbers()) == ([], ["1/GCN-TĐTN"])


def test_a_revoked_certificate_is_not_issued_anew():
    certificate = make_certificate()
    revoke_certificate(certificate=certificate, reason="Nhầm người", by=make_user())

    again = issue_certificates(event=certificate.record.event, by=make_user())

    assert again == []


def test_every_signer_counts_for_itself_and_from_one_each_year():
    province = make_unit()
    commune = make_unit(parent=province)
    for host in (province, commune, province):
        issue_certificates(event=make_past_event(host=host, attended=[make_member()]), by=make_user())

    with time_machine.travel(timezone.now() + timedelta(days=366), tick=False):
        issue_certificates(event=make_past_event(host=province, attended=[make_member()]), by=make_user())

    rows = Certificate.objects.order_by("pk").values_list("signer", "number")
    assert list(rows) == [
        (province.pk, "1/GCN-TĐTN"),
        (commune.pk, "1/GCN-ĐTN"),
        (province.pk, "2/GCN-TĐTN"),
        (province.pk, "1/GCN-TĐTN"),
    ]


def test_certificates_wait_for_the_last_session():
    event = make_event(gives_certificate=True)

    with pytest.raises(CertificatesRefused) as refusal:
        issue_certificates(event=event, by=make_user())

    assert refusal.value.problems == [
        "Các buổi chưa kết thúc. Hãy cấp giấy chứng nhận sau khi buổi cuối cùng kết thúc."
    ]


def test_all_reasons_are_told_at_once():
    event = make_past_event(with_session=False, gives_certificate=False, cancelled_at=timezone.now())

    with pytest.raises(CertificatesRefused) as refusal:
        issue_certificates(event=event, by=make_user())

    assert refusal.value.problems == [
        "Sự kiện này không cấp giấy chứng nhận.",
        "Sự kiện đã hủy nên không cấp giấy chứng nhận.",
        "Sự kiện chưa có buổi nào để tính kết quả.",
    ]


def test_words_stay_as_issued_when_the_member_changes():
    member = make_member(full_name="Nguyễn Thị Hường", born_on=date(1996, 9, 2), born_precision="day")
    certificate = make_certificate(member=member)
    member.full_name = "Nguyễn Thị Hương"
    member.save()

    certificate.refresh_from_db()

    assert certificate.content["name"] == "Nguyễn Thị Hường"
    assert certificate.content_hash == wording.content_hash(certificate.content)


@time_machine.travel("2026-03-28 09:00+07:00", tick=False)
def test_a_certificate_says_everything_as_the_office_writes_it():
    province = make_unit(name="Thái Nguyên")
    member = make_member(
        unit=make_unit(parent=province, name="Bình Yên"),
        full_name="Nguyễn Thị Hường",
        born_on=date(1996, 9, 2),
        born_precision="day",
    )

    certificate = make_certificate(member=member, host=province, title="Kỹ năng số")

    assert certificate.content == {
        "layout": "giay-chung-nhan-1",
        "issuer": "Tỉnh Đoàn Thái Nguyên",
        "authority": "Ban Thường vụ Tỉnh Đoàn Thái Nguyên chứng nhận",
        "name": "Nguyễn Thị Hường",
        "born": "Sinh ngày: 02/9/1996",
        "unit": "Đoàn xã Bình Yên",
        "deed": "Đã hoàn thành chương trình tập huấn",
        "title": "Kỹ năng số",
        "held": "ngày 27 tháng 3 năm 2026",
        "held_on": "2026-03-27",
        "place": "Hội trường Tỉnh Đoàn",
        "signed": "Thái Nguyên, ngày 28 tháng 3 năm 2026",
        "signer": ["TM. Ban Thường vụ Tỉnh Đoàn", "Bí thư"],
        "number": "1/GCN-TĐTN",
        "code": certificate.check_code,
    }


@pytest.mark.parametrize(
    ("born", "line"),
    [(None, ""), (PartialDate(2005), "Sinh năm: 2005"), (PartialDate(2005, 2), "Sinh tháng: 02/2005"),
     (PartialDate(2005, 12, 1), "Sinh ngày: 01/12/2005")],
)  # fmt: skip
def test_a_birth_date_is_as_precise_as_it_is_known(born, line):
    assert wording.birth_line(born) == line


def test_a_meeting_of_two_days_and_of_another_kind_says_so():
    event = make_past_event(kind="forum", starts_at=timezone.make_aware(timezone.datetime(2026, 1, 5, 8)))
    event.ends_at = event.starts_at + timedelta(days=1)

    assert wording.deed_of(event) == "Đã tham dự diễn đàn"
    assert wording.held_dates(event.starts_at, event.ends_at) == (
        "từ ngày 05 tháng 01 năm 2026 đến ngày 06 tháng 01 năm 2026"
    )


def test_signers_of_every_kind_have_a_name():
    city, branch = (
        Unit(kind=Unit.Kind.CITY, name="Hà Nội"),
        Unit(kind=Unit.Kind.AFFILIATED, name="Đoàn Đại học"),
    )

    assert [wording._short(unit) for unit in (city, branch)] == ["Thành Đoàn", "Đoàn Đại học"]


def test_a_certificate_is_revoked_with_a_reason():
    certificate, officer = make_certificate(), make_user()

    revoke_certificate(certificate=certificate, reason=" Nhầm người ", by=officer)

    certificate.refresh_from_db()
    assert (certificate.state, certificate.end_reason) == ("revoked", "Nhầm người")
    assert AuditEntry.objects.get(verb="certificate.revoked").by == officer


def test_a_reason_is_needed_and_only_a_valid_one_can_be_revoked():
    certificate = make_certificate()

    with pytest.raises(CertificatesRefused, match="Chưa nhập lý do"):
        revoke_certificate(certificate=certificate, reason=" ", by=make_user())
    revoke_certificate(certificate=certificate, reason="Nhầm người", by=make_user())
    with pytest.raises(CertificatesRefused, match="không còn hiệu lực"):
        reissue_certificate(certificate=certificate, reason="Sai tên", by=make_user())


def test_a_reissue_replaces_the_old_one_with_a_new_number_and_today_s_name():
    member = make_member(full_name="Nguyễn Thị Huờng")
    old = make_certificate(member=member)
    member.full_name = "Nguyễn Thị Hường"
    member.save()

    new = reissue_certificate(certificate=old, reason="Sai tên", by=make_user())

    old.refresh_from_db()
    assert (old.state, old.number, old.content["name"]) == ("superseded", "1/GCN-TĐTN", "Nguyễn Thị Huờng")
    assert (new.state, new.number, new.content["name"]) == ("valid", "2/GCN-TĐTN", "Nguyễn Thị Hường")
    assert new.record == old.record == TrainingRecord.objects.get()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_numbers_run_without_gap_or_repeat_under_load():
    host = make_unit()
    events = [make_past_event(host=host, attended=[make_member() for _ in range(5)]) for _ in range(4)]
    officer, barrier = make_user(), Barrier(8)

    def issue(event):
        barrier.wait()
        issue_certificates(event=event, by=officer)
        connection.close()

    threads = [Thread(target=issue, args=[event]) for event in events * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert numbers() == [f"{serial}/GCN-TĐTN" for serial in range(1, 21)]
