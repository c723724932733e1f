"""Short codes people read aloud and type by hand: no letter in them looks like another."""

import re
import secrets

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_SEPARATORS = re.compile(r"[\s\u00a0.\-–—_]+")


def new_code(length: int) -> str:
    """An unguessable code of that many letters and digits."""
    drawn, letters = secrets.randbelow(len(CODE_LETTERS) ** length), []
    for _ in range(length):
        drawn, letter = divmod(drawn, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[letter])
    return "".join(letters)


def grouped(code: str) -> str:
    """The code in groups of four, as it is shown: "K7M2-9QXD"."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def typed_code(text: str) -> str:
    """What somebody typed, as the code is kept: "k7m2 9qxd" is "K7M29QXD"."""
    return _SEPARATORS.sub("", text).upper()


def looks_like_code(text: str, length: int) -> bool:
    """Whether the text could be a code of that length."""
    return len(text) == length and all(letter in CODE_LETTERS for letter in text)
