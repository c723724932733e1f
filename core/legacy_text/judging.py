"""Telling by content how a text was written."""

import re
from functools import lru_cache
from unicodedata import normalize

from core.legacy_text.scripts import TCVN3, VNI, VNI_SIGN, Script
from core.legacy_text.syllables import is_syllable

ALL_SCRIPTS = frozenset(Script)
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~0-9\u2010-\u206f\u20ac\u2122]+")
_MODERN = re.compile(r"[^\x00-\xff\u2010-\u206f\u20ac\u2122]")
_VOWELS = re.compile(
    "[aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
_LOOKALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ɖ": "đ", "\u00ad": None})
_LATIN1_VIETNAMESE = frozenset("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝÐđĐ")


@lru_cache(maxsize=200_000)
def scripts_of(text: str) -> frozenset[Script]:
    """The scripts in which the text may have been written: one when its content tells, else several.

    All of them when it has no accents at all. "Dòng" may be Unicode or TCVN3 (Dũng); its column tells.
    """
    if text.isascii():
        return ALL_SCRIPTS
    if _MODERN.search(text):
        return frozenset((Script.UNICODE,))
    words = [_verdicts(word) for word in _WORD.findall(text) if not word.isascii()]
    possible: dict[Script, int] = {}
    for place, script in enumerate(Script):
        odd = [verdict for word in words if (verdict := word[place]) is not None]
        if len(odd) == len(words):
            possible[script] = sum(odd)
    reads_well = frozenset(script for script, count in possible.items() if count == 0)
    return reads_well or frozenset((*possible, Script.UNICODE))


@lru_cache(maxsize=200_000)
def decode(text: str, script: Script) -> str:
    """The text in Unicode, NFC, given the script it was written in."""
    if script is Script.TCVN3:
        decoded = text.translate(TCVN3)
        return decoded.upper() if _only_capitals(text) else decoded
    if script is Script.VNI:
        return VNI_SIGN.sub(lambda found: VNI[found[0]], text)
    return normalize("NFC", text).translate(_LOOKALIKES)


def certain_words(text: str, script: Script) -> int:
    """How many accented words of the text are Vietnamese syllables when read in this script."""
    return sum(_verdict(word, script) == 0 for word in set(_WORD.findall(text)) if not word.isascii())


@lru_cache(maxsize=200_000)
def _verdicts(word: str) -> tuple[int | None, ...]:
    """The verdict on the word for each of the scripts."""
    return tuple(_verdict(word, script) for script in Script)


@lru_cache(maxsize=200_000)
def _verdict(word: str, script: Script) -> int | None:
    """0: a syllable. 1: no syllable. None: cannot be this script. Words without vowels count as syllables."""
    if not _fits(word, script):
        return None
    decoded = decode(word, script)
    return 0 if is_syllable(decoded) or not _VOWELS.search(decoded) else 1


def _fits(word: str, script: Script) -> bool:
    if script is Script.TCVN3:
        return all(char < "\x80" or ord(char) in TCVN3 for char in word)
    if script is Script.VNI:
        return VNI_SIGN.sub("", word).isascii()
    return all(char < "\x80" or char > "\xff" or char in _LATIN1_VIETNAMESE for char in word)


def _only_capitals(text: str) -> bool:
    """The capitals of TCVN3 are another font, so capital text keeps the codes of small letters."""
    letters = [char for char in text if char.isascii() and char.isalpha()]
    return len(letters) > 1 and all(char.isupper() for char in letters)
