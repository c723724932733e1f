"""Slips for people who forgot their password and have no e-mail: printed by staff, used by their owner."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from core.access import public
from members.access import account_named
from members.forms.accounts import AccountFilter, IssueForm, UseSlipForm
from members.models import Member
from units import actions
from units.access import staff
from units.queries import accounts_within
from units.roles import Can

PAGE_SIZE = 50
TOO_OFTEN = "Đã nhập sai quá nhiều lần. Hãy thử lại sau năm phút."


@staff(Can.RESET_ACCOUNTS)
@require_safe
def reset_slips(request):
    narrowing = AccountFilter(request.GET)
    holders = Member.objects.within(request.scope).filter(user__isnull=False).exclude(user=request.user)
    members = narrowing.narrow(holders).select_related("unit", "user").order_by("sort_key", "pk")
    page = Paginator(members, PAGE_SIZE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"page": page, "filter": narrowing, "kept": kept.urlencode()}
    return render(request, "members/reset_slips_page.html", context)


@staff(Can.RESET_ACCOUNTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset_slip_issue(request, user_id):
    members = Member.objects.within(request.scope)
    reached = Q(pk__in=accounts_within(request.scope).values("pk")) | Q(member__in=members)
    person = get_object_or_404(User.objects.filter(reached), pk=user_id)
    member = members.filter(user=person).select_related("unit").first()
    form = IssueForm(request.POST if request.method == "POST" else None, person=person)
    problems = []
    if request.method == "POST" and form.is_valid():
        unit = member.unit if member else None
        try:
            printed = actions.issue_reset_slip(user=person, unit=unit, **form.cleaned_data, by=request.user)
        except actions.SlipRefused as refusal:
            problems = refusal.problems
        else:
            host = settings.SITE_URL.partition("://")[2]
            context = {"printed": printed, "person": person, "member": member, "site_host": host}
            return render(request, "members/reset_slip_print.html", context)
    context = {"person": person, "member": member, "form": form, "problems": problems}
    return render(request, "members/reset_slip_page.html", context)


@public
@never_cache
@sensitive_post_parameters("code", "password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def reset_slip_use(request):
    form = UseSlipForm(request.POST if request.method == "POST" else None)
    problems = []
    if request.method == "POST" and form.is_valid():
        name, code, password = form.told
        person = account_named(name)
        key = f"account:{person.pk}" if person else name.lower()
        try:
            if not ratelimit.consume(request, action="use_slip", key=key):
                raise actions.ResetRefused([TOO_OFTEN])
            slip = actions.use_reset_slip(user=person, code=code, password=password)
        except actions.ResetRefused as refusal:
            problems = refusal.problems
        else:
            get_adapter(request).forget_wrong_passwords(request, person)
            messages.success(
                request,
                f"Đã đổi mật khẩu bằng phiếu do {slip.issued_by} cấp. Hãy đăng nhập bằng mật khẩu mới.",
            )
            return redirect("account_login")
    return render(request, "members/reset_slip_use_page.html", {"form": form, "problems": problems})
