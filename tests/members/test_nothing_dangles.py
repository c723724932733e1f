"""Keys that the database itself does not check, so that long lists are written quickly (decision 0003)."""

import json
import zlib

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ProtectedError

from core.crypto import encrypt
from members import actions
from members.actions import staging
from members.models import Affiliation, Member, Provenance, RosterBlock, RosterImport, RosterRow
from tests.factories.imports import make_applied, make_import, make_roster
from tests.factories.units import make_unit, make_user

pytestmark = pytest.mark.django_db
PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005", "phone": "0912345678"}
BICH = {"name": "Hoàng Thị Bích", "born": "03/04/2004"}


def unchecked():
    """Foreign keys of the members' tables that the database does not check; versions keep what is gone."""
    fields = [field for model in apps.get_app_config("members").get_models() for field in model._meta.fields]
    keys = [field for field in fields if isinstance(field, ForeignKey) and not field.db_constraint]
    return [key for key in keys if key.model is not Member.history.model or key.name == "history_user"]


def dangling():
    """How many rows hold a key that leads nowhere, by the field that holds it."""
    found = {}
    for key in unchecked():
        held = key.model._base_manager.exclude(**{key.name: None})
        alive = key.related_model._base_manager.values("pk")
        found[f"{key.model.__name__}.{key.name}"] = held.exclude(**{f"{key.name}__in": alive}).count()
    return found


def test_after_lists_come_and_go_every_unchecked_key_leads_somewhere(binh_yen):
    by = make_user()
    kept = make_applied(PHONG, unit=binh_yen, by=by)
    undone = make_applied(PHONG | {"email": "phong@example.com"}, BICH, unit=binh_yen, by=by)
    actions.undo_roster(roster_import=undone, by=by)
    actions.work_on_import(roster_import_id=undone.pk)

    found = dangling()

    assert (Member.objects.get().provenance.get().roster_import, RosterRow.objects.count()) == (kept, 3)
    assert found == {
        "Affiliation.unit": 0,
        "HistoricalMember.history_user": 0,
        "Provenance.roster_import": 0,
        "RosterBlock.roster_import": 0,
        "RosterRow.member": 0,
        "RosterRow.roster_import": 0,
        "RosterRow.unit": 0,
    }


def test_what_leads_nowhere_would_be_found(binh_yen):
    roster_import = make_import(PHONG, unit=binh_yen)
    RosterBlock.objects.update(roster_import=roster_import.pk + 1)

    found = dangling()

    assert found["RosterBlock.roster_import"] == 1
    RosterBlock.objects.all().delete()


def test_a_list_read_while_somebody_in_it_was_removed_is_read_again(binh_yen, monkeypatch):
    make_applied(PHONG, unit=binh_yen)
    content = make_roster(PHONG, BICH)
    uploaded = actions.upload_roster(content=content, file_name="b.csv", unit=binh_yen, by=None)
    remember = staging.remember_reading

    def removed(*args):
        remember(*args)
        Provenance.objects.all().delete()
        Member.objects.all()._raw_delete(Member.objects.db)

    with monkeypatch.context() as patched:
        patched.setattr(staging, "remember_reading", removed)
        Affiliation.objects.all().delete()
        with pytest.raises(staging.MemberGone):
            actions.work_on_import(roster_import_id=uploaded.pk)
    RosterImport.objects.filter(pk=uploaded.pk).update(lease_until=None)
    actions.work_on_import(roster_import_id=uploaded.pk)

    uploaded.refresh_from_db()
    assert (uploaded.state, list(uploaded.rows.values_list("outcome", "member"))) == (
        RosterImport.State.READY,
        [("new", None), ("new", None)],
    )
    assert dangling()["RosterRow.member"] == 1  # that of the first list, whose member this test removed
    RosterRow.objects.exclude(roster_import=uploaded).update(member=None)


def test_a_unit_that_rows_or_stays_name_is_not_deleted(province):
    unit = make_unit(parent=province)
    make_applied(PHONG, unit=unit)
    Member.objects.get().provenance.all().delete()

    with pytest.raises(ProtectedError) as refused:
        unit.delete()

    named = {type(row).__name__ for row in refused.value.protected_objects}
    assert {"Affiliation", "RosterRow"} <= named


def test_blocks_of_long_ago_are_still_read(binh_yen):
    roster_import = make_import(PHONG, BICH, unit=binh_yen)
    places = sorted(roster_import.rows.values_list("place", flat=True))
    contents = roster_import.blocks.contents(places)
    lines = "\n".join(json.dumps(contents[place], ensure_ascii=False) for place in places)
    roster_import.blocks.update(sealed=encrypt(zlib.compress(lines.encode())))

    found = roster_import.blocks.contents(places)

    assert [found[place]["fields"]["full_name"] for place in places] == ["Hà Văn Phong", "Hoàng Thị Bích"]
    assert found == contents
