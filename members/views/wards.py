"""A parent or guardian decides, purpose by purpose, for the members under 16 whom they represent."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.access import signed_in
from core.errors import DomainError
from members import actions
from members.forms.consent import PurposeForm
from members.models import Consent, Guardian
from members.rules.minors import is_minor

WORDS = {
    Consent.Purpose.ACTIVITIES: "Đồng ý cho tổ chức Đoàn dùng dữ liệu của con khi quản lý hoạt động Đoàn.",
    Consent.Purpose.SENSITIVE: "Đồng ý cho tổ chức Đoàn xử lý dữ liệu nhạy cảm của con: dân tộc, tôn giáo.",
    Consent.Purpose.PUBLICITY: "Đồng ý đăng tên, ảnh của con trên trang công khai của tổ chức Đoàn.",
    Consent.Purpose.MESSAGES: "Đồng ý cho con nhận thư nhắc lịch, thư mời về hoạt động Đoàn qua email.",
}


@dataclass(frozen=True)
class WardLine:
    """One purpose for one child: its words and the agreement in force, if any."""

    purpose: str
    label: str
    consent: Consent | None


def _lines(guardian):
    in_force = {consent.purpose: consent for consent in guardian.consents.in_force()}
    return [WardLine(purpose, label, in_force.get(purpose)) for purpose, label in WORDS.items()]


@signed_in
@never_cache
@require_safe
def wards(request):
    today = timezone.localdate()
    standing = Guardian.objects.standing().filter(user=request.user).select_related("member__unit")
    children = [
        {"guardian": guardian, "lines": _lines(guardian)}
        for guardian in standing.order_by("pk")
        if is_minor(guardian.member, on=today)
    ]
    return render(request, "members/wards_page.html", {"children": children})


def _decide(request, pk, act, done):
    guardian = get_object_or_404(Guardian.objects.filter(user=request.user), pk=pk)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Chưa chọn mục đích.")
        return redirect("members:wards")
    try:
        act(guardian=guardian, purpose=form.cleaned_data["purpose"], by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("members:wards")


@signed_in
@require_POST
def ward_agree(request, pk):
    return _decide(request, pk, actions.agree_for_ward, "Đã ghi nhận sự đồng ý.")


@signed_in
@require_POST
def ward_withdraw(request, pk):
    return _decide(request, pk, actions.withdraw_for_ward, "Đã rút lại sự đồng ý.")
