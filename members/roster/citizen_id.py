"""The 12-digit citizen number: province of registration, century and sex, year, six digits more.

No message shows more than its last four digits.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from core.spreadsheets import Value
from members.roster.findings import NOTHING, Finding, Found, doubted, refused
from members.roster.provinces import PROVINCE_OF_CODE

_LONGEST = 60
_LOST = re.compile(r"\d+[.,]?\d*e\+?\d+", re.IGNORECASE)
_AROUND = re.compile(
    r"^(số|(thẻ |số )?(cccd|cc|căn cước( công dân)?|định danh))\s*[:.]?\s+(?=\d)|[\s,;(]+(ngày )?cấp\b.*$",
    re.IGNORECASE,
)
_LETTERS = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1"})
_NONE = frozenset(
    ("", "-", "--", "không", "không có", "ko", "k", "0", "x", "chưa có", "chưa cấp", "chưa làm")
)


@dataclass(frozen=True)
class CitizenNumber:
    """A number of the right shape, taken apart. The last six of its digits tell nothing."""

    digits: str

    @property
    def province(self) -> str | None:
        return PROVINCE_OF_CODE.get(self.digits[:3])

    @property
    def is_placed(self) -> bool:
        """Whether the first three digits are a province, or a country for those registered abroad."""
        return self.province is not None or self.digits[0] in "123456789"

    @property
    def sex(self) -> str:
        return "female" if int(self.digits[3]) % 2 else "male"

    @property
    def year(self) -> int:
        return 1900 + 100 * (int(self.digits[3]) // 2) + int(self.digits[4:6])


@lru_cache(maxsize=100_000)
def read_citizen_id(text: str, birth_year: int | None, sex: str | None, this_year: int) -> Found:
    """The number, its lost zeros given back where that is sure, held against what the row says."""
    text = text.strip(" '‘’`.")
    if text.lower() in _NONE:
        return NOTHING
    if _LOST.fullmatch(text[:_LONGEST]):
        return refused("citizen_id_lost", "số căn cước đã bị Excel làm tròn, không khôi phục được")
    plain = _AROUND.sub("", text).translate(_LETTERS).removesuffix(".0")
    digits = re.sub(r"[\s.\-']", "", plain)
    if not digits.isdecimal() or not digits.isascii():
        return refused("citizen_id_invalid", f"số căn cước có ký tự lạ ({_masked(text)})")
    if len(digits) in (8, 9):
        return refused("citizen_id_old", f"{_masked(digits)} là số CMND cũ, không dùng làm số căn cước")
    if len(digits) in (10, 11):
        return _padded(digits, birth_year, sex, this_year)
    if len(digits) != 12:
        return refused("citizen_id_invalid", f"số căn cước {_masked(digits)} có {len(digits)} chữ số, cần 12")
    number = CitizenNumber(digits)
    if doubts := _doubts(number, birth_year, sex, this_year):
        return doubted(digits, "citizen_id_mismatch", f"số căn cước {_masked(digits)} {doubts}")
    return Found(digits)


_TWELVE = re.compile("[0-9]{12}")


def plain_citizen_id(text: Value, birth_year: int | None, sex: str | None, this_year: int) -> str | None:
    """What `read_citizen_id` gives for twelve digits that fit the row; None for anything else."""
    if type(text) is not str or not _TWELVE.fullmatch(text):
        return None
    if _opening_doubts(text[:6], birth_year, sex, this_year):
        return None
    return text


@lru_cache(maxsize=50_000)
def _opening_doubts(opening: str, birth_year: int | None, sex: str | None, this_year: int) -> str:
    return _doubts(CitizenNumber(opening), birth_year, sex, this_year)


def _padded(digits: str, birth_year: int | None, sex: str | None, this_year: int) -> Found:
    number = CitizenNumber(digits.zfill(12))
    if digits.startswith("0") or _doubts(number, birth_year, sex, this_year):
        return refused("citizen_id_invalid", f"số căn cước {_masked(digits)} có {len(digits)} chữ số, cần 12")
    sentence = f"số căn cước {_masked(digits)} mất số 0 ở đầu, đã thêm cho đủ 12 chữ số"
    return Found(number.digits, (Finding("citizen_id_zeros_added", "fix", sentence),))


def _doubts(number: CitizenNumber, birth_year: int | None, sex: str | None, this_year: int) -> str:
    """Why the number does not fit, "" when it fits."""
    if not number.is_placed:
        return "có mã tỉnh không tồn tại"
    if not this_year - 110 < number.year <= this_year:
        return f"ghi năm sinh {number.year}"
    if birth_year is not None and number.year != birth_year:
        return f"ghi năm sinh {number.year}, khác năm sinh {birth_year} trong danh sách"
    if sex is not None and number.sex != sex:
        return "ghi giới tính khác với danh sách"
    if number.province is None:
        return f"có mã {number.digits[:3]} không phải mã tỉnh"
    return ""


def sex_in(citizen_id: str | None) -> str | None:
    """The sex a citizen number tells."""
    return CitizenNumber(citizen_id).sex if citizen_id else None


def _masked(text: str) -> str:
    return "••••" + text[-4:]
