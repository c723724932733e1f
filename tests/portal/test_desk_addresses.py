"""Addresses of the web admin that name no row: there is no such page."""

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from events.models import Certificate
from tests.factories.certificates import make_certificate
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province(client):
    unit = make_unit()
    client.force_login(make_staff(unit=unit, role=Role.PROVINCE_ADMIN))
    return unit


def pages_of_rows(key):
    """Every address of the web admin that opens one row, with the key in its place."""
    for model, desk in admin.site._registry.items():
        base = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        yield from (f"{base}{key}/", f"{base}{key}/change/", f"{base}{key}/history/", f"{base}{key}/delete/")
        for name in desk.actions_detail:
            steps = name["items"] if isinstance(name, dict) else [name]
            yield from (f"{base}{key}/{step.replace('_', '-')}/" for step in steps)


@pytest.mark.parametrize("key", ["abc", "1x", "0", "-1", "²", "9223372036854775808", "9" * 60])
def test_what_cannot_be_a_key_has_no_page(client, key):
    answers = {page: client.get(page).status_code for page in pages_of_rows(key)}

    assert reverse("admin:members_member_changelist") + f"{key}/change/" in answers
    assert {page: status for page, status in answers.items() if status != 404} == {}


@pytest.mark.parametrize("name", ["members_member", "events_event", "programs_squad", "units_unit"])
def test_a_row_that_is_not_there_has_no_page(client, name):
    pages = [reverse(f"admin:{name}_{page}", args=[2**63 - 1]) for page in ("change", "history")]

    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert client.post(pages[0]).status_code == 404


@pytest.mark.parametrize("key", [2**63, 10**40])
def test_a_huge_number_among_the_steps_of_an_import_has_no_page(client, key):
    page = reverse("admin:members_rosterimport_choose_unit", args=[key])

    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("core_auditentry_changelist", "at__year=0"),
        ("core_auditentry_changelist", "at=0001-01-01"),
        ("programs_squadactivity_changelist", f"done_on__year={'9' * 22}"),
        ("members_member_changelist", "unit__id__exact=abc"),
        ("members_member_changelist", f"unit__id__exact={'9' * 22}"),
        ("programs_club_changelist", f"program={'9' * 22}"),
        ("members_member_export", "abc=1"),
        ("members_member_add", "unit=abc"),
        ("programs_club_add", "unit=abc"),
        ("units_unit_changelist", "p=abc"),
    ],
)
def test_a_question_nobody_can_answer_breaks_no_page(client, name, question):
    assert client.get(f"{reverse(f'admin:{name}')}?{question}").status_code in (200, 302, 404)


def test_the_desk_links_to_a_rows_own_page_and_leads_to_no_other_by_its_key(client, province):
    certificate, foreign = make_certificate(host=province), make_certificate(host=make_unit())
    kind = ContentType.objects.get_for_model(Certificate).pk

    page = client.get(reverse("admin:events_certificate_change", args=[certificate.pk])).content.decode()
    led = client.get(f"{reverse('admin:index')}r/{kind}/{foreign.pk}/")

    assert f'href="{certificate.get_absolute_url()}"' in page
    assert led.status_code == 404


def test_a_button_nobody_gave_one_is_refused_inside_and_not_there_outside(client, province):
    commune = make_unit(parent=province)
    client.force_login(make_staff(unit=commune, role=Role.PROVINCE_LEADER))
    own, foreign = make_member(unit=commune), make_member(unit=province)
    pages = [reverse("admin:members_member_name_guardian", args=[one.pk]) for one in (own, foreign)]

    answers = [client.post(page).status_code for page in pages]

    assert answers == [403, 404]
