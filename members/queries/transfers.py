"""Transfers as the two sides and the unit above them read them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from members.models import Transfer
from members.models.transfer import TransferQuerySet
from units.models import Unit
from units.scope import Scope

ENDED_WITHIN = timedelta(days=60)
MOST_OF_A_KIND = 100


@dataclass(frozen=True)
class TransferBoard:
    """What a person sees of the moves in their branches: what waits for them first."""

    arriving: list[Transfer]
    leaving: list[Transfer]
    waiting: list[Transfer]
    ended: list[Transfer]
    overdue_count: int

    @property
    def open_count(self) -> int:
        return len(self.arriving) + len(self.leaving) + len(self.waiting)


def transfers_within(scope: Scope) -> TransferQuerySet:
    """Transfers of which either side lies in the scope, with what a page shows of them."""
    related = ("member__unit", "member__user", "from_unit", "to_unit", "asked_by", "released_by", "ended_by")
    return Transfer.objects.within(scope).select_related(*related)


def transfer_board(scope: Scope, *, on: date) -> TransferBoard:
    """The moves of the branches, most pressing first; of the ended ones those of the last weeks.

    A province sees all that are under way: what waits for one of its units stands under that side.
    """
    rows = transfers_within(scope)
    arriving = list(rows.arriving(scope).order_by("due_on", "pk")[:MOST_OF_A_KIND])
    leaving = list(rows.leaving(scope).order_by("due_on", "pk")[:MOST_OF_A_KIND])
    shown = [transfer.pk for transfer in (*arriving, *leaving)]
    waiting = list(rows.open().exclude(pk__in=shown).order_by("due_on", "pk")[:MOST_OF_A_KIND])
    ended = rows.exclude(ended_at=None).filter(ended_at__date__gte=on - ENDED_WITHIN)
    return TransferBoard(
        arriving=arriving,
        leaving=leaving,
        waiting=waiting,
        ended=list(ended.order_by("-ended_at", "-pk")[:MOST_OF_A_KIND]),
        overdue_count=rows.open().filter(due_on__lt=on).count(),
    )


def destinations() -> QuerySet[Unit]:
    """Where a member can move to: the unions right below the province; the branch is theirs to choose."""
    return Unit.objects.active().filter(depth=2).order_by("sort_name", "pk")


def branches_of(unit: Unit) -> QuerySet[Unit]:
    """The standing branches of the unit that takes a member in."""
    below = Unit.objects.active().filter(path__startswith=unit.path, kind=Unit.Kind.BRANCH)
    return below.exclude(pk=unit.pk).order_by("sort_name", "pk")
