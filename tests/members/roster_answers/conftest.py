import pytest

from tests.factories.imports import make_import
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from tests.members.roster_answers.asked import BICH, PHONG
from units.roles import Role


@pytest.fixture
def province(settings):
    return make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")


@pytest.fixture
def lang(province):
    return make_unit(parent=province, name="Văn Lang")


@pytest.fixture
def lanh(province):
    return make_unit(parent=province, name="Văn Lăng")


@pytest.fixture
def officer(client, province):
    user = make_staff(unit=province, role=Role.OFFICER, user=make_user(full_name="Ma Thị Hiền"))
    client.force_login(user)
    return user


@pytest.fixture
def unclear(province, lang, lanh, officer):
    """An import whose two rows name a unit that fits two."""
    return make_import(PHONG | {"unit": "VAN LANG"}, BICH | {"unit": "VAN LANG"}, unit=province)


@pytest.fixture
def doubtful(province, lang, officer):
    """An import with a row that may be a member of Văn Lang."""
    make_member(unit=lang, full_name="Hà Văn Phong", born_on="2005-01-01", born_precision="year")
    return make_import(PHONG | {"unit": "Xã Văn Lang"}, unit=province)
