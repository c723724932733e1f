"""What a text says about a unit: the commune, the district and the province it names, and what is left.

Knows the words people put around a name ("BCH Đoàn xã", "X.", "TT", "Chi đoàn xóm 5 - xã …") and no names.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from core.text import fold, tidy
from units.models import Unit

_KINDS = {
    "xã": Unit.Kind.COMMUNE,
    "x": Unit.Kind.COMMUNE,
    "đx": Unit.Kind.COMMUNE,
    "đp": Unit.Kind.WARD,
    "phường": Unit.Kind.WARD,
    "p": Unit.Kind.WARD,
    "thị trấn": Unit.Kind.TOWNSHIP,
    "tt": Unit.Kind.TOWNSHIP,
    "đặc khu": Unit.Kind.SPECIAL_ZONE,
}
_DISTRICT_WORDS = ("huyện", "quận", "thị xã", "thành phố", "tp", "tx", "h", "q", "thị", "thành")
_PROVINCE_WORDS = ("tỉnh", "t")
_ABBREVIATIONS = ("x", "p", "đx", "đp", "tt", "tp", "tx", "h", "q", "t")
_WORDS = (*_KINDS, *_DISTRICT_WORDS, *_PROVINCE_WORDS)
_FULL_WORDS = {fold(word): word for word in _WORDS if word not in _ABBREVIATIONS}

# "Xã" that is no commune: hợp tác xã, xã hội, cấp xã; and the words that follow a list of kinds.
_FALSE_COMMUNE = re.compile(
    r"(?<!\w)(hợp tác xã|htx|(lao động[^,;]* )?xã hội|cấp xã|liên xã|hop tac xa|cap xa)(?!\w)"
)
_UNION = (
    r"(?:đ\.\s*)?(?:(?:(?:bch|btv|ban chấp hành|ban thường vụ|ban chap hanh|ban thuong vu|tt)\s+)?"
    r"(?:(?:đoàn|doan)\s+)?(?:(?:đtn|đtncs|tncs|thanh niên(?: cộng sản)?|thanh nien|tn|cơ sở|co so)\s*)*"
    r"(?:(?:hồ chí minh|ho chi minh|hcm)\s+)?(?:(?:đoàn|doan)\s+)?"
    r"(?:(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|đảng ủy|đảng uỷ|hội lhtn(?: việt nam| vn)?|hội)\s+)?)"
)
_PHRASE = re.compile(
    rf"(?<!\w)(?P<union>{_UNION})(?P<word>xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh"
    r"|thị|thành"
    r"|xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tinh|tp|tx|tt|đx|đp|x|p|h|q|t)"
    r"(?P<stop>\s*[.:]\s*|\s+|$)(?P<after>(?:đoàn|doan)(?:\s+|$))?"
)
_APART = re.compile(r"\s*[,;\n()\[\]|/]\s*|\s+[-–—]\s+|\s*[–—]\s*")
_OLD = ("cũ", "cu", "trước đây", "trước sáp nhập")
_LONGEST = 400
_OLD_AFTER = re.compile(r"(?<=\w)\s+(cũ|trước đây)$")
_DOTS = re.compile(r"(?<=\w)\.(?=\w)")
_COUNT = re.compile(
    r"\s*[:\-–(]*\s*\d+\s*(đ/c|đồng chí|đoàn viên|đv|người|thành viên|đại biểu)\.?\)?\s*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Named:
    """One unit named with its kind: `word` as in "xã", the words after it, and where it stands."""

    word: str
    name: str
    start: int
    kind: str | None = None


@dataclass(frozen=True)
class Places:
    """The units a text names.

    `bare` are its parts that name no kind; `before` is what stands before the commune;
    `is_old`: it says "(cũ)".
    """

    text: str
    communes: tuple[Named, ...] = ()
    districts: tuple[Named, ...] = ()
    provinces: tuple[Named, ...] = ()
    bare: tuple[str, ...] = ()
    before: str = ""
    is_old: bool = False


@lru_cache(maxsize=50_000)
def places_in(text: str) -> Places:
    """Take a unit text apart. Names run to the next word that names a kind, or to the end of their part."""
    original = _COUNT.sub("", tidy(text)[:_LONGEST])
    lower = _DOTS.sub(". ", original.lower()) if len(original) == len(original.lower()) else original.lower()
    original = _DOTS.sub(". ", original)
    hidden = _FALSE_COMMUNE.sub(lambda found: "·" * len(found[0]), lower)
    is_plain = lower.isascii()
    found: list[Named] = []
    bare: list[str] = []
    before = ""
    for start, part in _parts(hidden):
        named = list(_named_in(part, start, is_plain))
        if not named:
            bare.append(original[start : start + len(part)].strip(" .:"))
            continue
        lead = original[start : named[0].start].strip(" ,;:-–.")
        if re.search(r"(^|\s)chi$", lead.lower()):
            lead = f"{lead} đoàn"  # the word that the union's own phrase took
        if lead and any(one.kind for one in named):
            before = before or lead
        elif lead:
            bare.append(lead)
        found += named
    is_old = any(part.lower() in _OLD for part in bare) or any(_OLD_AFTER.search(one.name) for one in found)
    found = [replace(one, name=_OLD_AFTER.sub("", one.name)) for one in found]
    return Places(
        original,
        communes=tuple(one for one in found if one.kind),
        districts=tuple(one for one in found if one.word in _DISTRICT_WORDS),
        provinces=tuple(one for one in found if one.word in _PROVINCE_WORDS),
        bare=tuple(part for part in bare if part and part.lower() not in _OLD and not part.isdecimal()),
        before=before,
        is_old=is_old,
    )


def _parts(text: str):
    """The parts between commas, brackets and dashes, with where they start."""
    start = 0
    for found in _APART.finditer(text):
        if found.start() > start:
            yield start, text[start : found.start()]
        start = found.end()
    if start < len(text):
        yield start, text[start:]


def _named_in(part: str, offset: int, is_plain: bool):
    matches = [found for found in _PHRASE.finditer(part) if _counts(found, is_plain, offset)]
    matches = _apart_from_names(matches, part) if is_plain else matches
    for place, found in enumerate(matches):
        end = matches[place + 1].start() if place + 1 < len(matches) else len(part)
        word = _FULL_WORDS.get(found["word"], found["word"])
        name = part[found.end() : end].strip(" .:-")
        if name:
            yield Named(word, name, offset + found.start(), _KINDS.get(word))


def _apart_from_names(matches: list[re.Match], part: str) -> list[re.Match]:
    """Without those that are a piece of a name that lacks its accents: "xa phuong tien", "xa quan chu"."""
    kept: list[re.Match] = []
    for found in matches:
        follows = bool(kept) and not part[kept[-1].end() : found.start()].strip()
        if kept and found["word"] in _FULL_WORDS and not part[found.end() :].strip(" .:-"):
            continue
        if follows and len(kept) == 1:
            continue
        if follows:
            kept.pop()
        kept.append(found)
    return kept


def _counts(found: re.Match, is_plain: bool, offset: int) -> bool:
    """Whether the word names a kind here: not "xa" inside an accented name, not a letter without its dot."""
    word, dotted = found["word"], "." in found["stop"]
    at_start = not found.string[: found.start()].strip()
    if word == "quan":  # "Quan Triều" is no quận
        return is_plain and offset + found.start() > 0
    if word in ("thị", "thành"):
        return bool(found["after"])
    if word in _FULL_WORDS and word != _FULL_WORDS[word]:
        return is_plain or at_start
    if len(word) == 1:
        return dotted or at_start or (word in "xp" and bool(found.string[: found.start()].strip()))
    return True


_LEADING_UNION = re.compile(rf"^(?:{_UNION})(?=\S)", re.IGNORECASE)


def without_union(text: str) -> str:
    """A bare text without the words of the Union before it: "Đoàn Đại Từ" is "Đại Từ"."""
    return _LEADING_UNION.sub("", text.strip()[:_LONGEST]).strip(" .:-")
