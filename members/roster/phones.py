"""Phone numbers as E.164, from every way a roster writes them.

Sources: the change of 15/9/2018 from 11 to 10 digits; the numbering plan as python-phonenumbers knows it.
"""

import re
from functools import lru_cache

import phonenumbers

from core.spreadsheets import Value
from members.roster.findings import NOTHING, Finding, Found, refused
from members.rules.shown import shown_phone

_NEW_PREFIXES = {
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038",
    "0169": "039", "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078", "0123": "083",
    "0124": "084", "0125": "085", "0127": "081", "0129": "082", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
_MOBILE = re.compile(r"0(3[2-9]|5[2568]|59|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}")
_SOFT_MOBILE = re.compile(r"0[35789]\d{8}")
_APART = re.compile(r"\s*(?:[/;,\n|&]|\bhoặc\b|\bvà\b|\s[-–]\s)\s*|\)\s*\(")
_LONGEST = 200
_DASHES = re.compile(r"[-–—]")
_NOISE = re.compile(r"(sđt|đt|tel|zalo|di động|dđ|mobile|nhà|nr|cq|số)\s*[:.]?", re.IGNORECASE)
_OF_KIN = re.compile(
    r"\b(bố|mẹ|cha|má|ba|vợ|chồng|anh trai|chị gái|ông|bà|phụ huynh|gia đình)\b", re.IGNORECASE
)
_LETTERS = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1"})
_LOST = re.compile(r"\d+[.,]?\d*e\+?\d+", re.IGNORECASE)
_NONE = frozenset(("", "-", "--", "không", "không có", "ko", "k", "0", "x", "chưa có", "kc"))


@lru_cache(maxsize=100_000)
def read_phones(text: str) -> tuple[Found, str | None]:
    """The first number of a cell with what was noticed, and the second one if the cell gives two."""
    text = text.strip(" '‘’`.")
    if text.lower() in _NONE:
        return NOTHING, None
    if len(text) > _LONGEST:
        return refused("phone_invalid", f"'{text[:_LONGEST]}…' không phải số điện thoại"), None
    if _LOST.fullmatch(text):
        return refused(
            "phone_lost", f"số điện thoại '{text}' đã bị Excel làm tròn, không khôi phục được"
        ), None
    split = _APART.split(_NOISE.sub(" ", _without_commas(text)))
    parts = [part for part in split if part and any(map(str.isdigit, part))]
    numbers = [found for found in (_read_number(part) for part in _halves(parts)) if found.value]
    if not numbers:
        return refused("phone_invalid", f"'{text}' không phải số điện thoại"), None
    first, *others = numbers
    second = next((other.value for other in others if other.value != first.value), None)
    notes = []
    if second:
        told = f"ô có hai số điện thoại, {shown_phone(first.value or '')} là số chính"
        notes.append(Finding("phone_two", "fix", told))
    elif len(parts) > len(numbers):
        told = f"chỉ đọc được một số điện thoại trong '{text}'"
        notes.append(Finding("phone_second_invalid", "warning", told))
    if kin := _OF_KIN.search(text):
        notes.append(Finding("phone_of_kin", "warning", f"'{text}' ghi số của {kin[0].lower()}"))
    return Found(first.value, (*first.findings, *notes)), second


def _without_commas(text: str) -> str:
    """ "0912,345,678" as one number."""
    whole = text.replace(",", "")
    return whole if _MOBILE.fullmatch(whole) else text


def plain_mobile(text: Value) -> str | None:
    """What `read_phones` gives for nothing but a mobile number of today; None for anything else."""
    return "+84" + text[1:] if type(text) is str and _MOBILE.fullmatch(text) else None


def _halves(parts: list[str]) -> list[str]:
    """Two numbers with nothing but a blank or one dash between them are two."""
    found: list[str] = []
    for part in parts:
        digits = re.sub(r"\D", "", part)
        words = part.split()
        halves = words if len(words) == 2 else _DASHES.split(part)
        if len(digits) >= 18 and len(halves) == 2 and all(_is_long(half) for half in halves):
            found += halves
        else:
            found.append(part)
    return found


def _is_long(half: str) -> bool:
    return 9 <= sum(map(str.isdigit, half)) <= 12


def _read_number(part: str) -> Found:
    plain = part.translate(_LETTERS) if any(char in part for char in "oOlI") else part
    digits = re.sub(r"\D", "", plain.removesuffix(".0"))
    is_whole = len(digits) not in (11, 12) or not digits.startswith("84")
    if plain.strip().startswith("+") and is_whole:  # nothing of it was lost and no prefix of old is in it
        return _validated("+" + digits, [])
    findings = []
    if plain != part:
        findings.append(
            Finding("phone_letters", "fix", f"chữ trong số điện thoại '{part}' được đổi thành chữ số")
        )
    local = _local(digits)
    if local != digits and not digits.startswith(("84", "0084")):
        added = shown_phone("+84" + local[1:])
        sentence = f"số điện thoại '{digits}' thiếu số 0 ở đầu. Hệ thống đã thêm thành {added}"
        findings.append(Finding("phone_zero_added", "fix", sentence))
    if len(local) == 11 and (prefix := _NEW_PREFIXES.get(local[:4])):
        modern = prefix + local[4:]
        sentence = f"số điện thoại cũ '{local}' đã đổi đầu số thành {shown_phone('+84' + modern[1:])}"
        findings.append(Finding("phone_new_prefix", "fix", sentence))
        local = modern
    return _validated(local, findings)


def _local(digits: str) -> str:
    """The digits with their leading zero, without the code of the country."""
    digits = digits.removeprefix("00")
    if digits.startswith("84") and len(digits) in (11, 12):
        digits = digits[2:]
        return digits if digits.startswith("0") else "0" + digits
    if digits.startswith("0"):
        return digits
    is_mobile = len(digits) == 9 and digits[0] in "35789"
    is_old_mobile = len(digits) == 10 and "0" + digits[:3] in _NEW_PREFIXES
    is_landline = len(digits) in (9, 10) and digits[0] == "2"
    return "0" + digits if is_mobile or is_old_mobile or is_landline else digits


def _validated(local: str, findings: list[Finding]) -> Found:
    """Common mobile numbers by their prefix; every other number by the numbering plan."""
    if _MOBILE.fullmatch(local):
        return Found("+84" + local[1:], tuple(findings))
    try:
        number = phonenumbers.parse(local, "VN")
    except phonenumbers.NumberParseException:
        return NOTHING
    if phonenumbers.is_valid_number(number):
        return Found(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), tuple(findings))
    if _SOFT_MOBILE.fullmatch(local):
        sentence = f"đầu số của {shown_phone('+84' + local[1:])} chưa từng gặp"
        return Found("+84" + local[1:], (*findings, Finding("phone_prefix", "warning", sentence)))
    return NOTHING
