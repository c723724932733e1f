"""A commune, its secretary, and lists whose people name branches."""

import pytest

from members import actions
from tests.factories.imports import make_import
from tests.factories.units import make_staff, make_unit
from units.models import Unit


@pytest.fixture
def province(settings):
    return make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def secretary(client, commune):
    user = make_staff(unit=commune)
    client.force_login(user)
    return user


@pytest.fixture
def make_list(commune, secretary):
    """A list of people of these branches, read."""

    def made(*branches, unit=commune, home=""):
        said = home if isinstance(home, list) else [home] * len(branches)
        names = ["An", "Bình", "Cường", "Dung", "Giang", "Hà"]
        people = [
            {
                "name": f"Nguyễn Văn {name}",
                "born": "02/09/2000",
                "phone": f"091234567{n}",
                "branch": branch,
                "unit": place,
            }
            for n, (name, branch, place) in enumerate(zip(names, branches, said, strict=False))
        ]
        return make_import(*people, unit=unit, by=secretary)

    return made


@pytest.fixture
def branch(commune):
    return make_unit(parent=commune, name="Chi đoàn xóm 1", kind=Unit.Kind.BRANCH)


def confirmed(roster_import, by, **choices):
    """Confirm branches by their text; the worker settles the rows."""
    named = {one.text: one for one in roster_import.branches.all()}
    chosen = {named[text]: choice for text, choice in choices.items()}
    count = actions.confirm_branches(roster_import=roster_import, choices=chosen, by=by)
    actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()
    return count


@pytest.fixture
def confirm(secretary):
    return lambda roster_import, choices: confirmed(roster_import, secretary, **choices)
