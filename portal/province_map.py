"""The province as one small drawing: its outline and a dot for each commune."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from reports.queries import Dot


@dataclass(frozen=True)
class ProvinceMap:
    """SVG paths for one picture. `borders` names the picture of the communes' borders, or is empty."""

    width: int
    height: int
    outline: str
    covered: str
    bare: str
    borders: str


def draw_province(dots: list[Dot]) -> ProvinceMap | None:
    """The map of this portal's province with the dots on it.

    None when there are no dots, or `scripts/outlines.py` has drawn no outline for the province.
    """
    outline = _outlines().get(settings.PROVINCE_CODE)
    if outline is None or not dots:
        return None
    return ProvinceMap(
        width=outline["width"],
        height=outline["height"],
        outline=outline["outline"],
        covered=_dots_path(outline, [dot for dot in dots if dot.covered]),
        bare=_dots_path(outline, [dot for dot in dots if not dot.covered]),
        borders=f"img/borders-{settings.PROVINCE_CODE}.svg",
    )


@cache
def _outlines() -> dict:
    return json.loads((Path(__file__).parent / "data" / "outlines.json").read_text("utf-8"))


def _dots_path(sheet: dict, dots: list[Dot]) -> str:
    """Strokes of no length; round line ends make them dots."""
    placed = (
        (
            (dot.longitude - sheet["west"]) * sheet["per_longitude"] + 4,
            (sheet["north"] - dot.latitude) * sheet["per_latitude"] + 4,
        )
        for dot in dots
    )
    return "".join(f"M{x:.0f} {y:.0f}h0" for x, y in placed)
