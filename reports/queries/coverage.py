"""Which communes have a squad: the dots on the public map."""

from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Left
from django.utils import timezone

from programs.models import Squad
from reports.queries.counters import COMMUNE_PATH
from units.models import Unit


@dataclass(frozen=True)
class Dot:
    """One commune on the map. It is covered when a squad of its own or below it stands."""

    name: str
    latitude: float
    longitude: float
    covered: bool


@dataclass(frozen=True)
class Coverage:
    """The communes that have a place on the map, and how many of all communes are covered."""

    dots: list[Dot]
    covered: int
    total: int


def commune_coverage(*, on: date | None = None) -> Coverage:
    """Where squads stand on that day (today). Two queries."""
    squads = Squad.objects.standing_on(on or timezone.localdate())
    with_squad = set(
        squads.annotate(commune=Left("unit__path", COMMUNE_PATH)).values_list("commune", flat=True)
    )
    communes = list(Unit.objects.communes().order_by("path"))
    dots = [
        Dot(commune.place, commune.latitude, commune.longitude, commune.path in with_squad)
        for commune in communes
        if commune.latitude is not None and commune.longitude is not None
    ]
    return Coverage(dots, sum(commune.path in with_squad for commune in communes), len(communes))
