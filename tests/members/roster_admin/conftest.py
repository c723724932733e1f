"""A province with a commune, people at the desk, and imports that ask something."""

import pytest

from members.admin import roster_desk
from tests.factories.imports import make_import
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit
from tests.members.roster_admin.desk import BICH, PHONG, Outcome, row_of
from units.roles import Role


@pytest.fixture
def province(settings):
    return make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def secretary(client, commune):
    user = make_staff(unit=commune, role=Role.SECRETARY)
    client.force_login(user)
    return user


@pytest.fixture
def officer(client, province):
    user = make_staff(unit=province, role=Role.OFFICER)
    client.force_login(user)
    return user


@pytest.fixture
def rung(monkeypatch):
    """The imports for which the bell was rung."""
    imports = []
    monkeypatch.setattr(roster_desk, "ring", lambda task, **facts: imports.append(facts["roster_import_id"]))
    return imports


@pytest.fixture
def unclear(province, officer):
    """An import whose two rows name a unit that fits two, and the unit that is meant."""
    make_unit(parent=province, name="Văn Lang")
    meant = make_unit(parent=province, name="Văn Lăng")
    roster_import = make_import(PHONG | {"unit": "VAN LANG"}, BICH | {"unit": "VAN LANG"}, unit=province)
    assert [row.outcome for row in roster_import.rows.all()] == [Outcome.NEEDS_DECISION] * 2
    return roster_import, meant


@pytest.fixture
def doubtful(commune, secretary):
    """An import with a row that may be a member, and the member."""
    known = make_member(unit=commune, full_name="Hà Văn Phong", born_on="2005-01-01", born_precision="year")
    roster_import = make_import(PHONG, unit=commune)
    assert row_of(roster_import).outcome == Outcome.NEEDS_DECISION
    return roster_import, known
