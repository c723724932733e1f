"""Beginning and ending a look at the portal as another person sees it; what others did to one's account."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import signed_in
from portal.adapter import first_page_of
from portal.forms import VisitForm
from portal.support import SESSION_KEY
from units import actions
from units.access import staff
from units.models import SupportVisit
from units.queries import account_events, accounts_within
from units.roles import Can


@staff(Can.SUPPORT_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def support_start(request, user_id):
    person = get_object_or_404(accounts_within(request.scope), pk=user_id)
    form = VisitForm(request.POST if request.method == "POST" else None)
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            visit = actions.start_support_visit(user=person, **form.cleaned_data, by=request.user)
        except actions.VisitRefused as refusal:
            problems = refusal.problems
        else:
            request.session[SESSION_KEY] = visit.pk
            return redirect(first_page_of(person))
    context = {"person": person, "form": form, "problems": problems}
    return render(request, "portal/support_start_page.html", context)


@signed_in
@require_POST
def support_end(request):
    visit = SupportVisit.objects.filter(pk=request.session.pop(SESSION_KEY, None), by=request.user).first()
    if visit is not None:
        actions.end_support_visit(visit=visit, by=request.user)
        messages.success(request, f"Đã kết thúc xem hộ {visit.user}.")
    return redirect(first_page_of(request.user))


@signed_in
@require_safe
def account_log(request):
    slips, visits = account_events(request.user)
    return render(request, "portal/account_log_page.html", {"slips": slips, "visits": visits})
