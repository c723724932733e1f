"""The member's own page and everything the portal holds about them."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.access import public
from events.models import Certificate, Registration
from members.access import as_member
from members.forms.claiming import CONSENT_HINTS, CONSENT_LABELS
from members.rules.shown import shown_phone
from portal.privacy import held_about
from portal.who_sees import glances_at, readers_of, sightings_of, takings_of


@dataclass(frozen=True)
class PurposeLine:
    """One purpose as the page shows it: its words, its limits, and the agreement in force, if any."""

    purpose: str
    label: str
    hint: str
    consent: object | None


def _coming(member, now):
    """Registrations for events that are not over, soonest first, with their tickets."""
    live = member.registrations.live().filter(event__ends_at__gt=now, event__cancelled_at=None)
    return list(live.select_related("event", "ticket").order_by("event__starts_at", "pk"))


def _records(member):
    """What the member learnt, latest first, each with its valid certificate."""
    valid = Certificate.objects.filter(state=Certificate.State.VALID)
    certificates = Prefetch("certificates", queryset=valid, to_attr="valid_certificates")
    return list(member.training_records.prefetch_related(certificates).order_by("-held_on", "-pk"))


def _purposes(member):
    in_force = {consent.purpose: consent for consent in member.consents.own().in_force()}
    return [
        PurposeLine(purpose, label, CONSENT_HINTS.get(purpose, ""), in_force.get(purpose))
        for purpose, label in CONSENT_LABELS.items()
    ]


def _stays(member):
    """Where the member takes part beside their home, now or soon."""
    running = member.affiliations.stays().running(timezone.localdate()).select_related("unit")
    for stay in running.order_by("starts_on", "pk"):
        until = f" đến hết {stay.ends_on:%d/%m/%Y}" if stay.ends_on else ""
        yield stay.get_kind_display().capitalize(), f"{stay.unit.title}, từ {stay.starts_on:%d/%m/%Y}{until}"


def _facts(member):
    """The record in words, without what only an office needs."""
    return [
        ("Họ và tên", member.full_name),
        ("Ngày sinh", member.born),
        ("Giới tính", member.get_sex_display()),
        ("Đơn vị", member.unit.title),
        ("Chi đoàn", member.branch_name),
        *_stays(member),
        ("Chức vụ", member.position),
        ("Ngày vào Đoàn", member.joined),
        ("Số điện thoại", shown_phone(member.phone) if member.phone else ""),
        ("Email", member.email),
        ("Dân tộc", member.ethnic_group),
        ("Tôn giáo", member.religion),
        ("Mã đoàn viên", member.code),
    ]


@as_member
@never_cache
@require_safe
def my_page(request):
    coming = _coming(request.member, timezone.now())
    seated = [row for row in coming if row.state == Registration.State.SEATED]
    context = {
        "member": request.member,
        "coming": coming,
        "next_seat": seated[0] if seated else None,
        "records": _records(request.member),
        "facts": _facts(request.member),
        "purposes": _purposes(request.member),
        "has_wards": request.user.wards.filter(ended_at=None).exists(),
    }
    return render(request, "portal/my_page.html", context)


@as_member
@never_cache
@require_safe
def own_data(request):
    return render(request, "portal/own_data_page.html", {"tables": held_about(request.member)})


@as_member
@never_cache
@require_safe
def own_data_file(request):
    tables = {table.title: table.rows for table in held_about(request.member)}
    answer = JsonResponse(
        {"lập lúc": timezone.localtime(), "dữ liệu": tables},
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    answer["Content-Disposition"] = 'attachment; filename="du-lieu-cua-toi.json"'
    return answer


@as_member
@never_cache
@require_safe
def own_data_text(request):
    context = {"tables": held_about(request.member), "made_at": timezone.localtime()}
    answer = render(request, "portal/own_data.txt", context, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="du-lieu-cua-toi.txt"'
    return answer


@as_member
@never_cache
@require_safe
def who_sees(request):
    context = {
        "readers": readers_of(request.member),
        "glances": glances_at(request.member),
        "sightings": sightings_of(request.member),
        "takings": takings_of(request.member),
    }
    return render(request, "portal/who_sees_page.html", context)


@public
@require_safe
def privacy(request):
    return render(request, "portal/privacy_page.html")
