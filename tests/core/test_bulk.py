"""What is written past the ORM comes back through it as it was given."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from core.bulk import commit_without_waiting, insert_rows, new_keys, taken, update_rows
from members.models import Member, RosterBlock, RosterRow
from tests.factories.imports import make_import
from tests.factories.members import make_member
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=UTC)
ODD = ["Đại\tVăn", "hai\ndòng", "\\N", "\\x41", "a\\b", "", " ", "'\"", "\r"]


def odd_members():
    """The columns of a member for every odd text, which stands in one column only plain ones share."""
    count = len(ODD)
    return {
        "id": new_keys(Member, count),
        "code": [f"DVTEST{place}" for place in range(count)],
        "full_name": ODD,
        "search_name": ["ma van dai"] * count,
        "born_on": [None if place % 2 else date(2005, 9, place + 1) for place in range(count)],
        "born_precision": ["" if place % 2 else "day" for place in range(count)],
        "user_id": [None] * count,
    }


def alike_in_all(unit):
    """What those members have in common, and the columns that are left blank."""
    blank = (
        "sort_key",
        "initials",
        "sex",
        "ethnic_group",
        "religion",
        "phone",
        "phone_other",
        "email",
        "citizen_id_hash",
    )
    blank += ("citizen_id_last4", "position", "sector", "joined_precision")
    said = {"unit_id": unit.pk, "branch_name": "tab\there", "status": "active"}
    return {**said, **dict.fromkeys(blank, ""), "joined_on": None, "created_at": AT, "updated_at": AT}


def test_texts_days_and_moments_come_back_as_they_were_given():
    own, alike = odd_members(), alike_in_all(make_unit())

    insert_rows(Member, own, alike)

    found = Member.objects.order_by("pk").values_list(*own)
    assert list(found) == list(zip(*own.values(), strict=True))
    assert set(Member.objects.values_list(*alike)) == {tuple(alike.values())}


def test_bytes_and_json_come_back_as_they_were_given():
    roster_import = make_import({"name": "Hà Văn Phong"}, unit=make_unit())
    row, sealed = roster_import.rows.get(), [bytes(range(256)), b"plain-ASCII_=", b"a\\b", b"\\x41", b""]
    said = [[{"code": "ngoặc \"kép\"\n\\"}], [], [{"level": "fix"}]]  # fmt: skip
    columns = {
        field.column: [getattr(row, field.attname)] * 3
        for field in RosterRow._meta.concrete_fields
        if field.column not in ("id", "place", "problems")
    }

    insert_rows(
        RosterBlock,
        {"first": [100, 200, 300, 400, 500], "sealed": sealed},
        {"roster_import_id": row.roster_import_id},
    )
    insert_rows(RosterRow, {**columns, "place": [7, 8, 9], "problems": said})

    kept = RosterBlock.objects.filter(first__gte=100).order_by("first").values_list("sealed", flat=True)
    assert [bytes(block) for block in kept] == sealed
    assert [again.problems for again in RosterRow.objects.filter(place__gte=7).order_by("place")] == said


def test_columns_of_unequal_length_are_refused():
    own, alike = odd_members(), alike_in_all(make_unit())

    with pytest.raises(ValueError, match="zip"):
        insert_rows(Member, {**own, "code": own["code"][:-1]}, alike)

    assert Member.objects.count() == 0


def test_nothing_is_inserted_where_nothing_is_given():
    insert_rows(Member, {"id": [], "code": []}, {"unit_id": 1})

    assert Member.objects.count() == 0


def test_rows_are_set_by_key_and_others_left():
    roster_import = make_import(*({"name": f"Hà Văn {name}"} for name in "ABC"), unit=make_unit())
    first, second, third = roster_import.rows.order_by("place")
    one, two = make_member(), make_member()

    update_rows(RosterRow, "member_id", {third.pk: one.pk, first.pk: two.pk}, {"applied_at": AT})

    found = roster_import.rows.order_by("place").values_list("pk", "member_id", "applied_at")
    assert list(found) == [(first.pk, two.pk, AT), (second.pk, None, None), (third.pk, one.pk, AT)]


def test_new_keys_are_nobodys():
    member = make_member()

    keys = new_keys(Member, 3)

    assert len(set(keys)) == 3
    assert min(keys) > member.pk
    assert min(new_keys(Member, 2)) > max(keys)
    assert make_member().pk > max(keys)


def test_codes_that_somebody_has_are_told():
    one, two = make_member(), make_member()
    make_member()

    found = taken(Member, "code", {one.code, two.code, "DVNOBODYS"})

    assert found == {one.code, two.code}


def test_what_need_not_wait_for_the_disk_is_written_all_the_same():
    with transaction.atomic():
        commit_without_waiting()
        make_member(full_name="Hà Văn Phong")

    assert Member.objects.get().full_name == "Hà Văn Phong"
