"""A roster import as staff look through it before, and after, it is applied."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from members.models import RosterImport, RosterRow, with_contents
from members.models.roster_row import NUMBER_TAKEN
from members.queries.kept_values import kept_values
from members.rules.changes import Policy
from members.rules.facts import LABELS
from members.rules.settled import SWAPPED, settled_fields
from members.rules.shown import hide_numbers, shown_fact
from units.models import Unit

PAGE_SIZE = 50
KEPT = "kept"
DATES = "dates"
MINORS = "minors"
EVERY_FIX = "*"
NOT_KEPT = "Nội dung đã được xóa."
LEFT_ALONE = "Đã có, không thay đổi theo lựa chọn"
Outcome = RosterRow.Outcome

# The kinds of repair, as chips say them: every code of level "fix" that members.roster gives.
FIX_KINDS = {
    "name_recased": "Viết hoa họ tên",
    "name_trimmed": "Bỏ dấu thừa ở họ tên",
    "legacy_text": "Chuyển bảng mã cũ",
    "unit_successor": "Xã cũ sang xã mới",
    "unit_alias": "Tên gọi khác của đơn vị",
    "phone_zero_added": "Thêm số 0 đầu điện thoại",
    "phone_new_prefix": "Đầu số 11 sang 10 số",
    "phone_letters": "Chữ trong số điện thoại",
    "phone_two": "Hai số điện thoại",
    "two_digit_year": "Năm viết hai chữ số",
    "year_as_date": "Chỉ có năm",
    "day_month_swapped": "Đảo ngày và tháng",
    "date_serial": "Số ngày của Excel",
    "date_digits": "Ngày viết liền",
    "date_letters": "Chữ O trong ngày",
    "date_utc": "Ngày theo giờ quốc tế",
    "date_beside": "Bỏ nơi chốn quanh ngày",
    "ditto": "Chép dòng trên",
    "citizen_id_zeros_added": "Bù số 0 căn cước",
    "citizen_id_old": "Chứng minh nhân dân cũ",
    "sex_from_citizen_id": "Giới tính theo căn cước",
    "sex_as_number": "Giới tính ghi bằng số",
    "position_written_out": "Viết đủ chức vụ",
    "email_blanks": "Bỏ dấu cách trong email",
    "email_several": "Nhiều email trong một ô",
    "email_beside": "Bỏ chữ thừa quanh email",
    "repeated": "Trùng dòng trước",
}
FIELD_LABELS = {
    "full_name": "Họ và tên",
    "date_of_birth": "Ngày sinh",
    "sex": "Giới tính",
    "phone": "Điện thoại",
    "phone_other": "Điện thoại khác",
    "citizen_id": "Số căn cước",
    "ethnic_group": "Dân tộc",
    "religion": "Tôn giáo",
    "unit_code": "Đơn vị",
    "branch": "Chi đoàn",
    "position": "Chức vụ",
    "joined_on": "Ngày vào Đoàn",
    "email": "Email",
}
# The columns of a sheet, by what its header said, whose cells a field was read from.
ROLES_OF = {
    "full_name": ("full_name", "family_name", "given_name"),
    "date_of_birth": (
        "date_of_birth",
        "date_of_birth_male",
        "date_of_birth_female",
        "birth_day",
        "birth_month",
        "birth_year",
    ),
    "sex": ("sex", "male", "female"),
    "joined_on": ("joined_on", "joined_day", "joined_month", "joined_year"),
    "position": ("position", "position_and_unit"),
    "unit_code": ("unit_code", "position_and_unit", "district"),
}
_WHERE = re.compile(r"^Dòng \d+(, |: )")


@dataclass(frozen=True)
class RowFilter:
    """Which rows a page of the preview shows. `after` and `before` are places, `asked_from` of a question."""

    outcome: str = ""
    fix: str = ""
    after: int | None = None
    before: int | None = None
    asked_from: int | None = None


@dataclass(frozen=True)
class Figure:
    """How many rows have one outcome, and its piece of the bar in percent."""

    outcome: str
    label: str
    count: int
    start: float
    width: float


@dataclass(frozen=True)
class Fix:
    """One kind of repair and in how many cells it was made."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Entry:
    """One value of a row: what was there, what it becomes, and what is to be said about it.

    `level` is fix, warning, error, change, or kept. `field` is set when staff may drop the value.
    """

    level: str
    label: str
    old: str
    new: str
    note: str
    field: str = ""


