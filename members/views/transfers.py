"""The moves of a person's branches: the board, one move with its steps, and asking for one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members import actions
from members.access import as_member
from members.forms.transfers import AcceptForm, AnswerForm, OwnTransferForm, TransferForm
from members.models import Member
from members.queries.transfers import transfer_board, transfers_within
from members.rules.transfers import Step, steps_for
from units.access import staff
from units.roles import Can


@staff(Can.EDIT_MEMBERS)
@require_safe
def transfer_list(request):
    today = timezone.localdate()
    context = {"board": transfer_board(request.scope, on=today), "today": today}
    return render(request, "members/transfer_list_page.html", context)


@staff(Can.EDIT_MEMBERS)
def transfer_ask(request):
    form = TransferForm(request.POST or None, scope=request.scope, initial=_known(request))
    if request.method == "POST" and form.is_valid():
        try:
            transfer = actions.ask_transfer(**form.facts(), by=request.user)
        except actions.TransferRefused as refusal:
            form.add_error(None, refusal.problems)
        else:
            messages.success(request, f"Đã gửi đề nghị. {transfer.get_state_display()}.")
            return redirect(transfer)
    return render(request, "members/transfer_form_page.html", {"form": form})


def _known(request):
    """The member whose record led here, if the person keeps it."""
    code = request.GET.get("doan-vien", "")
    member = Member.objects.within(request.scope).filter(code=code).first() if code else None
    return {"code": member.code, "full_name": member.full_name} if member else {}


@staff(Can.EDIT_MEMBERS)
@require_safe
def transfer_detail(request, pk):
    return _page(request, _transfer(request, pk))


@staff(Can.EDIT_MEMBERS)
@require_POST
def transfer_release(request, pk):
    transfer = _for_step(request, pk, Step.RELEASE)
    return _done(request, transfer, actions.release_transfer, "Đã đồng ý cho chuyển. Chờ nơi nhận.")


@staff(Can.EDIT_MEMBERS)
@require_POST
def transfer_accept(request, pk):
    transfer = _for_step(request, pk, Step.ACCEPT)
    form = AcceptForm(request.POST, unit=transfer.to_unit)
    if not form.is_valid():
        return _page(request, transfer, accept=form)
    told = f"Đã tiếp nhận đoàn viên vào {transfer.to_unit}."
    return _done(request, transfer, actions.accept_transfer, told, **form.cleaned_data)


@staff(Can.EDIT_MEMBERS)
@require_POST
def transfer_refuse(request, pk):
    transfer = _for_step(request, pk, Step.REFUSE)
    return _not_made(request, transfer, actions.refuse_transfer, "Đã từ chối.")


@staff(Can.EDIT_MEMBERS)
@require_POST
def transfer_cancel(request, pk):
    transfer = _for_step(request, pk, Step.CANCEL)
    return _not_made(request, transfer, actions.cancel_transfer, "Đã hủy đề nghị.")


@as_member
def own_transfer(request):
    member = request.member
    form = OwnTransferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_transfer(member=member, **form.cleaned_data, by=request.user)
        except actions.TransferRefused as refusal:
            form.add_error(None, refusal.problems)
        else:
            messages.success(request, f"Đã gửi đề nghị đến {member.unit}.")
            return redirect("members:own-transfer")
    moves = member.transfers.select_related("from_unit", "to_unit").order_by("-asked_at", "-pk")
    is_moving = any(move.is_open for move in moves)
    context = {"form": None if is_moving else form, "moves": moves, "member": member}
    return render(request, "members/own_transfer_page.html", context)


def _transfer(request, pk):
    return get_object_or_404(transfers_within(request.scope), pk=pk)


def _for_step(request, pk, step):
    """The transfer, for who may take the step; on a page that is out of date the action says so."""
    transfer = _transfer(request, pk)
    if transfer.is_open and step not in steps_for(transfer, request.scope):
        raise Http404("Không có trang này.")
    return transfer


def _page(request, transfer, *, accept=None, answer=None):
    context = {
        "transfer": transfer,
        "member": transfer.member,
        "steps": [step.value for step in steps_for(transfer, request.scope)],
        "accept": accept or AcceptForm(unit=transfer.to_unit),
        "answer": answer or AnswerForm(),
        "today": timezone.localdate(),
        "is_overdue": transfer.is_overdue_on(timezone.localdate()),
        "keeps_record": request.scope.covers(transfer.member.unit),
    }
    failed = any(form is not None for form in (accept, answer))
    return render(request, "members/transfer_page.html", context, status=422 if failed else 200)


def _not_made(request, transfer, action, told):
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, transfer, answer=form)
    return _done(request, transfer, action, told, **form.cleaned_data)


def _done(request, transfer, action, told, **facts):
    try:
        action(transfer=transfer, **facts, by=request.user)
    except actions.TransferRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect(transfer)
