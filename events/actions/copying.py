"""The same event once more, or many times: on other days, in other places."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction

from core import audit
from events.actions.planning import create_event
from events.models import Event

# What a copy takes over as it is; every moment moves with the beginning.
KEPT = [
    "title",
    "kind",
    "host",
    "program",
    "campaign",
    "theme",
    "description",
    "mode",
    "place_note",
    "capacity",
    "offer_hours",
    "gives_certificate",
    "pass_percent",
]
MOVED = ["ends_at", "doors_at", "opens_at", "closes_at", "shares_until"]


class Sitting(NamedTuple):
    """When and where the event takes place once more; the place of the first one when it is empty."""

    starts_at: datetime
    place: str = ""


@transaction.atomic
def copy_event(*, event: Event, sittings: Sequence[Sitting], by: Any) -> list[Event]:
    """A draft for each sitting: facts, sessions, agenda, shares of seats and connection points; all or none.

    Nothing of what happened is taken over: no registration, no presence, no counted figure.
    """
    return [_copied(event, sitting, by=by) for sitting in sittings]


def _copied(event: Event, sitting: Sitting, *, by: Any) -> Event:
    by_how_much = sitting.starts_at - event.starts_at
    facts = {name: getattr(event, name) for name in KEPT}
    copy = create_event(
        by=by,
        sessions=_rows(event.sessions, ["title"], ["starts_at", "ends_at"], by_how_much),
        parts=_rows(event.parts, ["kind", "title", "speaker"], ["starts_at"], by_how_much),
        quotas=_rows(event.quotas, ["unit_id", "seats"], [], by_how_much),
        venues=_rows(
            event.venues, ["unit_id", "place", "person_in_charge", "expected_count"], [], by_how_much
        ),
        starts_at=sitting.starts_at,
        place=sitting.place or event.place,
        **facts,
        **_moved(event, MOVED, by_how_much),
    )
    audit.record("event.copied", by=by, target=copy, unit=copy.host, detail={"copied_from": event.pk})
    return copy


def _rows(rows: Any, kept: list[str], moved: list[str], by_how_much: timedelta) -> Iterable[dict[str, Any]]:
    for row in rows.order_by("pk"):
        yield {name: getattr(row, name) for name in kept} | _moved(row, moved, by_how_much)


def _moved(row: Any, names: list[str], by_how_much: timedelta) -> dict[str, datetime | None]:
    moments = {name: getattr(row, name) for name in names}
    return {name: moment and moment + by_how_much for name, moment in moments.items()}
