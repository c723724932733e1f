"""Numbers turned into lines, bars and areas of an SVG picture. Templates only draw them."""

from dataclasses import dataclass
from datetime import date
from math import cos, radians

from reports.queries.months import Growth, Month
from reports.queries.outlines import commune_outlines
from reports.queries.units import UnitLine, UnitTable
from units.models import Unit


@dataclass(frozen=True)
class MapArea:
    """One unit on the map: an outline, or a dot at x, y where there is no outline."""

    mark: str
    label: str
    path: str = ""
    x: float = 0
    y: float = 0


@dataclass(frozen=True)
class UnitMap:
    """The units of a table on a map; silent ones last, so that their red edge is drawn over the others."""

    width: int
    height: int
    areas: list[MapArea]


DOT_MAP_HEIGHT = 480
DOT_MAP_EDGE = 12


def unit_map(unit: Unit, table: UnitTable) -> UnitMap | None:
    """The communes of a province by their state; None for other units and where nothing has a place."""
    if unit.depth > 1:
        return None
    lines = sorted(table.lines, key=lambda line: ("ok", "none", "late", "silent").index(line.mark))
    outlines = commune_outlines(unit.official_code)
    if outlines is not None:
        paths = outlines.paths
        areas = [
            MapArea(line.mark, _label(line), path=paths[line.unit.official_code])
            for line in lines
            if line.unit.official_code in paths
        ]
        return UnitMap(outlines.width, outlines.height, areas) if areas else None
    return _dot_map([line for line in lines if line.unit.latitude is not None])


def _label(line: UnitLine) -> str:
    return f"{line.unit.place}: {line.word}"


def _dot_map(lines: list[UnitLine]) -> UnitMap | None:
    places = [(line.unit.longitude or 0, line.unit.latitude or 0) for line in lines]
    if not places:
        return None
    (west, south), (east, north) = (tuple(map(side, zip(*places, strict=True))) for side in (min, max))
    per_degree = (DOT_MAP_HEIGHT - 2 * DOT_MAP_EDGE) / max(north - south, 0.01)
    squeeze = per_degree * cos(radians((north + south) / 2))
    areas = [
        MapArea(
            line.mark,
            _label(line),
            x=round((longitude - west) * squeeze + DOT_MAP_EDGE, 1),
            y=round((north - latitude) * per_degree + DOT_MAP_EDGE, 1),
        )
        for line, (longitude, latitude) in zip(lines, places, strict=True)
    ]
    return UnitMap(round((east - west) * squeeze) + 2 * DOT_MAP_EDGE, DOT_MAP_HEIGHT, areas)


@dataclass(frozen=True)
class Tick:
    """One mark on an axis: where, and what number or day stands there."""

    at: float
    label: str


@dataclass(frozen=True)
class GrowthChart:
    """A number growing towards its target, with the dashed line of what is needed."""

    points: str
    needed: str
    now: Tick
    now_y: float
    value: int
    words: list[Tick]
    ticks: list[Tick]
    days: list[Tick]

    WIDTH, HEIGHT = 360, 250
    LEFT, RIGHT, TOP, BOTTOM = 64, 344, 28, 210
    ROOM_FOR_A_DAY = 44

    @property
    def anchor(self) -> str:
        """To which side of the present day its words stand: there is no room right of a late one."""
        return "end" if self.now.at > (self.LEFT + self.RIGHT) / 2 else "start"


def growth_chart(growth: Growth, *, goal: int, needed_now: int, ends_on: date) -> GrowthChart:
    """The picture of a growth over its whole period; words tell what was reached and what is due now."""
    box = GrowthChart
    whole = max((ends_on - growth.first).days, 1)
    ticks = _ticks(max(goal, growth.total, 1))
    top = ticks[-1]

    def x(day: date) -> float:
        return round(box.LEFT + (box.RIGHT - box.LEFT) * min((day - growth.first).days / whole, 1), 1)

    def y(value: float) -> float:
        return round(box.BOTTOM - (box.BOTTOM - box.TOP) * value / top, 1)

    steps = [(growth.first, 0), *growth.points, (growth.last, growth.total)]
    now = Tick(x(growth.last), f"{growth.last.day}/{growth.last.month}")
    days = [Tick(x(day), f"{day.day}/{day.month}") for day in (growth.first, ends_on)]
    told = sorted([(growth.total, _number(growth.total)), (needed_now, f"cần {_number(needed_now)}")])
    return GrowthChart(
        points=" ".join(f"{x(day)},{y(value)}" for day, value in steps),
        needed=f"{x(growth.first)},{y(0)} {x(ends_on)},{y(goal)}",
        now=now,
        now_y=y(growth.total),
        value=growth.total,
        words=[Tick(y(told[0][0]) + 22, told[0][1]), Tick(y(told[1][0]) - 12, told[1][1])],
        ticks=[Tick(y(value), _number(value)) for value in ticks],
        days=[day for day in days if abs(day.at - now.at) > box.ROOM_FOR_A_DAY],
    )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


@dataclass(frozen=True)
class Bar:
    """One month's column."""

    x: float
    y: float
    height: float
    is_now: bool


@dataclass(frozen=True)
class BarChart:
    """One number by month, with the highest and the present one told in figures."""

    title: str
    measure: str
    bars: list[Bar]
    value: int
    url: str
    first_label: str
    last_label: str

    WIDTH, HEIGHT, BASE = 264, 96, 92


def month_charts(months: list[Month]) -> list[BarChart]:
    """Four small pictures of the same months."""
    return [
        _bars("Sự kiện, tập huấn", "sự kiện", months, "event_count", "events_url"),
        _bars("Lượt dự", "lượt", months, "attendance_count", "attendances_url"),
        _bars("Đội hình tình nguyện", "đội hình", months, "squad_count", "squads_url"),
        _bars("Lượt người dân được hỗ trợ", "lượt", months, "helped_count", "helped_url"),
    ]


def _bars(title: str, measure: str, months: list[Month], count: str, url: str) -> BarChart:
    values = [getattr(month, count) for month in months]
    highest, room = max([*values, 1]), BarChart.BASE - 4
    step = BarChart.WIDTH / len(values)
    bars = [
        Bar(
            x=round(place * step + 3, 1),
            y=round(BarChart.BASE - room * value / highest, 1),
            height=round(room * value / highest, 1),
            is_now=place == len(values) - 1,
        )
        for place, value in enumerate(values)
    ]
    first, last = months[0], months[-1]
    return BarChart(title, measure, bars, values[-1], getattr(last, url), first.label, last.label)


def _ticks(highest: int) -> list[int]:
    """Round numbers from 0 to at least the highest, three or four steps."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * 4 >= highest:
                size = step * factor
                return list(range(0, highest + size, size))
        step *= 10
