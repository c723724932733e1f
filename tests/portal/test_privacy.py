"""Personal data is accounted for: no table about a member is missing from the list or the document."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from members.models import Member
from portal.holdings import HOLDINGS
from portal.privacy import held_about
from tests.factories.members import make_member

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "privacy.md"


def tables_pointing_at_members():
    return {
        model._meta.label_lower
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is Member
    }


def test_walk_sees_the_tables():
    assert {"members.affiliation", "events.registration"} <= tables_pointing_at_members()


def test_every_table_about_a_member_is_in_the_list():
    listed = {holding.table for holding in HOLDINGS}

    assert (tables_pointing_at_members() | {Member._meta.label_lower}) - listed == set()


def test_every_listed_table_exists():
    known = {model._meta.label_lower for model in apps.get_models()}

    assert {holding.table for holding in HOLDINGS} - known == set()


def test_every_table_of_the_list_stands_in_the_document():
    documented = set(re.findall(r"^\| `([a-z_.]+)` \|", DOCUMENT.read_text(), re.MULTILINE))

    assert {holding.table for holding in HOLDINGS} - documented == set()


@pytest.mark.django_db
def test_every_path_of_the_list_can_be_read():
    member = make_member()

    assert [table.title for table in held_about(member)] == ["Hồ sơ đoàn viên", "Các lần hồ sơ thay đổi"]
