"""Scopes taken out one at a time: the matrix says where."""

import pytest
from django.core.cache import cache
from django.shortcuts import get_object_or_404

from events.models import Session
from events.views import check_in
from members.admin.member import MemberAdmin
from members.models import Member
from programs.models.squad import SquadQuerySet
from tests.scope.addresses import keyed_addresses, plain_addresses
from tests.scope.crossing import outside_rows, visitor, wrong_inside, wrong_outside
from tests.scope.forging import forged
from tests.scope.world import OUTSIDE, build_world
from units.admin.choices import NarrowedForms
from units.admin.scoped import ScopedAdmin
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.PORTAL_REQUIRE_MFA, settings.MEDIA_ROOT = False, tmp_path
    cache.clear()
    return build_world()


def found_outside(world, *names, role=Role.SECRETARY):
    """What the matrix says of these addresses with rows outside."""
    cases = [one for place in OUTSIDE for one in keyed_addresses(world.places[place]) if one.name in names]
    return wrong_outside(world, visitor(world.people[role]), cases, before=outside_rows(world))


def found_inside(world, *names, role=Role.SECRETARY):
    """What the matrix says of these pages, looked at and sent what lies outside."""
    cases = [one for one in plain_addresses() if one.name in names]
    assert len(cases) == len(names)
    return wrong_inside(world, visitor(world.people[role]), cases, before=outside_rows(world), forge=forged)


def test_a_list_of_the_desk_that_is_not_narrowed_is_noticed(world, monkeypatch):
    sound = found_outside(world, "admin:members_member_history", "admin:members_member_change")
    monkeypatch.setattr(MemberAdmin, "get_queryset", lambda *_: Member.objects.all())

    wrong = found_outside(world, "admin:members_member_history", "admin:members_member_change")

    assert sound == {}
    assert {"get admin:members_member_history (sister)", "get admin:members_member_change (parent)"} <= set(
        wrong
    )


def test_the_narrowing_of_every_list_at_once_is_noticed_in_what_the_lists_show(world, monkeypatch):
    names = ("admin:members_member_changelist", "admin:programs_squad_changelist")
    sound = found_inside(world, *names)
    monkeypatch.setattr(ScopedAdmin, "rows_in", lambda _, rows, scope: rows)

    wrong = found_inside(world, *names)

    assert sound == {}
    assert {f"get {name} ()" for name in names} <= set(wrong)


def test_a_queryset_that_leaves_its_scope_aside_is_noticed_on_the_staff_pages(world, monkeypatch):
    names = ("programs:squad-detail", "programs:activity-create")
    sound = found_outside(world, *names, role=Role.SQUAD_LEADER)
    monkeypatch.setattr(SquadQuerySet, "within", lambda rows, scope: rows, raising=False)

    wrong = found_outside(world, *names, role=Role.SQUAD_LEADER)

    assert sound == {}
    assert set(wrong) == {
        f"{method} {name} ({place})" for method in ("get", "post") for name in names for place in OUTSIDE
    }


def test_a_page_that_looks_its_row_up_without_a_scope_is_noticed_with_what_it_changes(world, monkeypatch):
    names = ("events:check-in-list", "events:attendance-mark")
    sound = found_outside(world, *names, role=Role.DOORKEEPER)
    monkeypatch.setattr(check_in, "_session", lambda _, pk: get_object_or_404(Session.objects, pk=pk))

    wrong = found_outside(world, *names, role=Role.DOORKEEPER)

    assert sound == {}
    assert wrong["get events:check-in-list (sister)"] == (200, [])
    assert "post events:attendance-mark (sister)" in wrong


def test_a_file_that_holds_more_than_its_list_is_noticed(world, monkeypatch):
    sound = found_inside(world, "admin:members_member_export")
    monkeypatch.setattr(MemberAdmin, "get_export_queryset", lambda *_: Member.objects.all())

    wrong = found_inside(world, "admin:members_member_export")

    assert sound == {}
    assert wrong["get admin:members_member_export ()"] == "shows what lies outside"


def test_a_form_that_offers_what_lies_outside_is_noticed_by_what_it_takes(world, monkeypatch):
    names = ("admin:programs_squad_add", "admin:programs_club_add")
    sound = found_inside(world, *names)
    monkeypatch.setattr(
        NarrowedForms, "choices_for", lambda _, field, request: field.remote_field.model.objects.all()
    )

    wrong = found_inside(world, *names)

    assert sound == {}
    assert "programs.Squad" in wrong["post admin:programs_squad_add ()"]
    assert "programs.Club" in wrong["post admin:programs_club_add ()"]


def test_a_pick_list_that_tells_what_lies_outside_is_noticed(world, monkeypatch):
    name = "admin:autocomplete members.Member.unit"
    sound = found_inside(world, name)
    monkeypatch.setattr(
        NarrowedForms, "choices_for", lambda _, field, request: field.remote_field.model.objects.all()
    )

    wrong = found_inside(world, name)

    assert sound == {}
    assert wrong[f"get {name} ()"] == "shows what lies outside"
