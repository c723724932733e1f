"""A member agrees to a purpose, or takes the agreement back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from members import actions
from members.access import as_member
from members.forms.consent import PurposeForm


@as_member
@require_POST
def consent_give(request):
    form = PurposeForm(request.POST)
    if form.is_valid():
        actions.give_consents(
            member=request.member,
            purposes=[form.cleaned_data["purpose"]],
            channel="trang của tôi",
            by=request.user,
        )
        messages.success(request, "Đã ghi nhận sự đồng ý.")
    else:
        messages.error(request, "Chưa chọn mục đích.")
    return redirect("members:my-page")


@as_member
@require_POST
def consent_withdraw(request):
    form = PurposeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Chưa chọn mục đích.")
        return redirect("members:my-page")
    try:
        actions.withdraw_consent(member=request.member, purpose=form.cleaned_data["purpose"], by=request.user)
    except actions.ConsentNotInForce as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã rút lại sự đồng ý.")
    return redirect("members:my-page")
