"""The records behind each number, shaped for one list: what, whose, when, and how much each counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from programs.models import Indicator, SquadActivity
from reports.queries.counters import COUNTERS, count, records_of
from reports.queries.declared import figures_of
from reports.queries.months import events_of
from reports.queries.over_time import THEN, records_at
from units.models import Unit

Name = Indicator.Counter
EVENTS, FIGURES = "events", "figures"
HIDDEN_NAME = "Đoàn viên"


@dataclass(frozen=True)
class Span:
    """Which records are asked for: of one branch, between two days, of one indicator when declared.

    `at` narrows them to those counted at one unit of the branch, by the map that `way` names.
    """

    unit: Unit
    first: date
    last: date
    indicator: Indicator | None = None  # named for figures only
    shows_names: bool = False
    at: Unit | None = None
    way: str = THEN

    @property
    def facts(self) -> dict:
        return {"unit": self.unit, "first": self.first, "last": self.last}

    def records(self, name: str) -> QuerySet:
        """The records that the number counts."""
        return records_of(name, **self.facts).filter(self._counted(Indicator(counter=name)))

    def count(self, name: str) -> int:
        if self.at is None:
            return count(name, **self.facts)
        return self.records(name).aggregate(number=COUNTERS[name].amount(None))["number"] or 0

    def figures(self, indicator: Indicator) -> QuerySet:
        """What units declared."""
        return figures_of(indicator, **self.facts).filter(self._counted(indicator))

    def _counted(self, indicator: Indicator) -> Q:
        if self.at is None:
            return Q()
        return records_at(self.at, self.way, indicator, **self.facts, today=timezone.localdate())


@dataclass(frozen=True)
class SourceRow:
    """One record: when, what, a second line, of which unit, and what it adds to the number."""

    day: date | None
    what: str
    note: str
    unit: str
    amount: int


@dataclass(frozen=True)
class Source:
    """One number with the list that makes it up; `rows` is not read yet and is turned by `shape`."""

    title: str
    measure: str
    amount_head: str
    total: int
    rows: QuerySet
    shape: Callable[..., SourceRow]
    is_standing: bool = False

    def page(self, first: int, size: int) -> list[SourceRow]:
        """Some rows of the list, starting with row number `first` (from 0)."""
        return [self.shape(row) for row in self.rows[first : first + size]]


def source_of(name: str, span: Span) -> Source:
    """The number called `name` for the span, with its records. KeyError when there is no such number."""
    return SOURCES[name](span)


def _people_helped(span: Span) -> Source:
    tallies = span.records(Name.PEOPLE_HELPED)
    rows = _activities(SquadActivity.objects.filter(pk__in=tallies.values("activity")))
    return Source(
        title="Lượt người dân được hỗ trợ",
        measure="lượt",
        amount_head="Lượt",
        total=span.count(Name.PEOPLE_HELPED),
        rows=rows.annotate(amount=Sum("tallies__helped_count")),
        shape=_activity_row,
    )


def _squad_turns(span: Span) -> Source:
    rows = _activities(span.records(Name.SQUAD_TURNS))
    return Source(
        title="Lượt đoàn viên tham gia hoạt động đội hình",
        measure="lượt",
        amount_head="Đoàn viên",
        total=span.count(Name.SQUAD_TURNS),
        rows=rows.annotate(amount=F("volunteer_count")),
        shape=_activity_row,
    )


def _activities(rows: QuerySet) -> QuerySet:
    return rows.select_related("squad__unit").order_by("-done_on", "-pk")


def _activity_row(activity) -> SourceRow:
    squad = activity.squad
    note = f"{squad.name}, {activity.place}" if activity.place else squad.name
    return SourceRow(activity.done_on, activity.title, note, squad.unit.title, activity.amount)


def _attendances(span: Span) -> Source:
    rows = span.records(Name.ATTENDANCES).select_related("member", "unit", "session__event")

    def shape(row) -> SourceRow:
        event = row.session.event
        name = row.member.full_name if span.shows_names else HIDDEN_NAME
        return SourceRow(timezone.localdate(row.at), name, f"{event}, {row.session}", row.unit.title, 1)

    return Source(
        title="Lượt dự sự kiện, tập huấn",
        measure="lượt",
        amount_head="Lượt",
        total=span.count(Name.ATTENDANCES),
        rows=rows.order_by("-at", "-pk"),
        shape=shape,
    )


def _trained_members(span: Span) -> Source:
    records = span.records(Name.TRAINED_MEMBERS)
    of_member = records.filter(member=OuterRef("member")).order_by("-held_on", "-pk")
    rows = records.filter(pk=Subquery(of_member.values("pk")[:1]))

    def shape(record) -> SourceRow:
        name = record.member.full_name if span.shows_names else HIDDEN_NAME
        return SourceRow(record.held_on, name, record.title, record.unit.title, 1)

    return Source(
        title="Người hoàn thành tập huấn",
        measure="người",
        amount_head="Người",
        total=span.count(Name.TRAINED_MEMBERS),
        rows=rows.select_related("member", "unit").order_by("member__sort_key", "pk"),
        shape=shape,
    )


def _squads(span: Span) -> Source:
    def shape(squad) -> SourceRow:
        return SourceRow(squad.founded_on, squad.name, squad.get_kind_display(), squad.unit.title, 1)

    rows = span.records(Name.SQUADS).select_related("unit")
    return Source(
        title="Đội hình tình nguyện",
        measure="đội hình",
        amount_head="Số đội",
        total=span.count(Name.SQUADS),
        rows=rows.order_by("unit__path", "name", "pk"),
        shape=shape,
        is_standing=True,
    )


def _units_with_squad(span: Span) -> Source:
    def shape(unit) -> SourceRow:
        return SourceRow(unit.first_founded_on, unit.place, f"{unit.squad_count} đội hình", unit.title, 1)

    squads = span.records(Name.UNITS_WITH_SQUAD)
    of_commune = squads.filter(commune=OuterRef("path")).order_by().values("commune")
    rows = Unit.objects.filter(path__in=squads.values("commune")).annotate(
        squad_count=Subquery(of_commune.annotate(n=Count("pk")).values("n")),
        first_founded_on=Subquery(of_commune.annotate(day=Min("founded_on")).values("day")),
    )
    return Source(
        title="Xã, phường có đội hình",
        measure="đơn vị",
        amount_head="Đơn vị",
        total=span.count(Name.UNITS_WITH_SQUAD),
        rows=rows.order_by("sort_name", "pk"),
        shape=shape,
        is_standing=True,
    )


def _events(span: Span) -> Source:
    def shape(event) -> SourceRow:
        note = f"{event.get_kind_display()}, {event.place}"
        return SourceRow(timezone.localdate(event.starts_at), event.title, note, event.host.title, 1)

    rows = events_of(**span.facts).select_related("host")
    return Source(
        title="Sự kiện, tập huấn đã tổ chức",
        measure="sự kiện",
        amount_head="Số sự kiện",
        total=rows.count(),
        rows=rows.order_by("-starts_at", "-pk"),
        shape=shape,
    )


def _figures(span: Span) -> Source:
    assert span.indicator is not None, "figures are of one declared indicator"

    def shape(figure) -> SourceRow:
        who = f"{figure.declared_by} khai" if figure.declared_by else ""
        note = ", ".join(part for part in (figure.note, who) if part)
        return SourceRow(
            figure.day, f"Số liệu đến {figure.day:%d/%m/%Y}", note, figure.unit.title, figure.value
        )

    figures = span.figures(span.indicator)
    rows = figures.select_related("unit", "declared_by")
    return Source(
        title=span.indicator.name,
        measure=span.indicator.measure,
        amount_head=span.indicator.measure.capitalize(),
        total=figures.aggregate(sum=Sum("value"))["sum"] or 0,
        rows=rows.order_by("-day", "unit__path", "-pk"),
        shape=shape,
    )


SOURCES: dict[str, Callable[[Span], Source]] = {
    Name.PEOPLE_HELPED: _people_helped,
    Name.SQUAD_TURNS: _squad_turns,
    Name.ATTENDANCES: _attendances,
    Name.TRAINED_MEMBERS: _trained_members,
    Name.SQUADS: _squads,
    Name.UNITS_WITH_SQUAD: _units_with_squad,
    EVENTS: _events,
    FIGURES: _figures,
}
