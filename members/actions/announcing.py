"""Staff are told of what runs out: terms of posts, and the clocks of what people ask about their data."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.office_days import working_day_after
from members.models import DataRequest, Position
from notifications.actions import enqueue
from notifications.models import Message
from units.models import Unit
from units.queries import keepers_of
from units.roles import Can

ENDED_LATELY = timedelta(days=30)
NEAR = 2  # working days
CHUNK = 200


class Notice(NamedTuple):
    """One message to one person; its key is the same however often it is thought of."""

    key: str
    user: User
    template: str
    context: dict[str, Any]


def announce_terms(*, at: datetime) -> int:
    """Tell the staff of a unit and of the one above of each term that ends soon or left a post empty.

    Once each to everybody; tells how many are new. Names nobody: the post and its unit are enough.
    """
    today = timezone.localdate(at)
    return _tell_new(_term_notices(today))


def remind_of_requests(*, at: datetime) -> int:
    """Tell who handles requests of each term that ends within two working days or has passed; once each."""
    return _tell_new(_request_notices(timezone.localdate(at)))


def _term_notices(today: date) -> Iterator[Notice]:
    posts = Position.objects.select_related("unit").order_by("pk")
    lately = posts.left_empty(today).filter(ends_on__gte=today - ENDED_LATELY)
    staff = _remembered(_staff_of_post)
    for done, found in (("ending", posts.ending_soon(today)), ("ended", lately)):
        for post in found.iterator(chunk_size=CHUNK):
            context = {"post": post, "ended": done == "ended"}
            for user in staff(post.unit):
                key = f"term-{done}:{post.pk}:{post.ends_on}:{user.pk}"
                yield Notice(key, user, "members/notices/term_told", context)


def _request_notices(today: date) -> Iterator[Notice]:
    near = working_day_after(today, NEAR)
    staff = _remembered(lambda unit: keepers_of(unit, Can.HANDLE_DATA))
    for asked in DataRequest.objects.due_by(near).select_related("member__unit").order_by("pk"):
        due = asked.next_due_on
        done = "late" if due < today else "near"
        path = reverse("admin:members_datarequest_change", args=[asked.pk])
        context = {"request": asked, "due_on": due, "late": done == "late", "path": path}
        for user in staff(asked.member.unit):
            key = f"data-request-{done}:{asked.pk}:{asked.state}:{due}:{user.pk}"
            yield Notice(key, user, "members/notices/data_request_due", context)


def _staff_of_post(unit: Unit) -> list[User]:
    """Who keeps members in the unit and in the one above it, each once."""
    above = Unit.objects.filter(path=unit.path[: -Unit.steplen])
    found = [user for one in (unit, *above) for user in keepers_of(one, Can.EDIT_MEMBERS)]
    return list({user.pk: user for user in found}.values())


def _remembered(ask: Callable[[Unit], list[User]]) -> Callable[[Unit], list[User]]:
    known: dict[int, list[User]] = {}

    def answer(unit: Unit) -> list[User]:
        if unit.pk not in known:
            known[unit.pk] = ask(unit)
        return known[unit.pk]

    return answer


def _tell_new(notices: Iterable[Notice]) -> int:
    """Promise those that were not promised before; tells how many."""
    wanted = {notice.key: notice for notice in notices if notice.user.email}
    keys, count = list(wanted), 0
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        known = set(Message.objects.filter(key__in=some).values_list("key", flat=True))
        for notice in (wanted[key] for key in some if key not in known):
            enqueue(
                key=notice.key,
                address=notice.user.email or "",
                user=notice.user,
                template=notice.template,
                context=notice.context,
            )
            count += 1
    return count
