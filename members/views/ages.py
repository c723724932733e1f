"""The queue of ages, the ceremonies held from it, and who stays on."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members import actions
from members.forms.growing import CeremonyForm, ChosenForm
from members.models import Ceremony, Growing
from members.queries.age_queue import AGES, age_counts, age_lines, age_queue, recent_ceremonies
from members.rules.ages import GROWS_AT, LATEST_AT
from units.access import staff
from units.queries import top_unit
from units.roles import Can

PAGE_SIZE = 50


@staff(Can.EDIT_MEMBERS)
@require_safe
def age_list(request):
    return _page(request, _age(request.GET))


@staff(Can.EDIT_MEMBERS)
@require_POST
def ceremony_hold(request):
    age = _age(request.POST)
    form = CeremonyForm(request.POST, queue=_queue(request, age))
    if form.is_valid():
        try:
            ceremony = actions.hold_ceremony(
                unit=top_unit(request.scope), **form.cleaned_data, by=request.user
            )
        except actions.GrowingRefused as refusal:
            form.add_error(None, refusal.problems)
        else:
            messages.success(request, "Đã ghi lễ trưởng thành Đoàn.")
            return redirect("members:ceremony", ceremony.pk)
    return _page(request, age, form)


@staff(Can.EDIT_MEMBERS)
@require_POST
def longer_stay(request):
    form = ChosenForm(request.POST, queue=_queue(request, GROWS_AT))
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["members"]))
    else:
        try:
            count = actions.keep_longer(
                unit=top_unit(request.scope), members=form.cleaned_data["members"], by=request.user
            )
        except actions.GrowingRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{count} đoàn viên ở lại sinh hoạt đến {LATEST_AT} tuổi.")
    return redirect(f"{reverse('members:age-list')}?tuoi={GROWS_AT}")


@staff(Can.EDIT_MEMBERS)
@require_safe
def ceremony_detail(request, pk):
    ceremony = get_object_or_404(Ceremony.objects.within(request.scope).select_related("unit"), pk=pk)
    growings = ceremony.growings.select_related("member__unit").order_by("member__sort_key", "pk")
    context = {"ceremony": ceremony, "growings": growings}
    return render(request, "members/ceremony_page.html", context)


@staff(Can.EDIT_MEMBERS)
@require_POST
def growing_withdraw(request, pk):
    own = Growing.objects.filter(request.scope.as_q("ceremony__unit__path"))
    growing = get_object_or_404(own.select_related("member"), pk=pk)
    try:
        actions.withdraw_growing(growing=growing, by=request.user)
    except actions.GrowingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{growing.member.full_name} sinh hoạt lại như trước.")
    return redirect("members:ceremony", growing.ceremony_id)


def _age(asked):
    age = asked.get("tuoi", str(GROWS_AT))
    if age not in map(str, AGES):
        raise Http404("Không có danh sách này.")
    return int(age)


def _queue(request, age):
    return age_queue(request.scope, age, on=timezone.localdate())


def _page(request, age, form=None):
    today = timezone.localdate()
    page = Paginator(_queue(request, age), PAGE_SIZE).get_page(request.GET.get("trang"))
    counts = age_counts(request.scope, on=today)
    context = {
        "age": age,
        "tabs": [(each, counts[each]) for each in AGES],
        "page": page,
        "lines": age_lines(page.object_list, age, on=today),
        "form": form or CeremonyForm(queue=_queue(request, age), initial={"held_on": today}),
        "chosen": set(request.POST.getlist("members")) if form else set(),
        "is_growing": age in (GROWS_AT, LATEST_AT),
        "may_stay": age == GROWS_AT,
        "ceremonies": recent_ceremonies(request.scope),
    }
    return render(request, "members/age_list_page.html", context, status=422 if form else 200)
