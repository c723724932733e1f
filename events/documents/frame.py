"""The certificate's line-work frame, drawn in two inks so that it prints well on office paper."""

import math
from functools import cache

_WIDTH, _HEIGHT = 297.0, 210.0  # A4 landscape, in millimetres
_OUTER, _BAND = 6.4, 8.4
_DEEP, _PALE, _RED, _YELLOW = "#083e78", "#5b93cf", "#c8102e", "#ffcd00"
_LINES, _SWING = 7, 2.6


@cache
def frame_svg() -> str:
    """The frame, its corner stars and the badge's stand-in as one SVG of a whole page."""
    inner = _OUTER + _BAND
    sides = [_wave(side, line) for side in ("top", "bottom", "left", "right") for line in range(_LINES)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}">'
        f'<g fill="none" stroke="{_PALE}" stroke-width=".16">{"".join(sides)}</g>'
        f'<g fill="none" stroke="{_DEEP}">{_rect(_OUTER, 0.6)}{_rect(inner, 0.35)}</g>'
        f"{''.join(_corner(x, y) for x in (_OUTER, _WIDTH - inner) for y in (_OUTER, _HEIGHT - inner))}"
        f'<circle cx="{_WIDTH / 2:g}" cy="29" r="7.8" fill="{_RED}"/>'
        f"{_star(_WIDTH / 2, 29, 4.9, _YELLOW)}</svg>"
    )


def _rect(at, stroke) -> str:
    width, height = _WIDTH - 2 * at, _HEIGHT - 2 * at
    return f'<rect x="{at}" y="{at}" width="{width:g}" height="{height:g}" stroke-width="{stroke}"/>'


def _wave(side, line) -> str:
    """One thread of a side: parabolas joined smoothly, its swing and phase set by its number."""
    is_flat = side in ("top", "bottom")
    start, end = _OUTER + _BAND, (_WIDTH if is_flat else _HEIGHT) - _OUTER - _BAND
    middle = _OUTER + _BAND / 2
    if side in ("bottom", "right"):
        middle = (_HEIGHT if is_flat else _WIDTH) - middle
    half = (end - start) / (14 if is_flat else 10)
    step = half / 9
    points = []
    for number in range(int(round((end - start) / step)) + 1):
        along = start + number * step
        turn = math.pi * (along - start) / half
        across = middle + _SWING * math.sin(turn + line * math.pi / _LINES / 1.6) * (1 - line * 0.08)
        points.append((along, across) if is_flat else (across, along))
    return f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'


def _corner(x, y) -> str:
    square = (
        f'<rect x="{x:g}" y="{y:g}" width="{_BAND}" height="{_BAND}" fill="#fff" '
        f'stroke="{_DEEP}" stroke-width=".35"/>'
    )
    return square + _star(x + _BAND / 2, y + _BAND / 2, 2.8, _RED)


def _star(x, y, radius, fill) -> str:
    points = []
    for number in range(10):
        reach = radius if number % 2 == 0 else radius * 0.382
        angle = math.pi * (number / 5 - 0.5)
        points.append(f"{x + reach * math.cos(angle):.2f},{y + reach * math.sin(angle):.2f}")
    return f'<polygon points="{" ".join(points)}" fill="{fill}"/>'