@dataclass(frozen=True)
class ShownRow:
    """One line of the preview."""

    row: RosterRow
    name: str
    unit: str
    entries: list[Entry] = field(default_factory=list)
    why: str = ""

    @property
    def is_minor(self) -> bool:
        """Whether the line is used and its person a child in law today."""
        until = self.row.minor_until
        is_used = self.row.outcome != Outcome.REJECTED
        return is_used and until is not None and until > timezone.localdate()


@dataclass(frozen=True)
class RowPage:
    """One page of rows; `back` and `forward` are the places that the pages beside it start from."""

    rows: list[ShownRow]
    back: int | None
    forward: int | None


def figures(roster_import: RosterImport) -> list[Figure]:
    """Every outcome with its share of the bar. No query."""
    counts = roster_import.outcomes
    total, start, found = sum(counts.values()) or 1, 0.0, []
    for outcome, label in Outcome.choices:
        width = 100 * counts[outcome] / total
        found.append(Figure(outcome, label, counts[outcome], start, width))
        start += width
    return found


def minor_count(roster_import: RosterImport) -> int:
    """How many people of the list are children in law today. One query."""
    return roster_import.rows.minors_at(timezone.localdate()).count()


def fixes(roster_import: RosterImport) -> list[Fix]:
    """The kinds of repair, the most frequent first. No query."""
    counted = roster_import.tallies.get("fixes", {})
    found = [Fix(code, FIX_KINDS.get(code, code), count) for code, count in counted.items() if count]
    return sorted(found, key=lambda fix: (-fix.count, fix.label))


def rows_page(roster_import: RosterImport, chosen: RowFilter) -> RowPage:
    """The rows of one page, in the order of the file. At most four queries."""
    rows = _chosen_rows(roster_import, chosen).select_related("unit")
    back: int | None
    forward: int | None
    if chosen.before is not None:
        found = list(rows.filter(place__lt=chosen.before).order_by("-place")[: PAGE_SIZE + 1])
        more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE][::-1]
        back, forward = (found[0].place if more and found else None), chosen.before - 1
    else:
        after = -1 if chosen.after is None else chosen.after
        found = list(rows.filter(place__gt=after).order_by("place")[: PAGE_SIZE + 1])
        more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
        back = found[0].place if found and chosen.after is not None else None
        forward = found[-1].place if more else None
    return RowPage(shown_rows(roster_import, found, kind=chosen.fix), back, forward)


def _chosen_rows(roster_import: RosterImport, chosen: RowFilter) -> QuerySet[RosterRow]:
    rows = roster_import.rows.all()
    if chosen.outcome == KEPT:
        rows = rows.exclude(kept_reason="")
    elif chosen.outcome == DATES:
        rows = rows.dated()
    elif chosen.outcome == MINORS:
        rows = rows.minors_at(timezone.localdate())
    elif chosen.outcome:
        rows = rows.filter(outcome=chosen.outcome)
    if chosen.fix == EVERY_FIX:
        return rows.exclude(fixes="")
    if chosen.fix:
        code = chosen.fix
        return rows.exclude(fixes="").filter(
            Q(fixes=code)
            | Q(fixes__startswith=f"{code} ")
            | Q(fixes__endswith=f" {code}")
            | Q(fixes__contains=f" {code} ")
        )
    return rows


