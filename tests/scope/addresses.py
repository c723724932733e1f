"""Every address of the portal: how it is filled for one place, or why the matrix leaves it out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils import timezone

from notifications.models import Message
from tests.factories.desk import COMMON
from tests.pages import named
from tests.scope.world import Place

OWN = "only what is the person's own: looked up by the account or the member, whatever unit"
PUBLIC = "for everybody, signed in or not"
LIBRARY = "the account's own pages of allauth"
KEEPS_HISTORY = "simple_history_manager_attribute"
ALLAUTH = ("account_", "mfa_", "socialaccount_", "openid_connect_", "usersessions_")


@dataclass(frozen=True)
class Address:
    """One address that names a row, for one place."""

    name: str
    place: str
    path: str
    body: tuple = ()


# Addresses outside the web admin that name a row of a unit, and their parameters for a place.
KEYED: dict[str, Callable[[Place], list]] = {
    "support-start": lambda place: [place.rows["accounts.User"].pk],
    "members:reset-slip-issue": lambda place: [place.more.holder.user_id],
    "members:ceremony": lambda place: [place.more.ceremony.pk],
    "members:growing-withdraw": lambda place: [place.more.growing.pk],
    **{
        f"members:transfer{step}": lambda place: [place.more.transfer.pk]
        for step in ("", "-release", "-refuse", "-cancel")
    },
    "members:transfer-accept": lambda place: [place.more.released.pk],
    "programs:squad-detail": lambda place: [place.rows["programs.Squad"].pk],
    "programs:activity-create": lambda place: [place.rows["programs.Squad"].pk],
    "programs:activity-edit": lambda place: [place.rows["programs.SquadActivity"].pk],
    "programs:activity-withdraw": lambda place: [place.rows["programs.SquadActivity"].pk],
    "programs:figure-create": lambda place: [place.unit.code],
    "events:nomination-create": lambda place: [place.more.ticket.registration.event_id, place.more.holder.pk],
    "events:event-certificates-file": lambda place: [place.rows["events.Certificate"].record.event_id],
    "events:ticket-detail": lambda place: [place.more.ticket.serial],
    **{
        f"events:{step}": lambda place: [place.more.ticket.registration.event.sessions.get().pk]
        for step in ("check-in", "check-in-typed", "scan-batch", "check-in-tickets", "check-in-list")
    },
    "events:attendance-mark": lambda place: [
        place.more.ticket.registration.event.sessions.get().pk,
        place.more.ticket.registration_id,
    ],
    "events:certificate-file": lambda place: [place.rows["events.Certificate"].check_code],
}

# Addresses that name a unit after the question mark: outside there is no such page either.
ASKED: dict[str, Callable[[Place], str]] = {
    "reports:source-list": lambda place: (
        f"{reverse('reports:source-list', args=['squads'])}?unit={place.unit.code}"
        f"&from=2026-01-01&to={timezone.localdate()}"
    ),
}

# What a POST must name beside the row in its address.
BODIES: dict[str, Callable[[Place], dict]] = {
    "admin:units_restructuringplan_remove": lambda place: {"change": place.more.change.pk},
}

# Staff pages without a row in their address: what they show and what they are sent is looked at.
PLAIN = {
    "members:reset-slips",
    "members:claim-slips",
    "members:claim-slips-print",
    "members:age-list",
    "members:ceremony-hold",
    "members:longer-stay",
    "members:transfer-list",
    "members:transfer-ask",
    "reports:workspace",
    "reports:dashboard",
    "reports:projector",
    "reports:over-time",
    "processing-register",
    "notifications:mailbox",
}

LEFT_OUT: dict[str, str] = {
    **dict.fromkeys(
        (
            "home",
            "healthz",
            "readyz",
            "privacy",
            "sign-on-begin",
            "sign-on-return",
            "members:activate",
            "members:reset-slip-use",
            "members:card-check",
            "programs:club-detail",
            "events:event-list",
            "events:event-detail",
            "events:event-calendar",
            "events:ticket-open",
            "events:certificate-search",
            "events:certificate-check",
            "reports:program-list",
            "reports:program-detail",
        ),
        PUBLIC,
    ),
    **dict.fromkeys(
        (
            "support-end",
            "account-log",
            "members:claim",
            "members:claim-send",
            "members:claim-enter",
            "members:consent-give",
            "members:consent-withdraw",
            "members:data-requests",
            "members:data-request-take-back",
            "members:wards",
            "members:ward-agree",
            "members:ward-withdraw",
            "members:card",
            "members:own-transfer",
            "members:my-page",
            "members:own-data",
            "members:who-sees",
            "members:own-data-file",
            "members:own-data-text",
            "events:registration-create",
            "events:registration-cancel",
            "events:offer-accept",
            "events:offer-decline",
        ),
        OWN,
    ),
    "events:nomination": "a published event is everybody's; whom one may nominate is crossed",
    "notifications:mailbox-mail": "the mails of the embedded mode hang on no unit",
    "admin:login": "leads to the page on which one signs in",
    "admin:logout": OWN,
    "admin:password_change": OWN,
    "admin:password_change_done": OWN,
    "admin:jsi18n": "words of the library",
}
# Of the web admin without a row: one page each, looked at like the plain ones.
DESK_PLAIN = {"admin:index", "admin:search", "admin:app_list", "admin:autocomplete"}


def all_names() -> set[str]:
    """Every name in the map of addresses."""
    own = {name for name, _ in named()}
    return own | desk_names()


def desk_names() -> set[str]:
    return {f"admin:{pattern.name}" for pattern in _flat(admin.site.urls[0]) if pattern.name}


def _flat(patterns) -> Iterator:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _flat(pattern.url_patterns)
        else:
            yield pattern


def known_names() -> set[str]:
    """Every name that the matrix crosses, looks at, or leaves out for a reason."""
    library = {name for name in all_names() if name.startswith(ALLAUTH)}
    desk = {f"admin:{pattern.name}" for _, _, pattern in desk_patterns()}
    return {*KEYED, *ASKED, *PLAIN, *LEFT_OUT, *DESK_PLAIN, *library, *desk}


def desk_patterns():
    """Model, list and pattern of every address of every list of the desk."""
    for model, desk in sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label):
        for pattern in desk.get_urls():
            if pattern.name:
                yield model, desk, pattern


def keyed_addresses(place: Place) -> list[Address]:
    """Every address that names a row, with the row of the place."""
    found = [Address(name, place.name, reverse(name, args=fill(place))) for name, fill in KEYED.items()]
    found += [Address(name, place.name, ask(place)) for name, ask in ASKED.items()]
    for model, _, pattern in desk_patterns():
        if pattern.pattern.regex.groups and model._meta.label not in COMMON:
            name, row = f"admin:{pattern.name}", place.rows[model._meta.label]
            path = reverse(name, args=_row_arguments(pattern, row))
            body = BODIES[name](place) if name in BODIES else {}
            found.append(Address(name, place.name, path, tuple(body.items())))
    return found


def never_open() -> set[str]:
    """Closed in a commune: versions of tables without a history, and messages, which hang on no unit."""
    return {
        f"admin:{pattern.name}"
        for model, _, pattern in desk_patterns()
        if model is Message
        or (pattern.name.endswith("_simple_history") and not hasattr(model._meta, KEEPS_HISTORY))
    }


def _row_arguments(pattern, row) -> list:
    if pattern.pattern.regex.groups == 1:
        return [quote(row.pk)]
    version = row.history.first() if hasattr(row, "history") else None
    return [quote(row.pk), version.pk if version else 1]


def plain_addresses() -> list[Address]:
    """Every staff page without a row: pages, lists, their files, and forms for new rows."""
    found = [Address(name, "", reverse(name)) for name in sorted(PLAIN)]
    found += [Address(name, "", reverse(name)) for name in ("admin:index", "admin:search")]
    for _, _, pattern in desk_patterns():
        if not pattern.pattern.regex.groups:
            path = reverse(f"admin:{pattern.name}")
            kind = "?dang=csv" if pattern.name.endswith("_export") else ""
            found.append(Address(f"admin:{pattern.name}", "", path + kind))
    return found + pick_addresses()


def pick_addresses() -> list[Address]:
    """Every pick-list of the desk, of its forms and of its filters."""
    found = []
    for model, desk in sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label):
        for part in [desk, *(inline(model, admin.site) for inline in desk.inlines)]:
            filters = [entry[0] for entry in getattr(part, "list_filter", ()) if isinstance(entry, tuple)]
            for way in filter(part.picked_field, (*part.autocomplete_fields, *filters)):
                asked = {
                    "app_label": part.opts.app_label,
                    "model_name": part.opts.model_name,
                    "field_name": way,
                }
                path = f"{reverse('admin:autocomplete')}?{urlencode(asked)}"
                found.append(Address(f"admin:autocomplete {part.opts.label}.{way}", "", path))
    return list(dict.fromkeys(found))
