"""What pick-lists of the web admin tell, in forms and in filters."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories.certificates import make_certificate
from tests.factories.events import make_event, make_registration
from tests.factories.members import make_member
from tests.factories.programs import make_squad
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên", code="19")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


def sign_in(client, unit, role=Role.SECRETARY):
    user = make_staff(unit=unit, role=role)
    client.force_login(user)
    return user


def ask(client, label, field, term=""):
    app_label, model_name = label.split(".")
    asked = {"app_label": app_label, "model_name": model_name, "field_name": field, "term": term}
    return client.get(reverse("admin:autocomplete"), asked)


def offered(response):
    return [row["text"] for row in response.json()["results"]]


def keys_to_accounts():
    """Every key to an account that any table holds, as one would ask for it."""
    user = type(make_user())
    for model in admin.site._registry:
        for field in model._meta.get_fields(include_hidden=False):
            if field.is_relation and field.concrete and field.related_model is user:
                yield model._meta.label_lower, field.name


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.OFFICER, Role.PROVINCE_LEADER])
def test_no_pick_list_tells_accounts_to_those_who_give_no_roles(client, province, role):
    make_user(email="x@example.vn")
    sign_in(client, province, role)
    asked = list(keys_to_accounts())

    answers = {key: ask(client, *key, term="x@example.vn").status_code for key in asked}

    assert ("events.registration", "registered_by") in asked
    assert answers == dict.fromkeys(asked, 403)


def test_whoever_gives_roles_finds_accounts_by_name_in_order(client, province):
    sign_in(client, province, Role.PROVINCE_ADMIN)
    make_user(full_name="Ma Thị Lan")
    make_staff(unit=make_unit(parent=province), user=make_user(full_name="Ma Thị Bình"))
    make_staff(unit=make_unit(), user=make_user(full_name="Ma Thị Xa"))

    response = ask(client, "units.roleassignment", "user", "Ma Thị")

    assert offered(response) == ["Ma Thị Bình", "Ma Thị Lan"]
    assert ask(client, "events.registration", "registered_by", "Ma").status_code == 403


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("members.member", "code"),
        ("members.member", "nothing"),
        ("members.member", ""),
        ("members.nothing", "unit"),
        ("nothing.at-all", "unit"),
        ("events.session", "event"),
    ],
)
def test_what_stands_on_no_page_is_refused(client, commune, label, field):
    sign_in(client, commune)

    assert ask(client, label, field).status_code == 403


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("events.registration", "event"),
        ("events.attendance", "registration__event"),
        ("events.scan", "event"),
        ("events.certificate", "record__event"),
    ],
)
def test_a_filter_neither_offers_nor_names_events_of_others(client, province, commune, label, path):
    make_event(host=commune, title="Lớp của xã")
    foreign = make_event(host=make_unit(parent=province), title="Bản nháp xã bạn")
    sign_in(client, commune)
    page = reverse(f"admin:{label.replace('.', '_')}_changelist")

    response = client.get(page, {f"{path}__id__exact": foreign.pk})

    assert offered(ask(client, label, path)) == ["Lớp của xã"]
    assert list(response.context["cl"].result_list) == []
    assert "Bản nháp xã bạn" not in response.content.decode()


def test_a_filter_narrows_to_the_row_picked_and_says_its_name(client, commune):
    picked, other = (make_event(host=commune, title=title) for title in ("Lớp học", "Hội trại"))
    registrations = [make_registration(event=event, member=make_member()) for event in (picked, other)]
    sign_in(client, commune)

    response = client.get(reverse("admin:events_registration_changelist"), {"event__id__exact": picked.pk})

    page = response.content.decode()
    assert list(response.context["cl"].result_list) == registrations[:1]
    assert f'<option value="{picked.pk}" selected' in page
    assert 'data-model-name="registration"' in page
    assert 'data-field-name="event"' in page


def test_training_is_narrowed_to_events_where_members_of_the_branch_learnt(client, province, commune):
    make_certificate(member=make_member(unit=commune), host=province, title="Lớp của tỉnh")
    make_event(host=province, title="Bản nháp của tỉnh")
    sign_in(client, commune)

    assert offered(ask(client, "events.trainingrecord", "event")) == ["Lớp của tỉnh"]


def test_the_squad_of_another_commune_is_not_named(client, province, commune):
    foreign = make_squad(unit=make_unit(parent=province), name="Đội hình xã bạn")
    sign_in(client, commune)

    response = client.get(
        reverse("admin:programs_squadactivity_changelist"), {"squad__id__exact": foreign.pk}
    )

    assert "Đội hình xã bạn" not in response.content.decode()


@pytest.mark.parametrize("typed", ["abc", "-1", "0", "²", "9" * 40])
def test_what_is_no_key_narrows_to_nothing(client, commune, typed):
    make_registration(event=make_event(host=commune), member=make_member())
    sign_in(client, commune)

    response = client.get(reverse("admin:events_registration_changelist"), {"event__id__exact": typed})

    assert list(response.context["cl"].result_list) == []
