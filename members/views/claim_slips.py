"""The sheet of codes a unit prints and hands out, and the list to choose from."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from members import actions
from members.forms.claiming import SlipFilter, SlipForm
from members.models import Member
from units.access import staff
from units.models import Unit
from units.roles import Can

PAGE_SIZE = 50


def _units(scope):
    """The top units of the scope and those right below them."""
    tops = Unit.objects.filter(path__in=scope.paths).order_by("depth").first()
    near = Unit.objects.active().within(scope).filter(depth__lte=(tops.depth if tops else 0) + 1)
    return near.order_by("path")


def _list(request, form=None, status=200):
    narrowing = SlipFilter(request.GET, units=_units(request.scope))
    members = Member.objects.claimable().leaving().within(request.scope)
    members = narrowing.narrow(members).select_related("unit")
    page = Paginator(members.order_by("sort_key", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    return render(
        request,
        "members/claim_slips_page.html",
        {"page": page, "filter": narrowing, "form": form, "kept": kept.urlencode()},
        status=status,
    )


@staff(Can.ISSUE_CLAIM_CODES)
@require_safe
def claim_slips(request):
    return _list(request)


@staff(Can.ISSUE_CLAIM_CODES)
@require_POST
def claim_slips_print(request):
    form = SlipForm(request.POST, scope=request.scope)
    if not form.is_valid():
        return _list(request, form)
    slips = actions.print_claim_codes(members=form.cleaned_data["members"], by=request.user)
    return render(
        request,
        "members/claim_slips_print.html",
        {"slips": slips, "site_host": settings.SITE_URL.partition("://")[2]},
    )
