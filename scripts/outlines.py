"""Draws the outline of a province for the home page from a map of its communes.

`python scripts/outlines.py` reads every `reports/data/CODE-communes.topo.json` (their source is in the
README there) and writes `portal/data/outlines.json` and `static/img/borders-CODE.svg`.
"""

import json
import math
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEIGHT = 460
OUTLINE_POINTS = 420
BORDER_TOLERANCE = 1.2


def read_arcs(topology):
    """The arcs as lists of (longitude, latitude)."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(arc)
    return arcs


def rings_of(geometry):
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [ring for polygon in polygons for ring in polygon]


def own(index):
    return index if index >= 0 else ~index


def chain(pieces):
    """Join arcs end to end into rings."""
    pieces, rings = [list(piece) for piece in pieces], []
    while pieces:
        ring = pieces.pop()
        while ring[0] != ring[-1]:
            at = next(i for i, piece in enumerate(pieces) if ring[-1] in (piece[0], piece[-1]))
            piece = pieces.pop(at)
            ring += (piece if piece[0] == ring[-1] else piece[::-1])[1:]
        rings.append(ring)
    return rings


def area(a, b, c):
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def simplify(line, *, tolerance=0.0, points=None):
    """Visvalingam: drop the point that matters least until all matter or few enough are left."""
    line = list(line)
    while len(line) > 4:
        sizes = [area(*line[i - 1 : i + 2]) for i in range(1, len(line) - 1)]
        least = min(sizes)
        if least >= tolerance and (points is None or len(line) <= points):
            break
        del line[1 + sizes.index(least)]
    return line


class Sheet:
    """Where a place on the earth comes to lie on the drawing."""

    def __init__(self, points):
        west, east = min(p[0] for p in points), max(p[0] for p in points)
        south, north = min(p[1] for p in points), max(p[1] for p in points)
        self.west, self.north = west, north
        self.per_latitude = (HEIGHT - 8) / (north - south)
        self.per_longitude = self.per_latitude * math.cos(math.radians((north + south) / 2))
        self.width = round((east - west) * self.per_longitude) + 8

    def place(self, point):
        return (
            (point[0] - self.west) * self.per_longitude + 4,
            (self.north - point[1]) * self.per_latitude + 4,
        )

    def facts(self):
        return {
            "width": self.width,
            "height": HEIGHT,
            "west": round(self.west, 5),
            "north": round(self.north, 5),
            "per_longitude": round(self.per_longitude, 3),
            "per_latitude": round(self.per_latitude, 3),
        }


def as_path(line, *, closed):
    """The line as a short SVG path of whole units."""
    dots = [(round(x), round(y)) for x, y in line]
    text, (x, y) = f"M{dots[0][0]} {dots[0][1]}l", dots[0]
    steps = []
    for nx, ny in dots[1:]:
        if (nx, ny) != (x, y):
            steps.append(f"{nx - x} {ny - y}")
        x, y = nx, ny
    return (text + " ".join(steps)).replace(" -", "-") + ("z" if closed else "")


def draw(rings, borders):
    """The outline (islands too small to see left out), its facts and the borders inside it."""
    sheet = Sheet([point for ring in rings for point in ring])
    placed = [[sheet.place(point) for point in ring] for ring in rings]
    placed.sort(key=len, reverse=True)
    total = sum(len(ring) for ring in placed)
    outline = [
        simplify(ring, points=max(6, OUTLINE_POINTS * len(ring) // total)) for ring in placed if len(ring) > 5
    ]
    lines = [simplify([sheet.place(point) for point in arc], tolerance=BORDER_TOLERANCE) for arc in borders]
    return (
        sheet.facts() | {"outline": "".join(as_path(ring, closed=True) for ring in outline)},
        "".join(as_path(line, closed=False) for line in lines),
    )


def write_borders(code, path, width):
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}"><path fill="none" '
        f'stroke="#5b93cc" stroke-opacity=".55" stroke-width=".8" d="{path}"/></svg>\n'
    )
    (ROOT / "static" / "img" / f"borders-{code}.svg").write_text(svg, "utf-8")


def province(file):
    topology = json.loads(file.read_text("utf-8"))
    arcs = read_arcs(topology)
    communes = next(iter(topology["objects"].values()))["geometries"]
    used = Counter(own(index) for commune in communes for ring in rings_of(commune) for index in ring)
    outer = [arcs[index] for index, times in used.items() if times == 1]
    inner = [arcs[index] for index, times in used.items() if times > 1]
    return draw(chain(outer), inner)


def main():
    outlines = {}
    for file in sorted((ROOT / "reports" / "data").glob("*-communes.topo.json")):
        code = file.name.split("-")[0]
        outlines[code], borders = province(file)
        write_borders(code, borders, outlines[code]["width"])
    text = json.dumps(outlines, ensure_ascii=False, indent=1, sort_keys=True)
    (ROOT / "portal" / "data" / "outlines.json").write_text(text + "\n", "utf-8")


main()