def shown_rows(roster_import: RosterImport, rows: Iterable[RosterRow], *, kind: str = "") -> list[ShownRow]:
    """The rows in words; with `kind` only the repairs of that kind. Six queries at most."""
    found = with_contents(list(rows))
    kept = {} if kind else kept_values(roster_import, found)
    told = [*(row.changes for row in found), *kept.values()]
    keys = {int(key) for changes in told for key in changes.get("unit", ()) if key.isdigit()}
    places = {str(unit.pk): unit.title for unit in Unit.objects.filter(pk__in=keys)}
    columns = {sheet["name"] or "": sheet.get("columns", {}) for sheet in roster_import.sheets}
    return [
        ShownRow(
            row,
            row.full_name or "Chưa đọc được họ tên",
            row.unit.title if row.unit else "",
            [
                *_entries(row, columns.get(row.sheet, {}), places, kind),
                *(
                    _kept(name, pair, places)
                    for name, pair in kept.get(row.place, {}).items()
                    if name in LABELS
                ),
            ],
            _why(roster_import, row),
        )
        for row in found
    ]


def _why(roster_import: RosterImport, row: RosterRow) -> str:
    """Why a row of somebody known does nothing, where that was chosen; a blank otherwise."""
    is_known = row.outcome == Outcome.UNCHANGED and row.member_id is not None and row.same_as is None
    return LEFT_ALONE if is_known and roster_import.policy == Policy.ONLY_NEW else ""


def _entries(
    row: RosterRow, columns: Mapping[str, str], places: Mapping[str, str], kind: str
) -> Iterator[Entry]:
    kept = row.content
    if not kind:
        for name, (old, new) in row.changes.items():
            if name in LABELS:
                yield _change(name, old, new, places)
    for problem in row.problems:
        is_fix = problem["level"] == "fix"
        if not kind or (is_fix and kind in (EVERY_FIX, problem["code"])):
            yield _noticed(row, problem, kept, columns)


def _kept(name: str, pair: list[str], places: Mapping[str, str]) -> Entry:
    old, new = pair
    if name == "unit":
        old, new = places.get(old, ""), places.get(new, "")
    note = f"Giữ như đang có; file ghi: {shown_fact(name, new)}"
    return Entry("kept", LABELS[name], shown_fact(name, old), "", note)


def _change(name: str, old: str, new: str, places: Mapping[str, str]) -> Entry:
    if name == "unit":
        old, new = places.get(old, ""), places.get(new, "")
    note = "Chuyển đơn vị" if name == "unit" else "Thay giá trị đang có" if old else "Bổ sung"
    return Entry("change", LABELS[name], shown_fact(name, old), shown_fact(name, new), note)


def _noticed(row: RosterRow, problem: Mapping[str, str], kept: Mapping[str, Any], columns) -> Entry:
    name, level = problem["field"], problem["level"]
    may_drop = level == "fix" and name != "full_name" and row.applied_at is None
    value = settled_fields(kept, row.decision).get(name, "")
    if any(one["field"] == name and one["code"] == NUMBER_TAKEN for one in row.problems):
        value = ""
    if name == "unit_code":
        value = row.unit.title if row.unit else ""
    return Entry(
        level=level,
        label=FIELD_LABELS.get(name, name),
        old=_in_file(name, kept["raw"], columns),
        new=shown_fact(name, value) if level != "error" else "",
        note=FIX_KINDS.get(problem["code"], "") if level == "fix" else said(problem["message"]),
        field=name if may_drop and problem["code"] not in ("repeated", SWAPPED) else "",
    )


def said(message: str) -> str:
    """What a problem says, without the row it stands beside and without a citizen number."""
    text = _WHERE.sub("", hide_numbers(message)) or NOT_KEPT
    return text[:1].upper() + text[1:]


def _in_file(name: str, raw: list[str], columns: Mapping[str, str]) -> str:
    roles = ROLES_OF.get(name, (name,))
    cells = [raw[int(column)] for column, role in columns.items() if role in roles and int(column) < len(raw)]
    text = " ".join(cell for cell in cells if cell)
    return hide_numbers(text, every=name == "citizen_id")
