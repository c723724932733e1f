"""What staff see who send members of their branch to an event."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, Subquery

from events import rules
from events.models import Event, Registration
from events.queries.check_in import about_member
from members.models import Member
from members.queries.member_list import search_members
from units.scope import Scope

LIST_SIZE = 30
_DRAWN_AS = {
    Registration.State.SEATED: "done",
    Registration.State.OFFERED: "full",
    Registration.State.WAITING: "full",
}


@dataclass(frozen=True)
class Share:
    """The seats of the event kept for one unit of the person's branches."""

    owner: str
    seats: int
    taken: int

    @property
    def left(self) -> int:
        return max(self.seats - self.taken, 0)


@dataclass(frozen=True)
class Candidate:
    """One member who may be sent; `word` says where their registration stands, when there is one."""

    pk: int
    name: str
    about: str
    state: str
    word: str


@dataclass(frozen=True)
class NominationPage:
    """The event, the shares of the person's units, and the members found by name."""

    event: Event
    starts: str
    deadline: str
    problems: list[str]
    shares: list[Share]
    sent_count: int
    candidates: list[Candidate]
    has_more: bool


def nomination_page(
    event: Event, *, scope: Scope, phones_in: Scope, search: str, at: datetime
) -> NominationPage:
    """The page of the published event for somebody who may nominate in those branches.

    Telephone numbers are searched in `phones_in` only.
    """
    live = event.registrations.live().filter(scope.as_q("member__unit__path"))
    found = _candidates(event, scope, phones_in, search)
    return NominationPage(
        event=event,
        starts=rules.spoken(event.starts_at),
        deadline=rules.spoken_near(event.closes_at, to=event.starts_at),
        problems=rules.window_problems(event, at=at),
        shares=_shares(event, scope),
        sent_count=live.count(),
        candidates=[_candidate(member) for member in found[:LIST_SIZE]],
        has_more=len(found) > LIST_SIZE,
    )


def _shares(event: Event, scope: Scope) -> list[Share]:
    taken = Count("registrations", filter=Q(registrations__state__in=Registration.HOLDING))
    quotas = event.quotas.filter(scope.as_q("unit__path")).annotate(taken=taken).select_related("unit")
    return [
        Share(quota.unit.title, quota.seats, quota.taken) for quota in quotas.order_by("unit__path", "pk")
    ]


def _candidates(event: Event, scope: Scope, phones_in: Scope, search: str) -> list[Member]:
    """One more than the page shows, so that it knows whether there are more."""
    own = Registration.objects.live().filter(event=event, member=OuterRef("pk"))
    members = Member.objects.within(scope).filter(status__in=rules.TAKING_PART).select_related("unit")
    members = members.annotate(registered=Subquery(own.values("state")[:1]))
    return list(search_members(members, search, phones_in=phones_in)[: LIST_SIZE + 1])


def _candidate(member) -> Candidate:
    state = member.registered
    word = Registration.State(state).label if state else ""
    return Candidate(member.pk, member.full_name, about_member(member), _DRAWN_AS.get(state, ""), word)
