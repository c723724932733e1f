"""Vietnamese text: one composition, one folded form, one order.

Sources: Unicode normalisation forms; the CLDR order of Vietnamese letters and tones.
"""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile(r"[\u200b-\u200d\u2060\ufeff]")
_BLANKS = re.compile(r"[\s\u00a0\u200b-\u200d\u2060\ufeff]+")
_LOOKALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ɖ": "đ"})
_TONE_ORDER = {"": "0", "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MOST_WORDS = 50_000
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_KEYS = {letter: f"{place:02d}" for place, letter in enumerate(_LETTERS, start=10)}


def tidy(text: str) -> str:
    """The text in NFC, with Đ written as Đ, blanks of every kind squeezed to one and trimmed."""
    text = unicodedata.normalize("NFC", text.translate(_LOOKALIKES))
    return _BLANKS.sub(" ", text).strip()


def fold(text: str) -> str:
    """The text without accents, in lower case: what search and matching compare.

    "Nguyễn Thị  Hường" and "NGUYEN THI HUONG" fold to the same "nguyen thi huong".
    """
    return " ".join(map(_folded_word, _words(text)))


def _words(text: str) -> list[str]:
    """The words of a text that need not be tidy; each is tidied by itself, where it is remembered."""
    return (_INVISIBLE.sub(" ", text) if _INVISIBLE.search(text) else text).split()


@lru_cache(maxsize=_MOST_WORDS)
def _folded_word(word: str) -> str:
    text = unicodedata.normalize("NFD", tidy(word).lower()).replace("đ", "d")
    return "".join(c for c in text if not unicodedata.combining(c))


def spelling_key(text: str) -> str:
    """The text in lower case with the tone at each word's end: Hoà and Hòa, Mỹ and Mĩ are equal.

    Unlike `fold` it keeps every accent, so Văn Lang and Văn Lăng differ.
    """
    return " ".join(map(_spelled_word, _words(text)))


@lru_cache(maxsize=_MOST_WORDS)
def _spelled_word(word: str) -> str:
    word = unicodedata.normalize("NFD", tidy(word).lower())
    bare = "".join(c for c in word if c not in _TONES)
    bare = re.sub(r"(?<=[hklmstv])y$", "i", bare)
    return unicodedata.normalize("NFC", bare + "".join(c for c in word if c in _TONES))


@lru_cache(maxsize=_MOST_WORDS)
def _word_key(word: str) -> str:
    letters, tone = [], ""
    for char in unicodedata.normalize("NFC", word.lower()):
        parts = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
        tone = next((c for c in parts if c in _TONES), tone)
        letters.append(_LETTER_KEYS.get(base, "00"))
    return "".join(letters) + "." + _TONE_ORDER[tone]


def name_sort_key(full_name: str) -> str:
    """An ASCII key that orders people as Vietnamese lists do: given name, family name, middle names.

    Bytewise order of the key is the right order on every database. At most 200 characters.
    """
    return name_keys(full_name)[1]


def name_keys(full_name: str) -> tuple[str, str, str]:
    """The folded name and its sort key, as `fold` and `name_sort_key` give them, and the folded initials.

    Of the initials there are at most 12.
    """
    words = tidy(full_name).split()
    ordered, folded = [*words[-1:], *words[:-1]], list(map(_folded_word, words))
    initials = "".join([word[:1] for word in folded[:12]])
    return " ".join(folded), " ".join(map(_word_key, ordered))[:200], initials


def sort_key(text: str) -> str:
    """An ASCII key that orders titles and place names by the Vietnamese alphabet, word by word."""
    return " ".join(_word_key(word) for word in tidy(text).split())[:200]
