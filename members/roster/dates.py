"""Dates as rosters write them, as precise as they are written."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from core.spreadsheets import Value
from core.text import fold
from members.dates import PartialDate
from members.roster.findings import NOTHING, Finding, Found, doubted, fixed, refused

_EXCEL_DAY_ZERO, _MAC_DAY_ZERO = date(1899, 12, 30), date(1904, 1, 1)
_TIME = re.compile(r"[ t]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(am|pm|sa|ch|z)?$", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:[a-z ]*, )?(?:ngay\s*)?(\d{1,2})[\s\-]*(?:thang|thg\.?)[\s.]*(\d{1,2})"
    r"[\s,\-]*(?:nam)?[\s,\-]*(\d{4})"
)
_MONTH_WORDS = re.compile(r"(?:thang|thg|t)\.?\s*(\d{1,2})[\s,]*(?:nam|[/.\-])\s*(\d{4})")
_LEAD = re.compile(r"^(sinh\s*|sn\s*)?(ngày|ngay|năm)?(?<=\w)\s*:?\s*(?=\d)", re.IGNORECASE)
_UTC = re.compile(r"(\d{4})-(\d{2})-(\d{2})t(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?z", re.IGNORECASE)
_HOURS_AHEAD = 7
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_THREE = re.compile(r"(\d{1,2})([/.,\-\\ ]+)(\d{1,2})[/.,\-\\ ]+(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_MONTH = re.compile(r"(\d{1,2})\s*[/.\-\\]\s*(\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})[/.\-](\d{1,2})")
_TWO = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}")
_EIGHT = re.compile(r"(\d{2})(\d{2})((?:19|20)\d{2})")
_EIGHT_ISO = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)")
_NONE = frozenset(
    (
        "",
        "-",
        "--",
        "không",
        "không có",
        "ko",
        "k",
        "0",
        "x",
        "chưa",
        "chưa vào",
        "chưa kết nạp",
        "?",
        "không rõ",
        "chưa rõ",
        "n/a",
    )
)
# A date with the place where it happened: "26/3/2019, THPT Định Hóa".
_WHOLE = r"(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})"
_PLACE = r"(?:tại |ở |thpt|thcs|ptdtnt|trường|chi đoàn|đoàn|xã |phường |huyện )"
_AT_A_PLACE = re.compile(
    rf"{_WHOLE}\s*[,;(–-]*\s*{_PLACE}\D*|{_PLACE}\D*?[\s,;(–-]+{_WHOLE}\)?",
    re.IGNORECASE,
)
_LETTER_O = re.compile(r"(?<=[\d/.\-])[oO]|[oO](?=[\d/.\-])")
_ENGLISH = re.compile(r"(\d{1,2}[\s\-/])?([a-z]{3,9})[\s\-,/]+(\d{1,2},?\s+)?(\d{4}|\d{2})")
_FULLWIDTH = str.maketrans("／－．∕⁄", "/-.//")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Century:
    """How two digits of a year are read: up to `last` they are of this century, above of the last one.

    `day_zero` is the day from which the file counts its dates: some of Mac begin with 1904.
    """

    last: int
    day_zero: date = _EXCEL_DAY_ZERO


def birth_century(today: date, *, from_1904: bool = False) -> Century:
    """Nobody on a roster is younger than ten."""
    return Century(today.year - 10, _MAC_DAY_ZERO if from_1904 else _EXCEL_DAY_ZERO)


def joining_century(today: date, *, from_1904: bool = False) -> Century:
    """One may have joined this year."""
    return Century(today.year, _MAC_DAY_ZERO if from_1904 else _EXCEL_DAY_ZERO)


def read_date(cell: Value, century: Century) -> Found:
    """The date of a cell as ISO text: "2005", "2005-09" or "2005-09-02". Day before month, always."""
    if isinstance(cell, date):
        return _read_true_date(cell, century.day_zero)
    return _read_text(cell.strip(" '‘’`*"), century)


def _read_true_date(day: date, day_zero: date) -> Found:
    """A real date. One in the spring of 1905 is a year typed into a cell made for dates."""
    serial = (day - day_zero).days
    if 1900 <= serial <= 2100:
        return fixed(str(serial), "year_as_date", f"'{day:%d/%m/%Y}' được hiểu là năm {serial}")
    if not 1900 <= day.year <= 2100:
        return refused("date_impossible", f"'{day:%d/%m}/{day.year}' không phải ngày có thật")
    return Found(day.isoformat())


@lru_cache(maxsize=100_000)
def _read_text(text: str, century: Century) -> Found:
    if match := _DAY.fullmatch(text):
        return _checked(text, int(match[3]), int(match[2]), int(match[1]))
    if text.lower() in _NONE:
        return NOTHING
    if match := _UTC.fullmatch(text):
        return _from_utc(text, match)
    typed = _LEAD.sub("", _TIME.sub("", text.translate(_FULLWIDTH)))
    plain = _LETTER_O.sub("0", typed).strip(" .,;")
    found = _read_plain(plain, century)
    if found is None and (match := _AT_A_PLACE.fullmatch(text)):
        return _beside_a_place(text, _read_plain(match[1] or match[2], century))
    if found is None:
        return refused("date_unreadable", f"'{text}' không đọc được là ngày")
    if found.value and not found.findings and _LETTER_O.search(typed):
        return fixed(found.value, "date_letters", f"chữ O trong '{text}' được đổi thành số 0")
    return found


def _beside_a_place(text: str, found: Found | None) -> Found:
    """The date of a text that names a place too."""
    if found is None or not found.value or found.findings:
        return found or refused("date_unreadable", f"'{text}' không đọc được là ngày")
    return fixed(found.value, "date_beside", f"chỉ lấy ngày trong '{text}'")


def _from_utc(text: str, match: re.Match) -> Found:
    """A moment in Greenwich time, as web forms export it: midnight here is 17:00 of the day before there."""
    found = _checked(text, int(match[1]), int(match[2]), int(match[3]))
    if found.value is None or int(match[4]) < 24 - _HOURS_AHEAD:
        return found
    day = (date.fromisoformat(found.value) + timedelta(days=1)).isoformat()
    return fixed(
        day, "date_utc", f"'{text}' theo giờ quốc tế là ngày {day[8:]}/{day[5:7]}/{day[:4]} ở Việt Nam"
    )


def _read_plain(text: str, century: Century) -> Found | None:
    if text.removesuffix(".0").isdecimal():
        return _read_digits(text.removesuffix(".0"), century)
    words = fold(text)
    if match := _THREE.fullmatch(text) or _WORDS.fullmatch(words):
        parts = [part for part in match.groups() if part.isdecimal()]
        return _from_parts(text, parts[0], parts[1], parts[2], century)
    if match := _ISO.fullmatch(text):
        return _checked(text, int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH.fullmatch(text) or _MONTH_WORDS.fullmatch(words):
        return _checked(text, int(match[2]), int(match[1]))
    if match := _ISO_MONTH.fullmatch(text):
        return _checked(text, int(match[1]), int(match[2]))
    if _TWO.fullmatch(text):
        return refused("date_without_year", f"'{text}' thiếu năm")
    if match := re.fullmatch(r"nam\s*(\d{4})", words):
        return _checked(text, int(match[1]))
    return _read_english(text, century)


def _read_digits(digits: str, century: Century) -> Found | None:
    if len(digits) == 4:
        return _checked(digits, int(digits))
    if len(digits) == 5 and 10_000 <= int(digits) < 60_000:
        day = century.day_zero + timedelta(days=int(digits))
        return fixed(day.isoformat(), "date_serial", f"'{digits}' là số ngày của Excel, tức {day:%d/%m/%Y}")
    if len(digits) == 2:
        year = 2000 + int(digits) if 2000 + int(digits) <= century.last else 1900 + int(digits)
        return doubted(str(year), "two_digit_year", f"'{digits}' được hiểu là năm {year}")
    iso = _EIGHT_ISO.fullmatch(digits)
    if match := iso or _EIGHT.fullmatch(digits):
        parts = (match[3], match[2], match[1]) if iso else (match[1], match[2], match[3])
        found = _from_parts(digits, *parts, century)
        return (
            found
            if found.value is None
            else doubted(found.value, "date_digits", f"'{digits}' được hiểu là ngày")
        )
    return None


def _from_parts(text: str, day: str, month: str, year: str, century: Century) -> Found:
    if len(year) == 4:
        return _checked(text, int(year), int(month), int(day))
    full = 2000 + int(year) if 2000 + int(year) <= century.last else 1900 + int(year)
    found = _checked(text, full, int(month), int(day))
    if found.value is None or found.findings:
        return found
    return fixed(found.value, "two_digit_year", f"năm '{year}' trong '{text}' được hiểu là {full}")


def _checked(text: str, year: int, month: int | None = None, day: int | None = None) -> Found:
    """The date if there is such a day. A month above twelve beside a possible one: they were exchanged."""
    findings: tuple[Finding, ...] = ()
    if month and day and month > 12 >= day >= 1:
        day, month = month, day
        findings = (Finding("month_first", "warning", f"'{text}' ghi tháng trước ngày"),)
    if day == 0:  # "00/9/2005", "00/00/2005": who wrote it did not know more
        rest = f"tháng {month}/{year}" if month else f"năm {year}"
        findings = (Finding("date_partly_zero", "warning", f"'{text}' chỉ rõ {rest}"),)
        month, day = month or None, None
    if month == 0:
        return refused("date_impossible", f"'{text}' không phải ngày có thật")
    value = PartialDate(year, month, day)
    try:
        value.first_day()
    except ValueError:
        return refused("date_impossible", f"'{text}' không phải ngày có thật")
    if not 1900 <= year <= 2100:
        return refused("date_impossible", f"'{text}' không phải ngày có thật")
    return Found(value.iso(), findings)


def _read_english(text: str, century: Century) -> Found | None:
    """ "Sep-05", "2-Sep-2005", "September 2, 2005": what Excel makes of a date on an English machine."""
    match = _ENGLISH.fullmatch(text.lower())
    if not match or match[2][:3] not in _MONTH_NAMES:
        return None
    month = _MONTH_NAMES.index(match[2][:3]) + 1
    day = (match[1] or match[3] or "").strip(" -,/")
    if len(match[4]) == 2 and not day:
        return refused("date_without_year", f"'{text}' không rõ là ngày hay năm")
    found = _from_parts(text, day or "1", str(month), match[4], century)
    if day or found.value is None:
        return found
    return Found(found.value[:7], found.findings)


def read_date_parts(day: str, month: str, year: str, century: Century) -> Found:
    """A date written in three columns; a missing day or month makes it less precise."""
    parts = [part.strip().removesuffix(".0") for part in (day, month, year)]
    if not any(parts):
        return NOTHING
    if not all(part.isdecimal() or not part for part in parts) or not parts[2]:
        return refused("date_unreadable", f"'{'/'.join(parts)}' không đọc được là ngày")
    if parts[0] and parts[1]:
        return _from_parts("/".join(parts), parts[0], parts[1], parts[2], century)
    if parts[1]:
        return _checked("/".join(parts[1:]), int(parts[2]), int(parts[1]))
    return _checked(parts[2], int(parts[2]))
