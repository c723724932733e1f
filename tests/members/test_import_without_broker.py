"""The broker is down: whatever staff press is kept, the page waits calmly, and the clock takes it up."""

import socket

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.models import Member, RosterImport
from members.tasks import resume_roster_imports, work_on_import
from tests.factories.imports import make_import, make_roster
from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)
State = RosterImport.State
PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005", "sex": "Nam", "phone": "0912345678"}


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    """The portal's broker is a Redis that refuses every connection."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"redis://127.0.0.1:{taken.getsockname()[1]}/0"
        connect = work_on_import.app.connection_for_write
        monkeypatch.setattr(
            work_on_import.app, "connection_for_write", lambda **options: connect(url, **options)
        )
        yield


@pytest.fixture
def commune(client, settings):
    province = make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")
    unit = make_unit(parent=province, name="Bình Yên")
    client.force_login(make_staff(unit=unit, role=Role.SECRETARY))
    return unit


def address(name, *args):
    return reverse(f"admin:members_rosterimport_{name}", args=args)


def test_an_uploaded_file_waits_and_is_read_by_the_clock(client, commune, caplog):
    file = SimpleUploadedFile("Chi đoàn.csv", make_roster(PHONG), "text/csv")

    page = client.post(
        address("add"),
        {"file": file, "unit": commune.pk, "basis": "consent", "legal_basis": "Kế hoạch số 12"},
        follow=True,
    )
    kept = RosterImport.objects.get()
    resume_roster_imports()

    assert page.status_code == 200
    assert "đang chờ đến lượt đọc" in page.text
    assert (kept.state, RosterImport.objects.get().state) == (State.WAITING, State.READY)
    assert "members.work_on_import was not rung" in caplog.text


def test_applying_and_undoing_wait_and_are_done_by_the_clock(client, commune):
    roster_import = make_import(PHONG, unit=commune)

    applying = client.post(address("apply", roster_import.pk), follow=True).text
    resume_roster_imports()
    written = Member.objects.count()
    undoing = client.post(address("undo", roster_import.pk), follow=True).text
    resume_roster_imports()

    assert "Lệnh áp dụng đã được ghi nhận và đang chờ đến lượt" in applying
    assert "Lệnh hoàn tác đã được ghi nhận và đang chờ đến lượt" in undoing
    assert (written, Member.objects.count()) == (1, 0)
