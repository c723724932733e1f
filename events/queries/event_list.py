"""The public list of events, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from events.models import Event, Registration
from events.rules import day_span, hour_span, spoken

PAGE_SIZE = 20
OPEN, COMING, PAST = "open", "coming", "past"


@dataclass(frozen=True)
class EventRow:
    """One line of the list: when, what, where, and whether one can still come."""

    event: Event
    times: str
    state: str
    word: str


@dataclass(frozen=True)
class EventRows:
    """One page of the list; `kinds` are those the whole list has.

    `back` and `forward` are the keys of the pages beside it, 0 for none.
    """

    rows: list[EventRow]
    kinds: list[str]
    total: int
    back: int
    forward: int


def _state_of(event: Any, at: datetime) -> tuple[str, str]:
    """The state's sign and its words."""
    stage = event.stage_at(at)
    left = event.capacity - event.taken
    if stage == Event.Stage.OPEN and left > 0:
        return "seats", f"Còn {left}/{event.capacity} chỗ"
    if stage == Event.Stage.OPEN:
        return "full", "Hết chỗ · còn danh sách chờ"
    if stage == Event.Stage.ANNOUNCED:
        return "soon", f"Mở đăng ký {spoken(event.opens_at)}"
    return {Event.Stage.RUNNING: "open"}.get(stage, "quiet"), stage.label


def _row(event: Event, at: datetime) -> EventRow:
    days, hours = day_span(event.starts_at, event.ends_at), hour_span(event.starts_at, event.ends_at)
    several_days = days.count("–") == 1
    state, word = _state_of(event, at)
    return EventRow(event=event, times=days if several_days else hours, state=state, word=word)


def _shown(events: QuerySet) -> QuerySet:
    taken = Count("registrations", filter=Q(registrations__state__in=Registration.HOLDING))
    return events.select_related("host").annotate(taken=taken)


def _beyond(events: QuerySet, key: int, *, later: bool) -> QuerySet:
    """Events on one side of the one with that key, in the order of the list."""
    edge = Event.objects.filter(pk=key).values_list("starts_at", "pk").first()
    if edge is None:
        return events
    starts_at, pk = edge
    side = "gt" if later else "lt"
    return events.filter(
        Q(**{f"starts_at__{side}": starts_at}) | Q(starts_at=starts_at, **{f"pk__{side}": pk})
    )


def event_rows(
    *, when: str, kind: str = "", at: datetime, after: int | None = None, before: int | None = None
) -> EventRows:
    """A page of the open, coming (soonest first) or past (latest first) events of a kind, or of all."""
    choose = {OPEN: Event.objects.open_at, COMING: Event.objects.coming_at, PAST: Event.objects.past_at}
    events = choose[when](at)
    kinds = list(events.order_by().values_list("kind", flat=True).distinct())
    if kind:
        events = events.filter(kind=kind)
    forward_in_time = when != PAST
    towards_end = before is None
    key = after if towards_end else before
    page = _shown(events)
    if key is not None:
        page = _beyond(page, key, later=towards_end == forward_in_time)
    sign = "" if towards_end == forward_in_time else "-"
    found = list(page.order_by(f"{sign}starts_at", f"{sign}pk")[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    if not towards_end:
        found.reverse()
    has_forward = more if towards_end else bool(found)
    has_back = bool(found) and (key is not None if towards_end else more)
    return EventRows(
        rows=[_row(event, at) for event in found],
        kinds=kinds,
        total=events.count(),
        back=found[0].pk if has_back else 0,
        forward=found[-1].pk if has_forward else 0,
    )


def open_rows(*, at: datetime, limit: int, program: Any = None) -> list[EventRow]:
    """The first events that take registrations now, of one program when given."""
    events = Event.objects.open_at(at)
    if program is not None:
        events = events.filter(program=program)
    return [_row(event, at) for event in _shown(events).order_by("starts_at", "pk")[:limit]]
