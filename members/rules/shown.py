"""A fact as staff read it. A citizen number never shows more than its last four digits."""

import re

from members.dates import PartialDate
from members.models import Member

HIDDEN = "••••••••"
_NUMBER = re.compile(r"(?<!\d)\d(?:[\s.\-]?\d){4,}(?!\d)")
_CITIZEN_NUMBER = re.compile(r"(?<![\d+])\d(?:[\s.\-]?\d){11}(?!\d)")


def shown_fact(name: str, value: str) -> str:
    """The fact in words: "02/09/2005", "Nữ", "0912 345 678", "••••••••1234". Blank stays blank."""
    if not value:
        return ""
    if name in ("born", "joined", "date_of_birth", "joined_on"):
        return str(PartialDate.from_iso(value))
    if name == "sex":
        return dict(Member.Sex.choices).get(value, value)
    if name in ("phone", "phone_other"):
        return shown_phone(value)
    if name in ("citizen_id", "citizen_id_last4"):
        return HIDDEN + value[-4:]
    return value


def shown_phone(e164: str) -> str:
    """A number as people write it: "0912 345 678"; one of another country keeps its "+"."""
    if not e164.startswith("+84"):
        return e164
    local = "0" + e164.removeprefix("+84")
    return f"{local[:4]} {local[4:7]} {local[7:]}" if len(local) == 10 else local


def hide_numbers(text: str, *, every: bool = False) -> str:
    """The text with citizen numbers hidden but for the last four digits; `every`: any long number."""
    return (_NUMBER if every else _CITIZEN_NUMBER).sub(_hidden, text)


def _hidden(found: re.Match) -> str:
    return HIDDEN + re.sub(r"\D", "", found[0])[-4:]
