"""Cells of a column that stands in the list twice: they fill gaps, and where they differ a person looks."""

from collections.abc import Callable
from datetime import date

from core.spreadsheets import Value
from members.roster.cells import shown
from members.roster.citizen_id import read_citizen_id
from members.roster.columns import NAME_ROLES, Role
from members.roster.dates import birth_century, joining_century, read_date
from members.roster.draft import Draft
from members.roster.findings import Finding, Found
from members.roster.groups import read_ethnic_group
from members.roster.marks import is_mark, is_marked, read_sex

_FIELDS = {
    **dict.fromkeys((Role.BIRTH, Role.BIRTH_MALE, Role.BIRTH_FEMALE), "date_of_birth"),
    **dict.fromkeys((Role.MALE, Role.FEMALE), "sex"),
    **dict.fromkeys(NAME_ROLES, "full_name"),
    Role.POSITION_AND_UNIT: "position",
}


def take_doubles(draft: Draft, settled: Callable[[int, Role, Value], Value], today: date) -> None:
    """Let the second columns of a row fill the blanks of the first, and note where the two differ."""
    cells = draft.line.cells
    for column, main in draft.header.repeats.doubles:
        role = draft.header.roles.get(main)
        cell = cells[column] if column < len(cells) else ""
        if not cell or role is None or (role is Role.ETHNIC_GROUP and is_mark(cell)):
            continue
        value = settled(column, role, cell)
        if not value:
            continue
        if main not in draft.values or _only_the_other_is_one(role, draft.values[main], value, today):
            draft.values[main] = value
        elif _differ(role, draft.values[main], value, today):
            both = f"'{shown(draft.values[main])}' và '{shown(value)}'"
            told = "hai số" if role is Role.CITIZEN_ID else both
            sentence = f"hai cột cùng loại ghi khác nhau ({told}), lấy cột đầu"
            name = _FIELDS.get(role, role.value)
            draft.note(name, [Finding("columns_differ", "warning", sentence)], main)


def _only_the_other_is_one(role: Role, one: Value, other: Value, today: date) -> bool:
    """An old identity card beside a citizen number: the number counts."""
    if role is not Role.CITIZEN_ID:
        return False
    return not _read(role, one, today).value and bool(_read(role, other, today).value)


def _differ(role: Role, one: Value, other: Value, today: date) -> bool:
    if one == other or role in (Role.EMAIL, Role.MALE, Role.FEMALE) and is_marked(shown(other)):
        return False
    first, second = _read(role, one, today).value, _read(role, other, today).value
    if not first or not second:
        return role not in (Role.CITIZEN_ID,) and bool(second)
    return not (first.startswith(second) or second.startswith(first))


def _read(role: Role, cell: Value, today: date) -> Found:
    """What the cell says, as far as comparing needs it."""
    if role in (Role.BIRTH, Role.BIRTH_MALE, Role.BIRTH_FEMALE):
        return read_date(cell, birth_century(today))
    if role is Role.JOINED:
        return read_date(cell, joining_century(today))
    text = shown(cell)
    if role is Role.CITIZEN_ID:
        return read_citizen_id(text, None, None, today.year)
    if role is Role.SEX:
        return read_sex(text)
    if role is Role.ETHNIC_GROUP:
        return read_ethnic_group(text)
    return Found(" ".join(text.casefold().split()))
