from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from programs import actions
from programs.forms import ActivityForm, WithdrawForm
from programs.forms.activity import facts_of
from programs.models import Squad, SquadActivity
from units.access import staff
from units.roles import Can


@staff(Can.LOG_ACTIVITIES)
def activity_create(request, squad_pk):
    squad = get_object_or_404(Squad.objects.within(request.scope).select_related("unit"), pk=squad_pk)
    form = ActivityForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        form_id = form.cleaned_data["form_id"]
        try:
            actions.log_activity(squad=squad, form_id=form_id, **form.facts(), by=request.user)
        except actions.ActivityRefused as refusal:
            form.add_error(None, refusal.problems)
        else:
            messages.success(request, "Đã ghi hoạt động. Số liệu đã vào kết quả của đơn vị.")
            return redirect(squad)
    return render(request, "programs/activity_form_page.html", {"form": form, "squad": squad})


@staff(Can.LOG_ACTIVITIES)
def activity_edit(request, pk):
    activity = get_object_or_404(_standing(request), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = ActivityForm(data, activity=activity, initial=facts_of(activity))
    if form.is_valid():
        try:
            actions.correct_activity(activity=activity, **form.facts(), by=request.user)
        except actions.ActivityRefused as refusal:
            form.add_error(None, refusal.problems)
        else:
            messages.success(request, "Đã sửa hoạt động. Bản trước còn trong lịch sử.")
            return redirect(activity.squad)
    context = {
        "form": form,
        "squad": activity.squad,
        "activity": activity,
        "withdraw_form": WithdrawForm(auto_id="rut-%s"),
    }
    return render(request, "programs/activity_form_page.html", context)


@staff(Can.LOG_ACTIVITIES)
@require_POST
def activity_withdraw(request, pk):
    activity = get_object_or_404(_standing(request), pk=pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Chưa ghi lý do rút hoạt động.")
        return redirect("programs:activity-edit", pk=pk)
    try:
        actions.withdraw_activity(activity=activity, reason=form.cleaned_data["reason"], by=request.user)
    except actions.ActivityRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã rút lại “{activity.title}”. Hoạt động không còn được tính.")
    return redirect(activity.squad)


def _standing(request):
    return SquadActivity.objects.within(request.scope).standing().select_related("squad__unit")
