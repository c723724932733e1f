"""Every page that a GET opens, with an address that exists in the demonstration and who opens it."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from events.models import Certificate, Event, Registration, Session, Ticket
from members.models import (
    Ceremony,
    DataBreach,
    DataRequest,
    Guardian,
    Member,
    RosterImport,
    Transfer,
)
from members.rules.cards import card_key
from programs.models import Club, Indicator, Program, Squad, SquadActivity, Target
from reports.queries import source_url
from tests.soft_key import SoftKey
from units.models import RestructuringPlan, RoleAssignment, Unit
from units.roles import Role


@dataclass(frozen=True)
class Page:
    """One address and the kind of person it is for: anyone, member or staff."""

    name: str
    path: str
    person: str


def first(queryset):
    found = queryset.order_by("pk").first()
    assert found is not None, f"the demonstration has no {queryset.model.__name__}"
    return found


def demo_member() -> Member:
    """A member with an account and a seat at an event."""
    seated = Registration.objects.seated().filter(member__user__isnull=False)
    chosen = seated.select_related("member").order_by("pk").first()
    return chosen.member if chosen else first(Member.objects.filter(user__isnull=False))


def demo_admin() -> User:
    return first(RoleAssignment.objects.filter(role=Role.PROVINCE_ADMIN)).user


# How to fill the parameters of an address, by its name.
SAMPLES: dict[str, Callable[[], dict | list]] = {}


def sample(name):
    def keep(fill):
        SAMPLES[name] = fill
        return fill

    return keep


def demo_passkey() -> Authenticator:
    """A passkey of the administrator."""
    facts = {"type": Authenticator.Type.WEBAUTHN, "user": demo_admin()}
    data = {"name": "Khóa 1", "credential": json.loads(SoftKey().register("dGh1"))}
    return Authenticator.objects.get_or_create(**facts, defaults={"data": data})[0]


sample("mfa_edit_webauthn")(lambda: [demo_passkey().pk])
sample("mfa_remove_webauthn")(lambda: [demo_passkey().pk])
sample("openid_connect_login")(lambda: ["tinh"])
sample("openid_connect_callback")(lambda: ["tinh"])
sample("sign-on-begin")(lambda: ["tinh"])
sample("sign-on-return")(lambda: ["tinh"])
sample("support-start")(lambda: [demo_member().user.pk])
sample("members:reset-slip-issue")(lambda: [demo_member().user.pk])
sample("events:event-detail")(lambda: [first(Event.objects.standing()).pk])
sample("events:nomination")(lambda: [first(Event.objects.open_at(timezone.now())).pk])
sample("events:ticket-detail")(
    lambda: [first(Ticket.objects.filter(registration__member=demo_member())).serial]
)
sample("events:check-in")(lambda: [first(Session.objects.filter(event__cancelled_at=None)).pk])
sample("events:check-in-list")(SAMPLES["events:check-in"])
sample("events:check-in-tickets")(SAMPLES["events:check-in"])
sample("events:certificate-check")(lambda: [first(Certificate.objects).check_code])


@sample("events:ticket-open")
def _mailed_ticket():
    ticket = first(Ticket.objects)
    return [ticket.serial, ticket.link_key]


sample("reports:program-detail")(lambda: [first(Program.objects.published()).slug])
sample("programs:club-detail")(lambda: [first(Club.objects.filter(is_published=True)).slug])
sample("programs:squad-detail")(lambda: [first(Squad.objects).pk])
sample("programs:activity-create")(SAMPLES["programs:squad-detail"])
sample("programs:activity-edit")(lambda: [first(SquadActivity.objects.filter(withdrawn_at=None)).pk])
sample("programs:figure-create")(lambda: [first(Squad.objects).unit.code])


sample("members:card-check")(lambda: [demo_member().code, card_key(demo_member().code)])
sample("members:ceremony")(lambda: [first(Ceremony.objects).pk])
sample("members:transfer")(lambda: [first(Transfer.objects.open()).pk])


def figures_source() -> str:
    """The records behind a declared figure of this year; the page needs its unit and days."""
    declared = first(Indicator.objects.filter(source=Indicator.Source.DECLARED))
    today = timezone.localdate()
    return source_url(
        declared, unit=Unit.objects.get_first_root_node(), first=today.replace(month=1, day=1), last=today
    )


# Pages that show nothing without what stands after the question mark: the whole address.
ADDRESSES: dict[str, Callable[[], str]] = {"reports:source-list": figures_source}


def named(patterns=None, namespace=""):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            if str(pattern.pattern).startswith("quan-tri/"):
                continue
            space = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}{pattern.name}", pattern


def person_for(view) -> str:
    access = getattr(view, "access", "")
    if access.startswith("staff"):
        return "staff"
    return {"public": "anyone", "as_member": "member", "signed_in": "member"}.get(access, "either")


def own_pages() -> list[Page]:
    """Our pages and allauth's. Raises AssertionError when an address needs a sample and has none."""
    pages = []
    for name, pattern in named():
        if name in WITHOUT_SAMPLE:
            continue
        if pattern.pattern.converters and name not in SAMPLES and name not in ADDRESSES:
            raise AssertionError(f"tests/pages.py has no sample for {name}")
        pages.append(Page(name, address_of(name), person_for(pattern.callback)))
    return pages


