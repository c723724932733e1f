"""A signed-in person finds and takes their record, without being shown more than they typed."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import signed_in
from members import actions
from members.forms.claiming import ClaimForm
from members.models import Member

SENT = "Nếu địa chỉ {address} có trong hồ sơ, mã đã được gửi. Mã dùng được trong 30 phút."


def _next(request):
    """Where the person was going, when that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith(("/", "http")) else ""


def _with_next(name, request):
    wanted = _next(request)
    return reverse(name) + (f"?{urlencode({'next': wanted})}" if wanted else "")


def _has_record(request):
    return Member.objects.filter(user=request.user).exists()


@signed_in
@require_safe
def claim(request):
    if _has_record(request):
        return redirect(_next(request) or "members:my-page")
    return render(
        request,
        "members/claim_page.html",
        {"enter_url": _with_next("members:claim-enter", request), "next": _next(request)},
    )


@signed_in
@require_POST
def claim_send(request):
    try:
        actions.send_claim_code(by=request.user)
    except actions.ClaimCodeNotSent as refusal:
        messages.error(request, str(refusal))
        return redirect(_with_next("members:claim", request))
    messages.info(request, SENT.format(address=request.user.email))
    return redirect(_with_next("members:claim-enter", request))


@signed_in
@sensitive_post_parameters("code", "born_on")
@require_http_methods(["GET", "HEAD", "POST"])
def claim_enter(request):
    if _has_record(request):
        return redirect(_next(request) or "members:my-page")
    form = ClaimForm(request.POST if request.method == "POST" else None)
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.claim_record(**form.proof, by=request.user, purposes=form.purposes)
        except actions.ClaimRefused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, "Đã nhận hồ sơ đoàn viên.")
            return redirect(_next(request) or "members:my-page")
    return render(
        request,
        "members/claim_enter_page.html",
        {"form": form, "problems": problems, "next": _next(request)},
    )
