"""People under 16 are counted and shown, and stop being so on their birthday."""

from datetime import date

import pytest
import time_machine

from members.queries.preview import RowFilter, minor_count, rows_page
from members.rules.minors import grown_on, minor_until
from tests.factories.imports import make_import
from tests.factories.units import make_staff, make_unit


@pytest.mark.parametrize(
    ("born", "grown"),
    [
        ("2010-11-22", date(2026, 11, 22)),
        ("2010-11", date(2026, 11, 30)),
        ("2010", date(2026, 12, 31)),
        ("2008-02-29", date(2024, 3, 1)),
    ],
)
def test_a_child_is_grown_on_the_sixteenth_birthday_at_the_latest_it_can_be(born, grown):
    assert grown_on(born) == grown


def test_who_is_grown_or_gives_no_date_is_no_minor():
    assert minor_until("2000", on=date(2026, 1, 1)) is None
    assert minor_until("", on=date(2026, 1, 1)) is None
    assert minor_until("2010-11-22", on=date(2026, 11, 22)) is None


@pytest.mark.django_db
def test_the_preview_counts_them_until_their_birthday(client, settings):
    with time_machine.travel("2026-05-01T05:00:00Z", tick=False):
        commune = make_unit(parent=make_unit(code=settings.PROVINCE_CODE), name="Bình Yên")
        roster_import = make_import(
            {"name": "Ma Thị Lan", "born": "02/09/2010", "phone": "0912345671"},
            {"name": "Hà Văn Phong", "born": "02/09/2003", "phone": "0912345672"},
            {"name": "Lý Thị Xuân", "born": "2010", "phone": "0912345673"},
            {"name": "", "born": "2012", "phone": "0912345674"},
            unit=commune,
        )
        client.force_login(make_staff(unit=commune))
        page = client.get(f"/quan-tri/members/rosterimport/{roster_import.pk}/change/").text
        shown = [row.name for row in rows_page(roster_import, RowFilter(outcome="minors")).rows]
        counts = [minor_count(roster_import)]
    for day in ("2026-09-01", "2026-09-02", "2026-12-31"):
        with time_machine.travel(f"{day}T05:00:00Z", tick=False):
            counts.append(minor_count(roster_import))

    assert "2 người dưới 16 tuổi: cần đồng ý của cha mẹ hoặc người giám hộ." in page
    assert "?ket-qua=minors#danh-sach" in page
    assert page.count('<small class="roster-minor">Dưới 16 tuổi</small>') == 2  # who has no name is not used
    assert shown == ["Ma Thị Lan", "Lý Thị Xuân"]
    assert counts == [2, 2, 1, 0]
