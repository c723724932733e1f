"""A member asks to have their data corrected, restricted or erased, and follows what becomes of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from members import actions
from members.access import as_member
from members.forms.data_requests import OwnRequestForm
from members.models import DataRequest
from members.rules.requests import clock_words

STATES = {"late": "overdue", "today": "soon", "soon": "soon", "time": "open", "closed": "done"}


def _own_requests(member):
    """The member's requests, latest first, each with its clock as the page draws it."""
    today = timezone.localdate()
    found = member.data_requests.order_by("-received_on", "-pk")
    clocks = [(asked, *clock_words(asked, on=today)) for asked in found]
    return [
        {
            "asked": asked,
            "state": STATES[level],
            "word": words,
            "is_open": asked.state in DataRequest.OPEN,
        }
        for asked, level, words in clocks
    ]


@as_member
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def data_requests(request):
    form = OwnRequestForm(request.POST if request.method == "POST" else None)
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_about_data(
                member=request.member,
                **form.cleaned_data,
                channel=DataRequest.Channel.PORTAL,
                by=request.user,
            )
        except actions.DataRequestRefused as refusal:
            problems = refusal.problems
        else:
            messages.success(
                request, f"Đã gửi đề nghị. Sẽ được trả lời trước hết ngày {made.answer_due_on:%d/%m/%Y}."
            )
            return redirect("members:data-requests")
    context = {"form": form, "problems": problems, "requests": _own_requests(request.member)}
    return render(request, "members/data_requests_page.html", context)


@as_member
@require_POST
def data_request_take_back(request, pk):
    asked = get_object_or_404(DataRequest.objects.filter(member=request.member), pk=pk)
    try:
        actions.take_back_request(asked=asked, by=request.user)
    except actions.DataRequestRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã rút đề nghị.")
    return redirect("members:data-requests")
