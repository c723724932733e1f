"""People's names: one composition, one way of writing capitals, nothing that is no part of the name."""

import re
from functools import lru_cache

from core.legacy_text import is_lossy, is_syllable
from members.roster.findings import NOTHING, Finding, Found, refused
from members.roster.plain_names import is_well_written

LONGEST, LONGEST_TYPED = 120, 400
_NUMBERING = re.compile(r"^\d{1,4}\s*[.)\-/]\s*")
_ADDRESS = re.compile(
    r"^(đ/c|đ\.c|đồng chí|đ c|ông|bà|anh|chị|em)(\s*[:.]\s*|\s+)(?!thị\s|văn\s)(?=\S+\s+\S)", re.IGNORECASE
)
_TITLE = re.compile(
    r"^((ths|th\.s|ts|bs|ks|cn)(\.\s*|\s+)|(thạc|tiến|bác|trung|hạ|thượng) sĩ\s+|binh (nhất|nhì)\s+"
    r"|((thiếu|trung|thượng|đại) (úy|uý|tá))\s+)(?=\S+\s+\S)",
    re.IGNORECASE,
)
_APART_LETTER = re.compile(
    r"(?<=[^\W\d_])(?:\s*[(\[]\s*([A-Za-zĐđ]|I{1,3}|IV)\s*[)\]]|\s+[-–]\s*([A-Za-zĐđ]))\s*$"
)
_ODD = re.compile(r"[/,;&+=@#%<>|]|[^\W\d_A-ZÀ-ỸĐ][A-ZĐ][^\W\d_]")
_AFTER = re.compile(
    r"\s*[(\[].*$"
    r"|\s*[-–,;]\s*(bí thư|phó|uv|đội|lớp|chi đoàn|sn|sinh|nhóm|đảng viên|đoàn viên|p?bt\b|đv\b).*$"
    r"|\s*[-–,;]\s*(19|20)\d\d$"
    r"|\s+(sn|sinh năm)\s*\d{4}$|(?-i:\s+(phó )?([Bb]í thư|BÍ THƯ)( (chi )?[Đđ]oàn)?$)",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    [
        "đang cập nhật",
        "chưa cập nhật",
        "đang bổ sung",
        "trống",
        "khuyết",
        "chưa có",
        "không có",
        "không",
        "chưa rõ",
        "n/a",
        "null",
        "none",
    ]
)
_EDGES = " .,;:*-–_\"“”'’`"
_CYRILLIC = str.maketrans("АВЕКМНОРСТХаеорсух", "ABEKMHOPCTXaeopcyx")
_APOSTROPHES = str.maketrans("’‘`´ʼ", "'''''")


@lru_cache(maxsize=100_000)
def read_name(text: str) -> Found:
    """A full name as the portal shows it. Words in capitals or small letters only are written anew."""
    if not text:
        return NOTHING
    return Found(text) if is_well_written(text) else _read_odd_name(text)


def _read_odd_name(text: str) -> Found:
    if len(text) > LONGEST_TYPED:
        return refused("name_too_long", f"họ tên dài hơn {LONGEST} chữ")
    if is_lossy(text) or "?" in text:
        return refused("name_lost", f"họ tên '{text}' đã mất chữ, không khôi phục được")
    plain = (
        text.translate(_APOSTROPHES)
        .translate(_CYRILLIC)
        .replace("ǎ", "ă")
        .replace("Ǎ", "Ă")
        .replace("_", " ")
    )
    told_apart = _APART_LETTER.sub(lambda found: f" {found[1] or found[2]}", plain)
    name = _bare(told_apart)
    if name.lower() in _NOBODY:
        return refused("name_missing", f"'{text}' không phải họ tên")
    if not any(char.isalpha() for char in name):
        return refused("name_missing", f"'{text}' không phải họ tên")
    if len(name) > LONGEST:
        return refused("name_too_long", f"họ tên dài hơn {LONGEST} chữ")
    shown = recased(" ".join(name.split()))
    if told_apart != plain:
        sentence = f"chữ phân biệt trong họ tên '{text}' được giữ thành '{shown}'"
        return Found(shown, (Finding("name_letter", "warning", sentence),))
    return Found(shown, tuple(_findings(text, shown)))


def _bare(text: str) -> str:
    """The name without its number, its form of address and what follows, however often they stand there."""
    while True:
        name = _TITLE.sub("", _ADDRESS.sub("", _NUMBERING.sub("", _unwrapped(text.strip(_EDGES)))))
        name = _AFTER.sub("", name).strip(_EDGES)
        name = re.sub(r"(?<=[^\W\d_]{2})\.(?=[^\W\d_]{2})", " ", name)
        if name == text:
            return name
        text = name


def _unwrapped(text: str) -> str:
    return text.strip("()[] ") if text[:1] in ("(", "[") else text


def _findings(text: str, shown: str) -> list[Finding]:
    if any(char.isdigit() for char in shown):
        return [Finding("name_has_digits", "warning", f"họ tên '{text}' có chữ số")]
    if _ODD.search(shown):
        return [Finding("name_odd", "warning", f"họ tên '{text}' có dấu lạ hoặc viết liền, cần xem lại")]
    if shown.casefold() != text.casefold():
        return [Finding("name_trimmed", "fix", f"họ tên '{text}' được ghi là '{shown}'")]
    if shown != text:
        return [Finding("name_recased", "fix", f"họ tên '{text}' được viết hoa lại là '{shown}'")]
    return []


def recased(name: str) -> str:
    """ "NGUYỄN THỊ HƯỜNG" and "nguyễn thị hường" as "Nguyễn Thị Hường"; "H'HEN NIÊ" as "H'Hen Niê"."""
    return " ".join(_word(word) for word in name.split(" "))


@lru_cache(maxsize=50_000)
def _word(word: str) -> str:
    if word in ("II", "III", "IV"):
        return word
    letters = sum(char.isalpha() for char in word)
    jumbled = not word[1:].islower() and letters > 1 and is_syllable(word)
    if word.islower() or (word.isupper() and letters > 1) or jumbled:
        return "".join(part[:1].title() + part[1:].lower() for part in re.split("(['-])", word))
    return word
