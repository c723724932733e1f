"""What the roster tests share: the units of a real province, in memory."""

import pytest
from django.db import transaction

from members.roster import UnitBook, read_roster
from tests.factories.rosters import make_xlsx
from tests.factories.units import make_unit
from units.actions import load_province
from units.models import Unit


@pytest.fixture(scope="session")
def thai_nguyen(django_db_setup, django_db_blocker):
    """The book of the province and its units by code. Nothing of it stays in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        loaded = load_province(code="19")
        book = UnitBook.load(loaded.province)
        units = {unit.code: unit for unit in Unit.objects.all()}
        transaction.set_rollback(True)
    return book, units


@pytest.fixture
def read(thai_nguyen):
    """Read rows as a workbook of one sheet; bytes as they are."""

    def reading(content, merges=(), unit=None):
        if not isinstance(content, bytes):
            content = make_xlsx(("Trang 1", content, merges))
        return read_roster(content, "danh-sach", book=thai_nguyen[0], unit=thai_nguyen[1].get(unit))

    return reading


@pytest.fixture
def province(db):
    """A province as small as most tests need it."""
    return make_unit(code="19", name="Thái Nguyên")


@pytest.fixture
def binh_yen(province):
    return make_unit(parent=province, code="05602", official_code="05602", name="Bình Yên")


@pytest.fixture
def kha_son(province):
    return make_unit(parent=province, code="05923", official_code="05923", name="Kha Sơn")
