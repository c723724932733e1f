"""A commune whose secretary looks at how files were read."""

import pytest

from members.admin import roster_desk
from tests.factories.units import make_staff, make_unit, make_user


@pytest.fixture
def province(settings):
    return make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def secretary(client, commune):
    user = make_staff(unit=commune, user=make_user(full_name="Ma Văn Đại"))
    client.force_login(user)
    return user


@pytest.fixture
def rung(monkeypatch):
    imports = []
    monkeypatch.setattr(roster_desk, "ring", lambda task, **facts: imports.append(facts["roster_import_id"]))
    return imports
