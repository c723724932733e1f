"""Every list of the web admin, asked by people of different reach."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = pytest.mark.django_db


def adding(client, model):
    """What the list of the model says of adding and what the form for it answers; None without the list."""
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    add = reverse(f"{base}_add")
    page = client.get(reverse(f"{base}_changelist"))
    if page.status_code == 403:
        return None
    return {"offered": f'href="{add}"' in page.content.decode(), "opens": client.get(add).status_code == 200}


@pytest.mark.parametrize("role", [Role.PROVINCE_ADMIN, Role.OFFICER, Role.SECRETARY])
def test_a_list_offers_to_add_exactly_where_the_form_opens(client, role):
    client.force_login(make_staff(unit=make_unit(), role=role))

    lists = {model._meta.label: adding(client, model) for model in admin.site._registry}

    shown = {label: said for label, said in lists.items() if said}
    assert {label: said for label, said in shown.items() if said["offered"] != said["opens"]} == {}
    assert {said["opens"] for said in shown.values()} == {True, False}


def test_tables_of_libraries_are_no_part_of_the_desk():
    labels = {model._meta.label for model in admin.site._registry}

    assert (
        labels & {"account.EmailAddress", "auth.Group", "mfa.Authenticator", "usersessions.UserSession"}
        == set()
    )
    assert "members.Member" in labels
