"""The communes' outlines as SVG paths, decoded from TopoJSON. See reports/data/README.md for sources."""

import json
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
HEIGHT = 800

Point = tuple[float, float]


@dataclass(frozen=True)
class Outlines:
    """A province drawn flat: one SVG path per commune, by official code, within width × height."""

    width: int
    height: int
    paths: dict[str, str]


@cache
def commune_outlines(province_code: str) -> Outlines | None:
    """The outlines of a province's communes, or None when we have no map of it."""
    file = DATA / f"{province_code}-communes.topo.json"
    if not file.exists():
        return None
    topology = json.loads(file.read_text("utf-8"))
    (communes,) = topology["objects"].values()
    return _draw(_arcs(topology), communes["geometries"])


def _arcs(topology: dict) -> list[list[Point]]:
    """The shared border lines: TopoJSON keeps each as steps from point to point in whole numbers."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(line)
    return arcs


def _ring(arcs: list[list[Point]], numbers: list[int]) -> list[Point]:
    """The arcs joined end to end; a negative number means the arc ~number walked backwards."""
    points: list[Point] = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += line[1:] if points else line
    return points


def _rings(geometry: dict) -> list[list[int]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [ring for polygon in polygons for ring in polygon]


def _draw(arcs: list[list[Point]], geometries: list[dict]) -> Outlines:
    longitudes = [point[0] for line in arcs for point in line]
    latitudes = [point[1] for line in arcs for point in line]
    west, north = min(longitudes), max(latitudes)
    per_degree = HEIGHT / (north - min(latitudes))
    squeeze = per_degree * cos(radians((north + min(latitudes)) / 2))

    def flat(point: Point) -> tuple[int, int]:
        return round((point[0] - west) * squeeze), round((north - point[1]) * per_degree)

    paths = {
        geometry["properties"]["ma"]: "".join(
            _path([flat(point) for point in _ring(arcs, ring)]) for ring in _rings(geometry)
        )
        for geometry in geometries
    }
    return Outlines(round((max(longitudes) - west) * squeeze), HEIGHT, paths)


def _path(points: list[tuple[int, int]]) -> str:
    """The ring as a short SVG path: absolute start, then relative whole steps."""
    (x, y), steps = points[0], []
    text = f"M{x} {y}l"
    for next_x, next_y in points[1:-1]:
        if (next_x, next_y) != (x, y):
            steps.append(f"{next_x - x} {next_y - y}")
            x, y = next_x, next_y
    return text + " ".join(steps) + "z"
