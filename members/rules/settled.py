"""A staged line with what staff have settled about it: values dropped, days and months exchanged."""

from collections.abc import Mapping
from typing import Any

from members.models.roster_row import DATE_ORDER_DOUBT
from members.rules.shown import shown_fact

SWAP, KEEP = "swap", "keep"
SWAPPED = "day_month_swapped"
DATE_FIELDS = ("date_of_birth", "joined_on")


def swapped(iso: str) -> str:
    """The full date with day and month exchanged: "2005-09-05" is "2005-05-09"."""
    year, month, day = iso.split("-")
    return f"{year}-{day}-{month}"


def doubted_dates(kept: Mapping[str, Any], decision: Mapping[str, Any]) -> list[str]:
    """The date fields of a line in which day and month may have been exchanged."""
    asked = {problem["field"] for problem in kept["problems"] if problem["code"] == DATE_ORDER_DOUBT}
    given = set(kept["fields"]) - set(decision.get("dropped", ()))
    return [name for name in DATE_FIELDS if name in asked & given]


def settled_fields(kept: Mapping[str, Any], decision: Mapping[str, Any]) -> dict[str, str]:
    """The fields of the line as they will be used."""
    dropped = set(decision.get("dropped", ()))
    fields = {name: value for name, value in kept["fields"].items() if name not in dropped}
    if decision.get("dates") == SWAP:
        fields |= {name: swapped(fields[name]) for name in doubted_dates(kept, decision)}
    return fields


def settled_problems(kept: Mapping[str, Any], decision: Mapping[str, Any]) -> list[dict]:
    """What reading noticed, less what staff have settled since; an exchange is told as a repair."""
    settled = {*decision.get("dropped", ())} | ({"unit_code"} if "unit" in decision else set())
    left = [problem for problem in kept["problems"] if problem["field"] not in settled]
    if "dates" not in decision:
        return left
    left = [problem for problem in left if problem["code"] != DATE_ORDER_DOUBT]
    doubted = doubted_dates(kept, decision) if decision["dates"] == SWAP else []
    return left + [_exchanged(name, kept["fields"][name]) for name in doubted]


def _exchanged(name: str, iso: str) -> dict:
    was, now = shown_fact(name, iso), shown_fact(name, swapped(iso))
    message = f"Ngày {was} được đảo thành {now} theo quyết định của người nhập."
    return {"field": name, "code": SWAPPED, "level": "fix", "message": message}
