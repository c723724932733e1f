import ast

import pytest

from members.queries import preview
from members.queries.preview import FIX_KINDS, Figure, Fix, RowFilter, figures, fixes, rows_page, said
from members.queries.tallies import tally
from members.rules.shown import hide_numbers, shown_fact
from tests.architecture.source import modules
from tests.factories.imports import make_applied, make_import
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db

NAMES = ["AN", "BÌNH", "CÚC", "DUNG", "GIANG"]


@pytest.fixture
def commune(settings):
    return make_unit(parent=make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên"), name="Bình Yên")


def people(*names):
    return [
        {"name": f"HOÀNG THỊ {name}", "born": f"{2000 + place}", "sex": "Nữ", "phone": f"98765432{place}"}
        for place, name in enumerate(names)
    ]


def names_of(page):
    return [shown.name for shown in page.rows]


def test_figures_cover_the_bar(commune):
    roster_import = make_import(
        *people("AN"), {"name": "", "born": "2004", "phone": "0912345678"}, unit=commune
    )

    assert figures(roster_import) == [
        Figure("new", "Thêm mới", 1, 0.0, 50.0),
        Figure("updated", "Cập nhật", 0, 50.0, 0.0),
        Figure("unchanged", "Không đổi", 0, 50.0, 0.0),
        Figure("needs_decision", "Cần quyết định", 0, 50.0, 0.0),
        Figure("rejected", "Không dùng được", 1, 50.0, 50.0),
    ]


def test_fixes_are_counted_by_kind(commune):
    roster_import = make_import(*people("AN", "BÌNH"), unit=commune)

    assert fixes(roster_import) == [
        Fix("phone_zero_added", "Thêm số 0 đầu điện thoại", 2),
        Fix("name_recased", "Viết hoa họ tên", 2),
    ]


def test_pages_follow_the_file_both_ways(commune, monkeypatch):
    monkeypatch.setattr(preview, "PAGE_SIZE", 2)
    roster_import = make_import(*people(*NAMES), unit=commune)

    first = rows_page(roster_import, RowFilter())
    second = rows_page(roster_import, RowFilter(after=first.forward))
    third = rows_page(roster_import, RowFilter(after=second.forward))
    back = rows_page(roster_import, RowFilter(before=third.back))

    assert names_of(first) == ["Hoàng Thị An", "Hoàng Thị Bình"]
    assert names_of(third) == ["Hoàng Thị Giang"]
    assert (first.back, third.forward) == (None, None)
    assert names_of(back) == names_of(second) == ["Hoàng Thị Cúc", "Hoàng Thị Dung"]
    assert names_of(rows_page(roster_import, RowFilter(before=back.back))) == names_of(first)


def test_a_kind_of_fix_shows_what_was_and_what_will_be(commune):
    roster_import = make_import(*people("AN"), unit=commune)

    page = rows_page(roster_import, RowFilter(fix="phone_zero_added"))

    assert [(entry.label, entry.old, entry.new, entry.field) for entry in page.rows[0].entries] == [
        ("Điện thoại", "987654320", "0987 654 320", "phone")
    ]


def test_a_change_shows_old_and_new(commune):
    person = people("AN")[0]
    make_applied(person, unit=commune)
    roster_import = make_import(person | {"email": "an@example.vn"}, unit=commune)

    page = rows_page(roster_import, RowFilter(outcome="updated"))

    change = page.rows[0].entries[0]
    assert (change.label, change.old, change.new, change.note) == ("Email", "", "an@example.vn", "Bổ sung")


def test_a_tally_counts_what_is_written_and_what_is_not(commune):
    roster_import = make_applied(
        *people("AN", "BÌNH"), {"name": "", "born": "2004", "phone": "0912345678"}, unit=commune
    )

    counted = tally(roster_import)

    assert (counted.to_apply, counted.added, counted.written, counted.to_mend) == (0, 2, 2, 1)


def fix_codes():
    """Every code that the reader gives with level fix, from its source."""
    for path, tree in modules().items():
        if not path.startswith("members/roster/"):
            continue
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            texts = [getattr(argument, "value", None) for argument in call.args]
            if getattr(call.func, "id", "") == "fixed":
                yield texts[1]
            elif "fix" in texts and getattr(call.func, "id", "") in ("Finding", "Problem"):
                yield texts[texts.index("fix") - 1]


def test_every_kind_of_fix_has_a_name():
    assert {code for code in fix_codes() if code} - set(FIX_KINDS) == set()


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("born", "2005-09", "9/2005"),
        ("sex", "female", "Nữ"),
        ("phone", "+84912345678", "0912 345 678"),
        ("citizen_id", "019205001234", "••••••••1234"),
        ("branch_name", "Xóm 3", "Xóm 3"),
        ("phone", "", ""),
    ],
)
def test_facts_are_shown_as_people_write_them(name, value, shown):
    assert shown_fact(name, value) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("019205001234", "••••••••1234"),
        ("số 019 205 001 234 của", "số ••••••••1234 của"),
        ("0912345678", "0912345678"),
        ("+84 912 345 678", "+84 912 345 678"),
    ],
)
def test_citizen_numbers_are_hidden_and_phones_are_not(text, shown):
    assert hide_numbers(text) == shown


def test_a_problem_is_said_beside_its_row():
    assert said("Dòng 6, cột 'Ngày sinh': năm '00' là 2000.") == "Cột 'Ngày sinh': năm '00' là 2000."
    assert said("Dòng 6: chưa biết đơn vị.") == "Chưa biết đơn vị."
