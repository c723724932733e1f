"""An import is applied, taken back, given up, and what is to be mended comes as a file."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.models import AuditEntry
from members import actions
from members.models import Member
from tests.factories.imports import make_applied, make_import
from tests.members.roster_admin.desk import (
    BICH,
    PHONG,
    State,
    address,
)

pytestmark = pytest.mark.django_db


def test_applying_is_started_and_rung(client, commune, secretary, rung):
    roster_import = make_import(PHONG, unit=commune)

    client.post(address("apply", roster_import))
    second = client.post(address("apply", roster_import), follow=True)

    roster_import.refresh_from_db()
    assert (roster_import.state, roster_import.applied_by) == (State.APPLYING, secretary)
    assert rung == [roster_import.pk]
    assert "đang được áp dụng" in second.text


def test_what_was_written_is_told_and_can_be_taken_back(client, commune, secretary, rung):
    roster_import = make_applied(PHONG, BICH, unit=commune, by=secretary)
    told = client.get(address("change", roster_import)).text

    asked = client.get(address("undo", roster_import)).text
    client.post(address("undo", roster_import))
    actions.work_on_import(roster_import_id=roster_import.pk)

    roster_import.refresh_from_db()
    assert "Đã thêm 2 đoàn viên" in told
    assert "2 đoàn viên do lần nhập này thêm sẽ bị xóa" in asked
    assert (roster_import.state, rung, Member.objects.count()) == (State.UNDONE, [roster_import.pk], 0)
    assert AuditEntry.objects.filter(verb="roster.undone", by=secretary).exists()


def test_rows_that_were_kept_say_why(client, commune, secretary):
    roster_import = make_applied(PHONG, BICH, unit=commune, by=secretary)
    member = Member.objects.get(full_name="Hà Văn Phong")
    member.phone = "+84911111111"
    member.save()
    actions.undo_roster(roster_import=roster_import, by=secretary)
    actions.work_on_import(roster_import_id=roster_import.pk)

    response = client.get(address("change", roster_import) + "?ket-qua=kept")

    assert [shown.name for shown in response.context["page"].rows] == ["Hà Văn Phong"]
    assert "Hồ sơ đã được sửa sau lần nhập này." in response.text


def test_undoing_what_was_not_applied_leads_back(client, commune, secretary):
    roster_import = make_import(PHONG, unit=commune)

    response = client.get(address("undo", roster_import))

    assert response.url == address("change", roster_import)


def test_an_import_is_cancelled_once(client, commune, secretary):
    roster_import = make_import(PHONG, unit=commune)

    client.post(address("cancel", roster_import))
    second = client.post(address("cancel", roster_import), follow=True)

    roster_import.refresh_from_db()
    assert roster_import.state == State.CANCELLED
    assert "không hủy được" in second.text


def test_rows_to_mend_come_as_a_file(client, commune, secretary):
    roster_import = make_import(PHONG, {"name": "", "born": "2004", "sex": "Nữ"}, unit=commune)

    response = client.get(address("error_workbook", roster_import))

    sheet = load_workbook(BytesIO(response.content)).active
    assert response.headers["Content-Disposition"] == 'attachment; filename="can-sua-danh-sach.xlsx"'
    assert sheet.max_row == 2
