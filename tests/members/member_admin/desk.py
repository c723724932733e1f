"""The desk's pages of members, as tests open them."""

import re
from io import BytesIO

from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import load_workbook

from tests.factories.units import make_staff, make_unit
from units.roles import Role


def sign_in(client, unit, role=Role.SECRETARY):
    user = make_staff(unit=unit, role=role)
    client.force_login(user)
    return user


def read_only_of_sensitive(client, commune):
    """A desk role elsewhere opens the admin; in the commune the person edits, but sees nothing sensitive."""
    user = make_staff(unit=commune, role=Role.BRANCH_SECRETARY)
    make_staff(unit=make_unit(), role=Role.SECRETARY, user=user)
    client.force_login(user)
    return user


def address(name, *args):
    return reverse(f"admin:members_member_{name}", args=args)


def listed(client, **query):
    response = client.get(address("changelist"), query)
    assert response.status_code == 200
    return [member.full_name for member in response.context["cl"].result_list]


def filled(member=None, **changes):
    """The record's form as a browser sends it, with some facts changed."""
    data = {
        "full_name": member.full_name if member else "Ma Thị Đào",
        "unit": member.unit_id if member else "",
        "status": "active",
        "positions-TOTAL_FORMS": 0,
        "positions-INITIAL_FORMS": 0,
        "skills-TOTAL_FORMS": 0,
        "skills-INITIAL_FORMS": 0,
        "affiliations-TOTAL_FORMS": 0,
        "affiliations-INITIAL_FORMS": 0,
    }
    if member:
        same = ("sex", "branch_name", "position", "sector", "phone", "phone_other", "email")
        data |= {name: getattr(member, name) for name in same}
        data |= {"born": str(member.born or ""), "joined": str(member.joined or "")}
        data |= {"ethnic_group": member.ethnic_group, "religion": member.religion}
    return data | changes


def errors_of(response):
    assert response.status_code == 200
    return {name: list(said) for name, said in response.context["adminform"].form.errors.items()}


def sheet_of(response):
    return list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))


def cells_of(response):
    """The words of each row of the list, cell by cell."""
    rows = re.findall(r'<tr class="[^"]*data-row.*?</tr>', response.content.decode(), re.DOTALL)
    cells = [re.findall(r"<(t[hd])[^>]*data-label[^>]*>(.*?)</\1>", row, re.DOTALL) for row in rows]
    return [[" ".join(strip_tags(html).split()) for _, html in row] for row in cells]
