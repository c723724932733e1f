"""Short codes people read aloud and type by hand: no letter in them looks like another."""

import re
import secrets

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_FAIR = range(256 - 256 % len(CODE_LETTERS))  # bytes that stand for each letter equally often
_LETTER_OF_BYTE = bytes(ord(CODE_LETTERS[byte % len(CODE_LETTERS)]) for byte in range(256))
_UNFAIR = bytes(byte for byte in range(256) if byte not in _FAIR)
_SEPARATORS = re.compile(r"[\s\u00a0.\-–—_]+")


def new_code(length: int) -> str:
    """An unguessable code of that many letters and digits."""
    return new_codes(1, length)[0]


def new_codes(count: int, length: int) -> list[str]:
    """So many unguessable codes, drawn together. Two of them may be the same."""
    letters, wanted = "", count * length
    while len(letters) < wanted:
        letters += secrets.token_bytes(wanted).translate(_LETTER_OF_BYTE, _UNFAIR).decode()
    return [letters[start : start + length] for start in range(0, wanted, length)]


def grouped(code: str) -> str:
    """The code in groups of four, as it is shown: "K7M2-9QXD"."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def typed_code(text: str) -> str:
    """What somebody typed, as the code is kept: "k7m2 9qxd" is "K7M29QXD"."""
    return _SEPARATORS.sub("", text).upper()


def looks_like_code(text: str, length: int) -> bool:
    """Whether the text could be a code of that length."""
    return len(text) == length and all(letter in CODE_LETTERS for letter in text)