def address_of(name) -> str:
    if name in ADDRESSES:
        return ADDRESSES[name]()
    arguments = SAMPLES[name]() if name in SAMPLES else []
    return reverse(name, kwargs=arguments) if isinstance(arguments, dict) else reverse(name, args=arguments)


# Addresses that answer only to POST, or whose parameters come by e-mail (tested on their own).
WITHOUT_SAMPLE: set[str] = {
    "notifications:mailbox-mail",  # exists in the embedded mode only
    "account_confirm_email",
    "account_reset_password_from_key",
    "support-end",
    "members:claim-send",
    "members:consent-give",
    "members:consent-withdraw",
    "members:claim-slips-print",
    "members:data-request-take-back",
    "members:ward-agree",
    "members:ward-withdraw",
    "members:ceremony-hold",
    "members:longer-stay",
    "members:growing-withdraw",
    "members:transfer-release",
    "members:transfer-accept",
    "members:transfer-refuse",
    "members:transfer-cancel",
    "programs:activity-withdraw",
    "events:registration-create",
    "events:nomination-create",
    "events:registration-cancel",
    "events:offer-accept",
    "events:offer-decline",
    "events:check-in-typed",
    "events:scan-batch",
    "events:attendance-mark",
    "events:certificate-file",  # a file
    "events:event-certificates-file",  # a file
    "events:event-calendar",  # a file
}


def admin_pages() -> list[Page]:
    """The web admin's own pages: index, lists, forms to add where one may and to change, histories."""
    pages = [Page("admin:index", reverse("admin:index"), "staff")]
    asked = RequestFactory().get("/")
    asked.user = demo_admin()
    for model, desk in sorted(admin.site._registry.items(), key=lambda entry: entry[0]._meta.label):
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.append(Page(f"{base}_changelist", reverse(f"{base}_changelist"), "staff"))
        if desk.has_add_permission(asked):
            pages.append(Page(f"{base}_add", reverse(f"{base}_add"), "staff"))
        one = desk.get_queryset(asked).order_by("pk").first()
        if one is not None:
            for page in ("change", "history"):
                path = reverse(f"{base}_{page}", args=[quote(one.pk)])
                pages.append(Page(f"{base}_{page}", path, "staff"))
    return pages


