"""What staff say about how a file is to be read, and what is known of headers like its own."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from members.roster.columns import NAME_ROLES, Role, header_words

MOST_DEPTH = 4
# One column each; a name may be spread over several that touch.
_SINGLE = frozenset(Role) - {Role.OTHER, Role.PHONE, Role.UNIT, Role.BRANCH, Role.FULL_NAME}
NO_NAME = "Hãy chọn cột họ và tên (hoặc cột họ đệm và cột tên)."
TWICE = "Hai cột cùng được chọn là “{label}”. Hãy để một cột là “Không đọc”."
ROLE_LABELS = {
    Role.OTHER: "Không đọc",
    Role.ROW_NUMBER: "Số thứ tự",
    Role.FULL_NAME: "Họ và tên",
    Role.FAMILY_NAME: "Họ và tên đệm",
    Role.GIVEN_NAME: "Tên",
    Role.BIRTH: "Ngày sinh",
    Role.BIRTH_MALE: "Ngày sinh của nam",
    Role.BIRTH_FEMALE: "Ngày sinh của nữ",
    Role.BIRTH_DAY: "Ngày trong ngày sinh",
    Role.BIRTH_MONTH: "Tháng sinh",
    Role.BIRTH_YEAR: "Năm sinh",
    Role.SEX: "Giới tính",
    Role.MALE: "Dấu ở cột Nam",
    Role.FEMALE: "Dấu ở cột Nữ",
    Role.ETHNIC_GROUP: "Dân tộc",
    Role.RELIGION: "Tôn giáo",
    Role.PHONE: "Điện thoại",
    Role.CITIZEN_ID: "Số căn cước",
    Role.EMAIL: "Email",
    Role.JOINED: "Ngày vào Đoàn",
    Role.JOINED_DAY: "Ngày trong ngày vào Đoàn",
    Role.JOINED_MONTH: "Tháng vào Đoàn",
    Role.JOINED_YEAR: "Năm vào Đoàn",
    Role.POSITION: "Chức vụ",
    Role.POSITION_AND_UNIT: "Chức vụ và đơn vị",
    Role.UNIT: "Đơn vị",
    Role.BRANCH: "Chi đoàn",
    Role.DISTRICT: "Huyện cũ",
    Role.STAMP: "Thời điểm gửi biểu mẫu",
}


@dataclass(frozen=True)
class TaughtHeader:
    """A header as somebody taught it: how many rows it takes, and what each of its columns holds."""

    depth: int
    roles: Mapping[int, Role]


@dataclass(frozen=True)
class SheetCorrection:
    """What staff say about one sheet.

    `is_read` False: it is left out; True: it is read even when it is hidden. `not_headers` are rows that the
    reader took for a header and that are none.
    """

    is_read: bool = True
    header_row: int | None = None
    header: TaughtHeader | None = None
    not_headers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Corrections:
    """Everything that changes how a file is read. `sheets` by their place in the file, from 0.

    `remembered` are headers taught before, by their shape; `without` the kinds of columns left out.
    """

    sheets: Mapping[int, SheetCorrection] = field(default_factory=dict)
    remembered: Mapping[str, TaughtHeader] = field(default_factory=dict)
    without: frozenset[str] = frozenset()


def header_shape(titles: Mapping[int, str], depth: int) -> str:
    """What two headers with the same words in the same columns have in common."""
    words = [[column, header_words(title)] for column, title in sorted(titles.items()) if title.strip()]
    told = json.dumps([depth, words], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def role_problems(roles: Mapping[int, Role]) -> list[str]:
    """Why no list can be read from columns that hold this. Empty means one can."""
    chosen = list(roles.values())
    problems = [] if NAME_ROLES & set(chosen) else [NO_NAME]
    names = sorted(column for column, role in roles.items() if role is Role.FULL_NAME)
    apart = len(names) > 1 and names[-1] - names[0] >= len(names)
    twice = [role for role in ROLE_LABELS if role in _SINGLE and chosen.count(role) > 1]
    twice += [Role.FULL_NAME] if apart else []
    return problems + [TWICE.format(label=ROLE_LABELS[role]) for role in twice]


def correction_as_json(correction: SheetCorrection) -> dict:
    """The correction as it is kept with an import."""
    header = correction.header
    return {
        "read": correction.is_read,
        "row": correction.header_row,
        "depth": header.depth if header else None,
        "roles": roles_as_json(header.roles) if header else None,
        "not": list(correction.not_headers),
    }


def correction_from_json(kept: Mapping) -> SheetCorrection:
    """The correction that was kept. Raises ValueError for what cannot be one."""
    if kept["roles"] is None:
        return SheetCorrection(bool(kept["read"]))
    header = taught_from_json(kept["depth"], kept["roles"])
    return SheetCorrection(bool(kept["read"]), int(kept["row"]), header, tuple(map(int, kept["not"])))


def roles_as_json(roles: Mapping[int, Role]) -> dict[str, str]:
    """What columns hold, as it is kept."""
    return {str(column): role.value for column, role in sorted(roles.items())}


def taught_from_json(depth: int, roles: Mapping[str, str]) -> TaughtHeader:
    """A taught header that was kept. Raises ValueError when nothing could be read with it."""
    found = {int(column): Role(role) for column, role in roles.items()}
    if not 1 <= int(depth) <= MOST_DEPTH or role_problems(found):
        raise ValueError("no header")
    return TaughtHeader(int(depth), found)
