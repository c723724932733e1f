"""From one person's line to cleaned fields and to what should be said about them."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import cast

from core.spreadsheets import Value
from core.text import fold
from members.dates import PartialDate
from members.roster.cells import Handwriting, Text, is_ditto, is_error, shown
from members.roster.citizen_id import read_citizen_id, sex_in
from members.roster.columns import Role
from members.roster.contacts import read_email, read_position
from members.roster.doubles import take_doubles
from members.roster.draft import Draft
from members.roster.findings import Finding, Found
from members.roster.groups import read_ethnic_group, read_religion
from members.roster.homes import Home, HomeReader
from members.roster.life_dates import LifeDates
from members.roster.lines import Line, Run
from members.roster.marks import LABELS, is_mark, is_marked, read_marks, read_sex
from members.roster.member_codes import read_member_code
from members.roster.names import read_name
from members.roster.phones import read_phones
from members.roster.plain import UNLIKE, PlainReader
from members.roster.profile import Profile
from members.roster.sent_back import HIDDEN_NUMBER, keeps_home
from members.roster.shapes import (
    FIELDS,
    MEMBER_CODE,
    SECOND_PHONE,
    Level,
    ReadRow,
    Recall,
    Recalled,
    recall_nothing,
)

_CAN_REPEAT = frozenset(
    (
        Role.ETHNIC_GROUP, Role.RELIGION, Role.UNIT, Role.BRANCH, Role.DISTRICT, Role.POSITION,
        Role.POSITION_AND_UNIT, Role.JOINED, Role.SEX,
    )
)  # fmt: skip
_KEPT = (*FIELDS, SECOND_PHONE, MEMBER_CODE)
_FIELD_OF = {
    Role.FULL_NAME: "full_name",
    Role.FAMILY_NAME: "full_name",
    Role.MIDDLE_NAME: "full_name",
    Role.GIVEN_NAME: "full_name",
    Role.BIRTH_MALE: "date_of_birth",
    Role.BIRTH_FEMALE: "date_of_birth",
    Role.BIRTH_DAY: "date_of_birth",
    Role.BIRTH_MONTH: "date_of_birth",
    Role.BIRTH_YEAR: "date_of_birth",
    Role.JOINED_DAY: "joined_on",
    Role.JOINED_MONTH: "joined_on",
    Role.JOINED_YEAR: "joined_on",
    Role.MALE: "sex",
    Role.FEMALE: "sex",
    Role.POSITION_AND_UNIT: "position",
    Role.DISTRICT: "unit_code",
}
_NAME_ORDER = (Role.FULL_NAME, Role.FAMILY_NAME, Role.MIDDLE_NAME, Role.GIVEN_NAME)
_SHARED_PHONE = re.compile(r"\b(co dinh|co quan|nha( rieng)?|don vi)\b")
_MINORITY = re.compile(r"\bdtts\b|thieu so|khac$")


@dataclass
class RowReader:
    """Reads the people of one sheet, one after the other."""

    sheet: str | None
    writing: Handwriting
    profile: Profile
    homes: HomeReader
    today: date
    from_1904: bool = False
    recall: Recall = recall_nothing
    _dates: LifeDates = field(init=False)
    _plain: PlainReader = field(init=False)
    _last: Line | None = None
    _above: dict[int, Value] = field(default_factory=dict)
    _heading_changed: bool = True

    def __post_init__(self) -> None:
        self._dates = LifeDates(self.profile, self.today, from_1904=self.from_1904)
        self._plain = PlainReader(
            self.writing, self.homes, self.profile, self.today, from_1904=self.from_1904
        )

    def start_section(self) -> None:
        """A heading or a header stands between the last person and the next."""
        self._heading_changed = True
        self._plain.start_section()

    def read(self, run: Run) -> list[ReadRow]:
        """The people of a run, a row for each of them."""
        rows = self._plain.read(self.sheet, run)
        careful = [place for place, row in enumerate(rows) if row is None]
        begin = 0
        for place in careful:
            self._pass_by(run, begin, place)
            rows[place] = self.read_with_care(run.line(place))
            begin = place + 1
        self._pass_by(run, begin, len(rows))
        return cast(list[ReadRow], rows)

    def _pass_by(self, run: Run, begin: int, end: int) -> None:
        """Plain rows from one place up to another were read. Remembers the last of them."""
        if begin < end:
            self._last, self._heading_changed = run.line(end - 1), False

    def read_with_care(self, line: Line) -> ReadRow:
        """One person's line, cell by cell and with everything that is to be said about them."""
        assert line.header is not None
        self._remember_last()
        draft = Draft(line, line.header)
        self._settle_values(draft)
        recalled = self._recall(draft)
        self._read_name(draft)
        birth = self._dates.read_birth(draft)
        self._read_sex(draft)
        self._read_ethnic_group(draft)
        draft.keep("religion", read_religion(draft.text(Role.RELIGION)), draft.column(Role.RELIGION))
        self._read_phone(draft)
        draft.keep("email", read_email(draft.text(Role.EMAIL)), draft.column(Role.EMAIL))
        self._read_citizen_id(draft, birth)
        self._read_member_code(draft, recalled)
        self._doubt_sex(draft)
        home = self._read_home(draft, recalled)
        self._dates.read_joining(draft, birth)
        self._dates.check_age(draft, birth)
        self._heading_changed = False
        return ReadRow(
            sheet=self.sheet,
            row=line.number,
            raw=tuple(shown(cell) for cell in draft.line.cells),
            fields={name: draft.fields[name] for name in _KEPT if name in draft.fields},
            problems=tuple(draft.problems),
            question=home.question,
        )

    def _remember_last(self) -> None:
        """Take over from the last plain row what ditto marks may repeat."""
        if self._last is None or self._last.header is None:
            return
        cells = self._last.cells
        for column, role in self._last.header.read:
            if role in _CAN_REPEAT:
                value = cells[column] if column < len(cells) else ""
                self._above[column] = (
                    self.writing.read(column, value).value if isinstance(value, str) else value
                )
        self._last = None

    def _settle_values(self, draft: Draft) -> None:
        """Every cell that is read, in Unicode, with ditto marks replaced and failed formulas left out."""
        cells = draft.line.cells
        for column, role in draft.header.read:
            value = cells[column] if column < len(cells) else ""
            if value and type(value) is str:
                value = self._settled(draft, column, role, value)
            if role in _CAN_REPEAT:
                self._above[column] = value
            if value:
                draft.values[column] = value
        if draft.header.repeats.doubles:
            take_doubles(draft, partial(self._settled_any, draft), self.today)

    def _settled_any(self, draft: Draft, column: int, role: Role, cell: Value) -> Value:
        return self._settled(draft, column, role, cell) if isinstance(cell, str) else cell

    def _settled(self, draft: Draft, column: int, role: Role, cell: str) -> Value:
        text = self.writing.read(column, cell, draft.line.cells)
        name = _FIELD_OF.get(role, role.value)
        if text.mended or text.doubtful:
            self._note_script(draft, name, column, text)
        if is_error(text.value):
            sentence = f"ô có lỗi công thức {text.value}"
            draft.note(name, [Finding("formula_error", "warning", sentence)], column)
            return ""
        if role in _CAN_REPEAT and is_ditto(text.value):
            return self._repeated(draft, name, column, text.value)
        return text.value

    def _repeated(self, draft: Draft, name: str, column: int, mark: str) -> Value:
        above = self._above.get(column, "")
        if not above:
            sentence = f"'{mark}' nhưng dòng trên trống"
            draft.note(name, [Finding("ditto_without_value", "error", sentence)], column)
            return ""
        level: Level = "warning" if self._heading_changed else "fix"
        sentence = f"'{mark}' được lấy theo dòng trên là '{shown(above)}'"
        draft.note(name, [Finding("ditto", level, sentence)], column)
        return above

    def _note_script(self, draft: Draft, name: str, column: int, text: Text) -> None:
        if text.doubtful:
            sentence = f"chữ '{text.value}' có thể thuộc bảng mã khác"
            draft.note(name, [Finding("legacy_text_doubtful", "warning", sentence)], column)
        else:
            sentence = f"chữ theo bảng mã cũ được đọc là '{text.value}'"
            draft.note(name, [Finding("legacy_text", "fix", sentence)], column)

    def _recall(self, draft: Draft) -> Recalled | None:
        """What is kept of the line if it was sent back for mending; a number that it hides is put back."""
        column = draft.column(Role.CITIZEN_ID)
        number, reference = shown(draft.cell(column)), draft.text(Role.LINE)
        is_hidden = HIDDEN_NUMBER.search(number) is not None
        recalled = self.recall(reference, number if is_hidden else "") if reference else None
        if is_hidden and column is not None:
            draft.replace(column, recalled.citizen_id if recalled else "")
            if column not in draft.values:
                sentence = "số căn cước đang được che, cổng không còn giữ số đầy đủ. Hãy gõ lại đủ 12 chữ số"
                draft.note("citizen_id", [Finding("citizen_id_hidden", "error", sentence)], column)
        return recalled

    def _read_name(self, draft: Draft) -> None:
        roles = draft.header.roles
        columns = draft.header.name_columns
        if len(columns) > 1:
            columns = sorted(columns, key=lambda column: _NAME_ORDER.index(roles[column]))
        parts = [shown(draft.cell(column)) for column in columns]
        needed = [p for c, p in zip(columns, parts, strict=True) if roles[c] is not Role.MIDDLE_NAME]
        name = ""
        for part in parts:
            if part and not name.endswith(f" {part}"):
                name = f"{name} {part}".strip()
        found = read_name(name)
        draft.keep("full_name", found, columns[0])
        if not name and not any(problem.field == "full_name" for problem in draft.problems):
            draft.note("full_name", [Finding("name_missing", "error", "chưa có họ tên")])
        elif len(columns) > 1 and found.value and not all(needed):
            draft.note(
                "full_name", [Finding("name_incomplete", "warning", f"họ tên '{name}' thiếu một phần")]
            )

    def _read_sex(self, draft: Draft) -> None:
        column = draft.column(Role.SEX)
        if column is not None:
            draft.keep("sex", read_sex(draft.text(Role.SEX)), column)
            return
        if Role.BIRTH_MALE in draft.header.by_role or Role.BIRTH_FEMALE in draft.header.by_role:
            male, female = draft.column(Role.BIRTH_MALE), draft.column(Role.BIRTH_FEMALE)
            if (male is None) != (female is None):
                draft.keep("sex", Found("male" if female is None else "female"))
            return
        draft.keep("sex", read_marks(self._mark(draft, Role.MALE), self._mark(draft, Role.FEMALE)))

    def _read_ethnic_group(self, draft: Draft) -> None:
        """The group a cell names, or the column ticked. A tick under "DTTS" does not say which."""
        told: list[tuple[int, str]] = []
        columns = draft.header.by_role.get(Role.ETHNIC_GROUP, ())
        for column in columns:
            text, title = shown(draft.cell(column)), draft.header.titles[column]
            if text and is_mark(text):
                text = "" if _MINORITY.search(fold(title)) else _group_ticked(title) or text
            if text and (len(columns) == 1 or is_marked(text)):
                told.append((column, text))
        if told:
            column, text = told[0]
            draft.keep("ethnic_group", read_ethnic_group(text), column)
            if len({text for _, text in told}) > 1:
                sentence = f"ghi nhiều dân tộc ({', '.join(text for _, text in told)})"
                draft.note("ethnic_group", [Finding("ethnic_several", "warning", sentence)], column)

    def _doubt_sex(self, draft: Draft) -> None:
        """A man whose middle name is Thị, a woman's Văn: one of the two may stand in the wrong row."""
        middle, sex = draft.fields.get("full_name", "").split()[1:-1], draft.fields.get("sex", "")
        if UNLIKE.get(sex) in middle:
            sentence = f"giới tính {LABELS[sex]} khác với tên đệm của '{draft.fields['full_name']}'"
            column = draft.column(Role.SEX, Role.MALE, Role.BIRTH_MALE)
            draft.note("sex", [Finding("sex_unlike_name", "warning", sentence)], column)

    def _mark(self, draft: Draft, role: Role) -> str | None:
        if role not in draft.header.by_role:
            return None
        return draft.text(role)

    def _read_phone(self, draft: Draft) -> None:
        """The first number is the person's own; of several columns a fixed line or an office comes last."""
        columns = [column for column in draft.header.by_role.get(Role.PHONE, ()) if draft.cell(column)]
        if len(columns) > 1:
            columns.sort(key=lambda column: bool(_SHARED_PHONE.search(fold(draft.header.titles[column]))))
        for column in columns:
            found, second = read_phones(shown(draft.cell(column)))
            if "phone" not in draft.fields:
                draft.keep("phone", found, column)
            elif found.value and found.value != draft.fields["phone"]:
                second = found.value
            if second and SECOND_PHONE not in draft.fields:
                draft.fields[SECOND_PHONE] = second

    def _read_citizen_id(self, draft: Draft, birth: PartialDate | None) -> None:
        column = draft.column(Role.CITIZEN_ID)
        text = shown(draft.cell(column))
        sure_year = birth.year if birth else None
        found = read_citizen_id(text, sure_year, draft.fields.get("sex"), self.today.year)
        draft.keep("citizen_id", found, column)
        sex = sex_in(found.value)
        asked = [problem for problem in draft.problems if problem.field == "sex" and problem.level != "fix"]
        if sex and asked and "sex" not in draft.fields:
            draft.problems = [problem for problem in draft.problems if problem not in asked]
            draft.keep(
                "sex",
                Found(
                    sex, (Finding("sex_from_citizen_id", "fix", f"giới tính {LABELS[sex]} theo số căn cước"),)
                ),
            )

    def _read_member_code(self, draft: Draft, recalled: Recalled | None) -> None:
        """The portal's own code of the member; codes of other systems are no concern of it."""
        column, cells = draft.header.column(Role.MEMBER_CODE), draft.line.cells
        cell = cells[column] if column is not None and column < len(cells) else ""
        code = read_member_code(shown(cell)) if cell else None
        if code := code or (recalled.member_code if recalled else ""):
            draft.fields[MEMBER_CODE] = code

    def _read_home(self, draft: Draft, recalled: Recalled | None) -> Home:
        column = draft.column(Role.POSITION)
        position = read_position(draft.text(Role.POSITION))
        branch_column = draft.column(Role.BRANCH)
        home = self.homes.read(
            units=[
                (shown(draft.cell(c)), draft.header.titles[c])
                for c in draft.header.by_role.get(Role.UNIT, ())
            ],
            post=draft.text(Role.POSITION_AND_UNIT),
            branch=draft.text(Role.BRANCH),
            branch_title=draft.header.titles.get(branch_column, "") if branch_column is not None else "",
            district=draft.text(Role.DISTRICT),
            position=position.value or "",
        )
        if recalled and keeps_home(draft, recalled):
            code, branch = recalled.fields["unit_code"], recalled.fields.get("branch", "")
            home = replace(home, code=code, branch=branch, findings=(), question=None)
        if home.position and not position.value:
            position = read_position(home.position)
        draft.keep("position", position, column)
        draft.keep(
            "unit_code", Found(home.code, home.findings), draft.column(Role.UNIT, Role.POSITION_AND_UNIT)
        )
        draft.keep("branch", Found(home.branch or None))
        return home


def _group_ticked(title: str) -> str:
    """The ethnic group that a column of ticks is headed by, "" when its header names none."""
    return read_ethnic_group(title.split(" – ")[-1]).value or ""
