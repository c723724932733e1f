"""A province with a commune, and its secretary at the desk."""

import pytest

from tests.factories.units import make_unit
from tests.members.member_admin.desk import sign_in


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def staff(client, commune):
    return sign_in(client, commune)
