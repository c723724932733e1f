"""Columns left out of an import are gone before a row is looked at."""

import io
import json

import openpyxl
import pytest

from core.crypto import decrypt_json
from members.documents import error_workbook
from members.models import RosterImport
from members.roster import UnitBook, read_roster
from members.roster.corrections import Corrections
from members.roster.withheld import KINDS, UNREAD
from tests.factories.imports import make_import_of
from tests.factories.rosters import make_csv
from tests.members.roster_reading.lists import PLAIN, STRANGE

SECRETS = {
    "ethnic_group": ["Tày", "Nùng"],
    "religion": ["Phật giáo"],
    "citizen_id": ["019304001234", "019205001235"],
    "phone": ["0912345671", "0912345672"],
    UNREAD: ["Định Hóa", "Phú Lương"],
}


def read(rows, *without):
    corrections = Corrections(without=frozenset(without))
    return read_roster(make_csv(rows), "a.csv", book=UnitBook(), corrections=corrections)


@pytest.mark.parametrize("kind", SECRETS)
def test_a_column_left_out_is_nowhere_in_what_was_read(kind):
    everything = repr(read(PLAIN))

    left = repr(read(PLAIN, kind))

    assert [secret for secret in SECRETS[kind] if secret not in everything] == []
    assert [secret for secret in SECRETS[kind] if secret in left] == []


def test_the_other_columns_are_read_as_before():
    kept, less = read(PLAIN), read(PLAIN, "religion", "citizen_id")

    without = [
        {name: value for name, value in row.fields.items() if name not in ("religion", "citizen_id", "sex")}
        for row in kept.rows
    ]
    assert [row.fields for row in less.rows] == without
    assert less.rows[0].raw == ("1", "Ma Thị Lan", "12/3/2004", "0912345671", "Tày", "", "", "Định Hóa")


def test_nobody_is_lost_when_their_only_value_is_left_out():
    rows = [
        ["STT", "Họ và tên", "Số CCCD"],
        ["1", "Ma Thị Lan", "019304001234"],
        ["", "Hà An", "019205001235"],
    ]

    assert len(read(rows, "citizen_id").rows) == len(read(rows).rows) == 2


def test_columns_about_the_same_thing_go_too():
    rows = [
        ["STT", "Họ và tên", "Dân tộc, tôn giáo", "Ngày cấp CCCD"],
        ["1", "Ma Thị Lan", "Tày, Phật giáo", "01/02/2021"],
    ]

    [row] = read(rows, "religion", "citizen_id").rows

    assert row.raw == ("1", "Ma Thị Lan", "", "")


def test_a_line_that_is_no_person_keeps_none_of_it():
    rows = [*PLAIN, ["Tổng cộng: 2", "", "", "", "", "", "019304009999"]]

    reading = read(rows, "citizen_id")

    assert "019304009999" not in repr(reading)
    assert [one.text for one in reading.sheets[0].left_out] == ["Tổng cộng: 2"]


def test_a_ditto_mark_does_not_bring_it_back():
    rows = [*PLAIN, ["3", "Lý Thị Xuân", "5/6/2003", "0912345673", "nt", "nt", "", ""]]

    assert "ethnic_group" not in read(rows, "ethnic_group").rows[2].fields


@pytest.mark.django_db
def test_nothing_of_it_is_staged_or_sent_back(commune):
    broken = ["3", "", "31/31/2003", "0912", "Dao", "Tin Lành", "019303001236", "Đại Từ"]
    kinds = ["citizen_id", "religion", "ethnic_group"]
    roster_import = make_import_of(make_csv([*PLAIN, broken]), unit=commune, without=kinds)

    rows = list(roster_import.rows.order_by("place"))
    sealed = json.dumps([row.content for row in rows], ensure_ascii=False)
    heads = json.dumps(decrypt_json(bytes(roster_import.heads.sealed)), ensure_ascii=False)
    book = openpyxl.load_workbook(io.BytesIO(error_workbook(roster_import)))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    told = sealed + heads + " ".join(cells) + repr([(row.problems, row.changes) for row in rows])
    secrets = ["Tày", "Nùng", "Dao", "Phật giáo", "Tin Lành", "019304001234", "019303001236", "1236"]
    assert [secret for secret in secrets if secret in told] == []
    assert roster_import.without == sorted(kinds)
    assert "Ma Thị Lan" in sealed


@pytest.mark.django_db
def test_nothing_of_it_is_kept_of_a_file_without_a_known_header(commune):
    roster_import = make_import_of(make_csv(STRANGE), unit=commune, without=["ethnic_group", "phone"])

    heads = json.dumps(decrypt_json(bytes(roster_import.heads.sealed)), ensure_ascii=False)
    assert roster_import.state == RosterImport.State.FAILED
    assert [word for word in ("Tày", "Nùng", "5671") if word in heads] == []
    assert "Công dân" in heads


def test_every_kind_has_its_words():
    assert set(KINDS) == {*SECRETS, "email"}
