"""Every page people wait for, over the demonstration, beside the bare answer of the same process."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from bench.figures import Figure, median_seconds
from events.models import Event
from members.models import Member
from units.models import RoleAssignment
from units.roles import Role

BARE = "an empty page"


def figures() -> Iterator[Figure]:
    """The median of seven answers, with nothing kept from one to the next but the database's own cache."""
    bare = median_seconds(lambda: _ask(Client(), reverse("healthz")))
    yield Figure("page: an empty page (/healthz)", bare, 1, "")
    for name, client, path in _pages():
        seconds = median_seconds(lambda client=client, path=path: _ask(client, path))
        yield Figure(f"page: {name}", seconds, 1, "", bare, BARE)


def _ask(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _pages() -> list[tuple[str, Client, str]]:
    event = Event.objects.standing().order_by("-pk").first()
    staff, secretary, leader, member = (
        _signed_in(role) for role in (Role.PROVINCE_ADMIN, Role.BRANCH_SECRETARY, Role.PROVINCE_LEADER, None)
    )
    return [
        ("home", Client(), reverse("home")),
        ("an event", Client(), event.get_absolute_url()),
        ("my page", member, reverse("members:my-page")),
        ("workspace of a commune", secretary, reverse("reports:workspace")),
        ("dashboard", leader, reverse("reports:dashboard")),
        ("web admin: members", staff, reverse("admin:members_member_changelist")),
        ("web admin: a name searched", staff, reverse("admin:members_member_changelist") + "?q=nguyen+van"),
        ("web admin: events", staff, reverse("admin:events_event_changelist")),
    ]


def _signed_in(role: str | None) -> Client:
    if role is None:
        user = Member.objects.filter(user__isnull=False).order_by("pk").first().user
    else:
        user = RoleAssignment.objects.filter(role=role).order_by("pk").first().user
    client = Client()
    client.force_login(user)
    return client
