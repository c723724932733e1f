"""One indicator by unit as the map was then, or as it is now beside the year before."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import (
    Aggregate,
    Case,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from programs.models import Indicator, SquadPlace
from reports.queries.counters import COUNTERS, records_of
from reports.queries.declared import figures_of
from reports.queries.targets import source_url
from units.models import Cluster, Unit
from units.queries.atlas import Atlas

NOT_COMPARABLE = "không so sánh được"
BY_SHARE = "có phần chia theo tỷ lệ trong quyết định"
THEN, NOW = "khi-do", "hien-nay"
Placed = Callable[[int, date], int]


@dataclass(frozen=True)
class TimeLine:
    """One unit: its number, that of the year before where one can be told, and a note.

    `rank` is its place in an emulation cluster. `url`, `before_url` lead to the records behind each number;
    they are empty where it is not the sum of records alone.
    """

    unit: Unit
    value: int
    before: int | None = None
    note: str = ""
    url: str = ""
    before_url: str = ""
    rank: int | None = None

    @property
    def change(self) -> float | None:
        """Against the year before, in %."""
        return 100 * (self.value - self.before) / self.before if self.before else None


@dataclass(frozen=True)
class TimeTable:
    """All units that have a number, the highest number first; `total` counts everybody once."""

    lines: list[TimeLine]
    total: int
    total_before: int | None = None


def as_then(unit: Unit, indicator: Indicator, *, first: date, last: date, today: date) -> TimeTable:
    """The number under the units that stood when it was reached; each says what it became."""
    atlas = Atlas.of(unit, today=today)
    found = _amounts(indicator, unit, first, last, atlas.cuts(first, last), atlas.place_on)
    lines = [TimeLine(atlas.units[key], value, note=_became(atlas, key)) for key, value in found.items()]
    if indicator.counter != Indicator.Counter.UNITS_WITH_SQUAD:
        lines = [
            replace(
                line,
                url=source_url(indicator, unit=unit, first=first, last=last, at=line.unit, way=THEN),
            )
            for line in lines
        ]
    return TimeTable(_sorted(lines), _total(indicator, unit, first, last))


def as_now(unit: Unit, indicator: Indicator, *, first: date, last: date, today: date) -> TimeTable:
    """The number and that of the year before under the units that stand today, by lineage.

    A unit that got part of a divided one since can be compared only where the decision states shares.
    """
    atlas = Atlas.of(unit, today=today)

    def placed(key: int, _day: date) -> int:
        return atlas.place_now(key)

    then = _a_year_before(first), _a_year_before(last)
    now = _shared(atlas, indicator, _amounts(indicator, unit, first, last, [], placed))
    before = _shared(atlas, indicator, _amounts(indicator, unit, *then, [], placed))
    parted = _parted_since(atlas, then[0], indicator)
    mixed = _shared_out(atlas, indicator)
    lines = [
        _line_now(atlas, key, now.get(key, 0), before.get(key, 0), parted)
        for key in now.keys() | before.keys()
    ]
    lines = [line if line.unit.pk in mixed else _opened(line, indicator, unit, first, last) for line in lines]
    return TimeTable(_sorted(lines), _total(indicator, unit, first, last), _total(indicator, unit, *then))


def _opened(line: TimeLine, indicator: Indicator, unit: Unit, first: date, last: date) -> TimeLine:
    """The line with the way to its records, and to those of the year before."""

    def url(start: date, end: date) -> str:
        return source_url(indicator, unit=unit, first=start, last=end, at=line.unit, way=NOW)

    return replace(line, url=url(first, last), before_url=url(_a_year_before(first), _a_year_before(last)))


def ranked_in(table: TimeTable, cluster: Cluster) -> TimeTable:
    """The lines of the units of the cluster alone, with their places; equal numbers share one.

    A standing unit without a number is there with 0. One query.
    """
    places = cluster.places.select_related("unit").order_by("unit__sort_name", "pk")
    units = {place.unit_id: place.unit for place in places}
    own = {line.unit.pk: line for line in table.lines if line.unit.pk in units}
    own |= {key: TimeLine(unit, 0) for key, unit in units.items() if key not in own and not unit.is_closed}
    lines = _sorted(own.values())
    if cluster.is_ranked:
        above = [line.value for line in lines]
        lines = [replace(line, rank=above.index(line.value) + 1) for line in lines]
    return replace(table, lines=lines)


def records_at(
    at: Unit, way: str, indicator: Indicator, unit: Unit, *, first: date, last: date, today: date
) -> Q:
    """The condition that a record of the branch `unit` is counted at `at`, which may have ended since."""
    atlas = Atlas.of(unit, today=today)
    is_then = way == THEN
    placed: Placed = atlas.place_on if is_then else lambda key, _day: atlas.place_now(key)
    if indicator.counter and COUNTERS[indicator.counter].is_standing:
        squads = _squads_placed(unit, last)
        return Q(pk__in=[pk for pk, key in squads if placed(key, last) == at.pk])
    rows, column, _, within = _records(indicator, unit, first, last)
    cuts = atlas.cuts(first, last) if is_then else []
    found = Q(pk__in=[])
    for stretch, groups in _placed_groups(rows, column, within, _stretches(first, last, cuts), placed):
        if at.pk in groups:
            found |= stretch & Q(**{f"{column}__in": groups[at.pk]})
    return found


def _shared_out(atlas: Atlas, indicator: Indicator) -> set[int]:
    """The units of today whose number holds a share of a divided one, and those counted by squad."""
    if indicator.counter == Indicator.Counter.UNITS_WITH_SQUAD:
        return set(atlas.units)
    lines = (atlas.heirs(key) for key in atlas.units)
    shared = [line for some in lines if len(some) > 1 and _may_share(some, indicator) for line in some]
    return {atlas.place_now(line.to_unit_id) for line in shared}


def _line_now(atlas: Atlas, key: int, value: int, before: int, parted: dict[int, str]) -> TimeLine:
    unit = atlas.units[key]
    if len(atlas.heirs(key)) > 1:
        return TimeLine(unit, value, before, note=_became(atlas, key))
    note = parted.get(key, "")
    return TimeLine(unit, value, None if note == NOT_COMPARABLE else before, note=note)


def _became(atlas: Atlas, key: int) -> str:
    heirs = [line.to_unit_id for line in atlas.heirs(key)]
    names = ", ".join(atlas.units[heir].place for heir in heirs if heir in atlas.units)
    if not names:
        return "đã kết thúc" if atlas.units[key].is_closed else ""
    return f"đã chia tách thành {names}" if len(heirs) > 1 else f"nay là {names}"


def _parted_since(atlas: Atlas, day: date, indicator: Indicator) -> dict[int, str]:
    """The units of today that got a part of another after that day, and whether it can be told how much."""
    told: dict[int, str] = {}
    for key in atlas.units:
        lines = atlas.heirs(key)
        if len(lines) > 1 and lines[0].effective_on > day:
            word = BY_SHARE if _may_share(lines, indicator) else NOT_COMPARABLE
            for line in lines:
                heir = atlas.place_now(line.to_unit_id) if line.to_unit_id in atlas.units else line.to_unit_id
                told[heir] = NOT_COMPARABLE if told.get(heir) == NOT_COMPARABLE else word
    return told


def _may_share(lines: list, indicator: Indicator) -> bool:
    """People counted once cannot be divided by percent; turns and declared numbers can."""
    adds_up = not indicator.counter or COUNTERS[indicator.counter].sums_up
    return adds_up and all(line.share for line in lines)


def _shared(atlas: Atlas, indicator: Indicator, found: dict[int, int]) -> dict[int, int]:
    """Divide the numbers of divided units where the decision states shares; the last part takes the rest."""
    given: dict[int, int] = defaultdict(int)
    for key, value in found.items():
        lines = atlas.heirs(key)
        if len(lines) < 2 or not _may_share(lines, indicator):
            given[key] += value
            continue
        left = value
        for line in lines[:-1]:
            part = round(value * (line.share or 0) / 100)
            given[atlas.place_now(line.to_unit_id)] += part
            left -= part
        given[atlas.place_now(lines[-1].to_unit_id)] += left
    return dict(given)


# --- counting ------------------------------------------------------------------------------------------


def _amounts(
    indicator: Indicator, unit: Unit, first: date, last: date, cuts: list[date], placed: Placed
) -> dict[int, int]:
    """The number by the unit that `placed` names for each record. Two queries, three for each cut."""
    if indicator.counter and COUNTERS[indicator.counter].is_standing:
        return _standing(indicator.counter, unit, last, placed)
    rows, column, amount, within = _records(indicator, unit, first, last)
    whens = [
        When(stretch & Q(**{f"{column}__in": keys}), then=Value(at))
        for stretch, groups in _placed_groups(rows, column, within, _stretches(first, last, cuts), placed)
        for at, keys in groups.items()
    ]
    if not whens:
        return {}
    counted = rows.annotate(at_unit=Case(*whens, output_field=IntegerField())).values("at_unit")
    return dict(counted.annotate(number=amount).order_by("at_unit").values_list("at_unit", "number"))


def _placed_groups(
    rows: QuerySet,
    column: str,
    within: Callable[[date, date], Q],
    stretches: Iterable[tuple[date, date]],
    placed: Placed,
) -> Iterable[tuple[Q, dict[int, list[int]]]]:
    """For each stretch of days its condition, and the units of the records by the unit they count at."""
    for start, end in stretches:
        stretch = within(start, end)
        groups: dict[int, list[int]] = defaultdict(list)
        for key in rows.filter(stretch).order_by(column).values_list(column, flat=True).distinct():
            groups[placed(key, end)].append(key)
        yield stretch, groups


def _records(
    indicator: Indicator, unit: Unit, first: date, last: date
) -> tuple[QuerySet, str, Aggregate, Callable[[date, date], Q]]:
    if not indicator.counter:
        figures = figures_of(indicator, unit=unit, first=first, last=last)
        return figures, "unit", Sum("value"), lambda start, end: Q(day__gte=start, day__lte=end)
    counter = COUNTERS[indicator.counter]
    rows = records_of(indicator.counter, unit=unit, first=first, last=last)
    return rows, counter.unit_path.removesuffix("__path"), counter.amount(None), counter.within


def _standing(name: str, unit: Unit, day: date, placed: Placed) -> dict[int, int]:
    """Squads that stood on that day, under the unit they had on it; of communes with a squad one each."""
    found: dict[int, int] = defaultdict(int)
    for _, key in _squads_placed(unit, day):
        found[placed(key, day)] += 1
    if name == Indicator.Counter.UNITS_WITH_SQUAD:
        communes = set(
            Unit.objects.filter(pk__in=found, kind__in=Unit.PLACE_KINDS).values_list("pk", flat=True)
        )
        return {key: 1 for key in found if key in communes}
    return dict(found)


def _squads_placed(unit: Unit, day: date) -> list[tuple[int, int]]:
    """The squads that stood on that day, each with the unit it had on it."""
    squads = records_of(Indicator.Counter.SQUADS, unit=unit, first=day, last=day)
    then = SquadPlace.objects.filter(squad=OuterRef("pk"), ends_on__gte=day).order_by("ends_on")
    at = squads.annotate(
        at_unit=Coalesce(Subquery(then.values("unit_id")[:1]), F("unit_id"), output_field=IntegerField())
    )
    return list(at.order_by("pk").values_list("pk", "at_unit"))


def _total(indicator: Indicator, unit: Unit, first: date, last: date) -> int:
    """The number of the whole branch, so that who was counted in two units counts once."""
    rows, _, amount, _ = _records(indicator, unit, first, last)
    return rows.aggregate(number=amount)["number"] or 0


def _stretches(first: date, last: date, cuts: list[date]) -> Iterable[tuple[date, date]]:
    start = first
    for cut in cuts:
        yield start, cut
        start = cut + timedelta(days=1)
    yield start, last


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _sorted(lines: Iterable[TimeLine]) -> list[TimeLine]:
    return sorted(lines, key=lambda line: (-line.value, line.unit.sort_name, line.unit.pk))
