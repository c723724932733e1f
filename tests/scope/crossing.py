"""How one address is asked by one person, and what is compared afterwards."""

import random
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from members.models import Affiliation, Transfer
from notifications.models import Message
from programs.models import Campaign, Program
from tests.scope.world import MARK, OUTSIDE, World

SEED = 20260326
PARTS = 4
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "WITH", "SET", "PRAGMA")
# What may point outside: a province's program is everybody's, one asks another unit to take a member or
# notes that one lives there, and who answers for accounts above is told of a slip.
WIDE = {Program, Campaign}
NAMES_UNITS = {
    "members:transfer-ask",
    "admin:members_affiliation_begin",
    "admin:members_member_begin_stay",
}
POINTS_OUT = {(Affiliation, "unit"), (Transfer, "to_unit"), (Message, "user")}


@dataclass
class Asked:
    """The answer to one request, and whether anything was written for it."""

    status: int
    body: str
    context: object
    location: str
    written: list[str] = field(default_factory=list)


def part_of(cases: list, number: int) -> list:
    """That part of the cases, of PARTS: all of it on PostgreSQL, a seeded tenth of it on SQLite.

    In parts, for the more a transaction has taken back the slower PostgreSQL gets in it.
    """
    part = cases[number::PARTS]
    if connection.vendor == "postgresql":
        return part
    return random.Random(SEED).sample(part, max(1, len(part) // 10))


def visitor(user=None) -> Client:
    client = Client(raise_request_exception=True)
    if user is not None:
        client.force_login(user)
    return client


@contextmanager
def taken_back():
    """What happens inside never happened, so that no request finds the work of another."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client, method, path, data=None) -> Asked:
    """The answer, with the statements that wrote anything but the session."""
    written = []

    def note(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(READS) and "django_session" not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        response = getattr(client, method)(path, data or {})
    content = b"".join(response.streaming_content) if response.streaming else response.content
    body = content.decode("utf-8", "replace")
    return Asked(response.status_code, body, response.context, response.headers.get("Location", ""), written)


def wrong_outside(world: World, client, addresses, *, before) -> dict:
    """Of addresses with rows outside: what answers other than 404, or changes something out there.

    A method that an address never takes is refused before any row is looked for; 405 tells nothing.
    """
    wrong = {}
    for address in addresses:
        for method in ("get", "post"):
            with taken_back():
                body = dict(address.body) if method == "post" else {}
                answer = ask(client, method, address.path, body)
                gone = answer.status in (404, 405) or is_sign_in(answer)
                if not gone or answer.written:
                    changed = changed_outside(world, answer, before)
                    wrong[f"{method} {address.name} ({address.place})"] = (answer.status, changed)
    return wrong


def wrong_inside(world: World, client, addresses, *, before, forge) -> dict:
    """Of pages one may open: what shows something outside, or takes it when it is sent there."""
    wrong = {}
    for address in addresses:
        with taken_back():
            page = ask(client, "get", address.path)
        if shows_outside(world, address, page):
            wrong[f"get {address.name} ({address.place})"] = "shows what lies outside"
        if is_sign_in(page):
            continue
        with taken_back():
            answer = ask(client, "post", address.path, forge(world, page.context))
            changed = changed_outside(world, answer, before)
        if changed or shows_outside(world, address, answer):
            wrong[f"post {address.name} ({address.place})"] = changed or "shows what lies outside"
    return wrong


def shows_outside(world: World, address, answer: Asked) -> bool:
    """Whether the mark stands in the answer; where another unit may be named, elsewhere than in its name."""
    body = answer.body
    if address.name in NAMES_UNITS:
        body = body.replace(world.places["sister"].unit.name, "")
    return MARK in body


def is_sign_in(answer: Asked) -> bool:
    """Whether the person is sent to sign in; the desk sends everybody there who has no work at it."""
    doors = (resolve_url(settings.LOGIN_URL), reverse("admin:login"))
    return answer.status == 302 and answer.location.startswith(doors)


# --- what lies outside ----------------------------------------------------------------------------


def outside_keys(world: World) -> dict:
    """By model, the keys of the rows outside the commune."""
    keys: dict = {}
    for name in OUTSIDE:
        place = world.places[name]
        for row in [place.unit, *place.rows.values(), *vars(place.more).values()]:
            keys.setdefault(type(row), set()).add(row.pk)
    return keys


def outside_rows(world: World, models=None) -> dict[str, dict]:
    """Every row outside and every row that points at one, with all its values, by table."""
    keys = outside_keys(world)
    found = {}
    for model in apps.get_models() if models is None else models:
        own = Q(pk__in=keys.get(model, set()))
        for key in model._meta.concrete_fields:
            target = key.related_model if key.many_to_one or key.one_to_one else None
            if target in keys and target not in WIDE and (model, key.name) not in POINTS_OUT:
                own |= Q(**{f"{key.attname}__in": keys[target]})
        rows = model._base_manager.filter(own).values()
        found[model._meta.label] = {row[model._meta.pk.attname]: _told(row) for row in rows}
    return found


def changed_outside(world: World, answer: Asked, before) -> list[str]:
    """The tables, among those written to for the answer, that no longer say the same of what lies outside."""
    touched = [
        model
        for model in apps.get_models()
        if any(f'"{model._meta.db_table}"' in sql for sql in answer.written)
    ]
    after = outside_rows(world, touched)
    return sorted(label for label in after if before[label] != after[label])


def _told(row) -> str:
    facts = {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}
    return repr(sorted(facts.items()))
