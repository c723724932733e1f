"""A member without e-mail gets an account by the code on the sheet of their branch."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.access import public
from members import actions
from members.forms.accounts import ActivateForm

TOO_OFTEN = "Đã nhập sai quá nhiều lần. Hãy thử lại sau năm phút."
DONE = "Đã kích hoạt tài khoản. Lần sau đăng nhập bằng mã đoàn viên {code}{phone} và mật khẩu vừa đặt."


@public
@never_cache
@sensitive_post_parameters("code", "born_on", "password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request):
    if request.user.is_authenticated:
        return redirect("members:claim-enter")
    form = ActivateForm(request.POST if request.method == "POST" else None)
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            if not ratelimit.consume(request, action="activate", key=form.proof["code"]):
                raise actions.ClaimRefused([TOO_OFTEN])
            member = actions.activate_account(
                **form.proof, password=form.cleaned_data["password1"], purposes=form.purposes
            )
        except actions.ClaimRefused as refusal:
            problems = refusal.problems
        else:
            phone = " hoặc số điện thoại" if member.phone else ""
            messages.success(request, DONE.format(code=member.code, phone=phone))
            login = Login(user=member.user, redirect_url=reverse("members:my-page"))
            return perform_login(request, login)
    return render(request, "members/activate_page.html", {"form": form, "problems": problems})