# Buttons of the web admin that ask on a page of their own, and the row they are pressed on, if any.
DESK_BUTTONS: dict[str, Callable[[], list]] = {
    "members_datarequest_note": list,
    "members_datarequest_accept": lambda: [first(DataRequest.objects.filter(state="waiting")).pk],
    "members_datarequest_refuse": lambda: [first(DataRequest.objects.filter(state="waiting")).pk],
    "members_datarequest_extend": lambda: [first(DataRequest.objects.filter(state="accepted")).pk],
    "members_datarequest_erase": lambda: [
        first(DataRequest.objects.filter(state="accepted", kind="delete")).pk
    ],
    "members_databreach_note": list,
    "members_databreach_notify": lambda: [first(DataBreach.objects.filter(notified_at=None)).pk],
    "members_databreach_close": lambda: [first(DataBreach.objects.filter(closed_at=None)).pk],
    "members_member_name_guardian": lambda: [first(Guardian.objects.standing()).member_id],
    "members_guardian_end": lambda: [first(Guardian.objects.standing()).pk],
    "members_rosterimport_reading": lambda: [first(RosterImport.objects).pk],
    "members_member_waiting": list,
    "programs_squad_waiting": list,
    "programs_club_waiting": list,
    "units_unit_open_unit": list,
    **{
        f"units_restructuringplan_{step}": lambda: [first(RestructuringPlan.objects).pk]
        for step in ("merge", "split", "rename", "move", "close", "import_table", "edit_facts", "table")
    },
    "units_roleassignment_grant": list,
    "units_roleassignment_hand_over": lambda: [first(RoleAssignment.objects).pk],
    "units_roleassignment_end": lambda: [first(RoleAssignment.objects).pk],
    "programs_squad_add_member": lambda: [first(Squad.objects).pk],
    "programs_squad_end_member": lambda: [first(Squad.objects).pk],
    "programs_squad_disband": lambda: [first(Squad.objects).pk],
    "programs_squadactivity_withdraw": lambda: [first(SquadActivity.objects.filter(withdrawn_at=None)).pk],
    "programs_club_add_member": lambda: [first(Club.objects).pk],
    "programs_club_end_member": lambda: [first(Club.objects).pk],
    "programs_target_split": lambda: [first(Target.objects).pk],
    "events_event_cancel": lambda: [first(Event.objects.standing().filter(starts_at__gt=timezone.now())).pk],
    "events_event_copy": lambda: [first(Event.objects).pk],
    "events_registration_cancel": lambda: [first(Registration.objects).pk],
    "events_certificate_reissue": lambda: [first(Certificate.objects).pk],
    "events_certificate_revoke": lambda: [first(Certificate.objects).pk],
}


def desk_pages() -> list[Page]:
    """What the web admin opens beside its lists and forms: an app's own page, and the pages that ask."""
    apps = sorted({model._meta.app_label for model in admin.site._registry})
    opened = [Page(f"admin:{app}", reverse("admin:app_list", args=[app]), "staff") for app in apps]
    asked = [
        Page(f"admin:{name}", reverse(f"admin:{name}", args=row()), "staff")
        for name, row in DESK_BUTTONS.items()
    ]
    return opened + asked


# Pages of their own elsewhere in this file, files, and the deleting that the desk has switched off.
PLAIN_STEPS = {"changelist", "add", "change", "history", "export", "delete"}


def admin_steps() -> list[Page]:
    """The other buttons of the web admin, for the oldest and the newest row: a page or a refusal."""
    pages = []
    for model, desk in sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label):
        base = f"{model._meta.app_label}_{model._meta.model_name}_"
        rows = model._default_manager.order_by("pk")
        ends = [row for row in dict.fromkeys([rows.first(), rows.last()]) if row is not None]
        names = {
            pattern.name: pattern for pattern in desk.get_urls() if (pattern.name or "").startswith(base)
        }
        for name, pattern in names.items():
            if name.removeprefix(base) not in PLAIN_STEPS and name not in DESK_BUTTONS:
                addresses = [reverse(f"admin:{name}", args=args) for args in step_arguments(pattern, ends)]
                pages += [Page(f"admin:{name}", address, "staff") for address in addresses]
    return pages


def step_arguments(pattern, rows) -> list[list]:
    """The parameters of a step: none, a row, or a row and one of its versions."""
    wanted = pattern.pattern.regex.groups
    if wanted == 2:
        versions = [row.history.first() for row in rows if hasattr(row, "history")]
        return [[quote(version.instance.pk), version.pk] for version in versions if version]
    return [[quote(row.pk)] for row in rows] if wanted else [[]]


def every_page() -> list[Page]:
    return own_pages() + admin_pages() + desk_pages()
