"""What targets have reached, for pages anybody opens: finished lines, kept for a minute.

One message brings thousands to one page, and each line adds up a year of records. Dashboards count anew.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.utils import timezone

from programs.models import Program, Target
from reports.queries.targets import TargetLine, home_figures, lines_of
from units.models import Unit

log = logging.getLogger(__name__)
KEPT_SECONDS = 60
_VERSION = 1  # raised when the facts of a line change


@dataclass(frozen=True)
class PublicLine:
    """One target as a public page draws it: plain words and numbers."""

    name: str
    period_name: str
    measure: str
    value: int | None
    goal: int
    percent: float | None
    needed: float
    state: str
    word: str
    gap_in_words: str


@dataclass(frozen=True)
class PublicLines:
    """The lines of one page and the moment of which they are true."""

    lines: list[PublicLine]
    counted_at: datetime


def home_lines(*, at: datetime, limit: int) -> PublicLines:
    """The province's running targets of published programs. At most a minute old."""
    province = Unit.objects.filter(depth=1).order_by("path").first()
    if province is None:
        return PublicLines([], at)
    return _kept("home", province, lambda day: home_figures(limit=limit, on=day), at=at)


def program_lines(program: Program, *, at: datetime) -> PublicLines:
    """The running targets of the program and its campaigns for its own unit. At most a minute old."""

    def count(day):
        running = Target.objects.filter(
            program=program, unit=program.unit, starts_on__lte=day, ends_on__gte=day
        )
        facts = running.select_related("indicator", "unit", "program", "campaign")
        return lines_of(facts.order_by("campaign__starts_on", "indicator__place", "pk"), on=day)

    return _kept(program.pk, program.unit, count, at=at)


def _kept(
    page: int | str, unit: Unit, count: Callable[[date], list[TargetLine]], *, at: datetime
) -> PublicLines:
    """The page's lines as they were counted within the last minute of that day, else counted now."""
    day = timezone.localdate(at)
    key = f"public-lines:{_VERSION}:{page}:{unit.pk}:{day:%Y%m%d}"
    if kept := _ask(cache.get, key):
        return PublicLines([PublicLine(**facts) for facts in kept["lines"]], kept["counted_at"])
    lines = [_public(line) for line in count(day)]
    if lines:
        _ask(cache.set, key, {"lines": [asdict(line) for line in lines], "counted_at": at}, KEPT_SECONDS)
    return PublicLines(lines, at)


def _ask(act: Callable, *arguments: object):
    """What the cache answers; a cache out of order makes the page slower and nothing else."""
    try:
        return act(*arguments)
    except Exception as failure:  # noqa: BLE001
        log.warning("The cache does not answer: %s", type(failure).__name__)
        return None


def _public(line: TargetLine) -> PublicLine:
    return PublicLine(**{name: getattr(line, name) for name in PublicLine.__dataclass_fields__})
