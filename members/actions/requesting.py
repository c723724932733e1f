"""What people ask about their own data, from the day it comes in until it is answered and done."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import DomainError
from core.text import tidy
from members.actions.consent import end_consents
from members.actions.erasing import erase_member
from members.actions.erasing_rosters import hold_rosters
from members.models import DataRequest, Member
from members.queries.contact import contact_of
from members.rules import requests as rules
from notifications.actions import enqueue

Kind, State = DataRequest.Kind, DataRequest.State


class DataRequestRefused(DomainError):
    """Raised with every reason why a request cannot be made, answered, put off or carried out."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def _refuse(problems: list[str]) -> None:
    if problems:
        raise DataRequestRefused(problems)


def _locked(request: DataRequest) -> DataRequest:
    """The request, its member locked before it: requests of one member are dealt with in turn."""
    Member.objects.locked().get(pk=request.member_id)
    return DataRequest.objects.locked().select_related("member__unit", "member__user").get(pk=request.pk)


@transaction.atomic
def ask_about_data(
    *, member: Member, kind: str, wish: str, channel: str, by: Any, received_on: date | None = None
) -> DataRequest:
    """Take in what the member asks for and start its clocks, which run from the day it came in."""
    member = Member.objects.locked().select_related("unit").get(pk=member.pk)
    now = timezone.now()
    today = timezone.localdate(now)
    received_on = received_on or today
    _refuse(rules.asking_problems(member, kind, received_on, on=today))

    request = DataRequest.objects.create(
        member=member,
        kind=kind,
        wish=wish.strip(),
        channel=channel,
        received_on=received_on,
        asked_at=now,
        asked_by=by,
        answer_due_on=rules.answer_due_on(received_on),
        due_on=rules.due_on(kind, received_on),
    )
    audit.record("data_request.received", by=by, target=request, unit=member.unit)
    _tell(request, "received")
    return request


@transaction.atomic
def take_back_request(*, asked: DataRequest, by: Any) -> DataRequest:
    """The member no longer asks for it. What was carried out already stays done."""
    request = _locked(asked)
    now = timezone.now()
    if request.state not in DataRequest.OPEN:
        _refuse(rules.answering_problems(request))

    _close(request, State.CANCELLED, at=now, by=by)
    audit.record("data_request.taken_back", by=by, target=request, unit=request.member.unit)
    return request


@transaction.atomic
def accept_request(*, asked: DataRequest, answer: str, by: Any) -> DataRequest:
    """Answer that it will be done within its term."""
    request = _locked(asked)
    now = timezone.now()
    _refuse(rules.answering_problems(request))
    _answer(request, State.ACCEPTED, answer, at=now, by=by)
    request.save()
    audit.record("data_request.accepted", by=by, target=request, unit=request.member.unit)
    _tell(request, "answered")
    return request


@transaction.atomic
def refuse_request(*, asked: DataRequest, answer: str, by: Any) -> DataRequest:
    """Answer that it will not be done, and why; the member may complain about it."""
    request = _locked(asked)
    now = timezone.now()
    _refuse(rules.answering_problems(request))

    _answer(request, State.REFUSED, answer, at=now, by=by)
    _close(request, State.REFUSED, at=now, by=by)
    audit.record("data_request.refused", by=by, target=request, unit=request.member.unit)
    _tell(request, "answered")
    return request


@transaction.atomic
def extend_request(*, asked: DataRequest, reason: str, by: Any) -> DataRequest:
    """Put its term off once; the member is told why."""
    request = _locked(asked)
    now = timezone.now()
    _refuse(rules.extension_problems(request, on=timezone.localdate(now)))

    request.due_on = rules.extended_due_on(request)
    request.extended_at, request.extension_reason = now, reason.strip()
    request.save(update_fields=["due_on", "extended_at", "extension_reason"])
    audit.record("data_request.extended", by=by, target=request, unit=request.member.unit)
    _tell(request, "extended")
    return request


@transaction.atomic
def carry_out_request(*, asked: DataRequest, by: Any) -> DataRequest:
    """Do what was asked and close the request. Corrections and copies staff have made before.

    Imports are held before the member whom they may be writing, see `erase_member`.
    """
    if asked.kind == Kind.DELETE:
        hold_rosters(asked.member)
    request = _locked(asked)
    now = timezone.now()
    _refuse(rules.carrying_out_problems(request))

    if request.kind == Kind.RESTRICT:
        _restrict(request.member, at=now)
    elif request.kind == Kind.WITHDRAW:
        end_consents(member=request.member, by=by)
    _close(request, State.DONE, at=now, by=by)
    audit.record("data_request.done", by=by, target=request, unit=request.member.unit)
    if request.kind == Kind.DELETE:
        erase_member(member=request.member, by=by)
        request.refresh_from_db()
    else:
        _tell(request, "done")
    return request


@transaction.atomic
def lift_restriction(*, member: Member, by: Any) -> Member:
    """The member's data may leave in lists again and bring reminders."""
    member = Member.objects.locked().select_related("unit").get(pk=member.pk)
    if member.restricted_at is None:
        raise DataRequestRefused(["Dữ liệu của hồ sơ này không bị hạn chế xử lý."])

    Member.objects.filter(pk=member.pk).update(restricted_at=None)
    audit.record("member.restriction_lifted", by=by, target=member, unit=member.unit)
    return member


def _restrict(member: Member, *, at: datetime) -> None:
    Member.objects.filter(pk=member.pk, restricted_at=None).update(restricted_at=at)


def _answer(request: DataRequest, state: str, answer: str, *, at: datetime, by: Any) -> None:
    if not tidy(answer):
        raise DataRequestRefused(["Chưa nhập câu trả lời."])
    request.state, request.answer = state, answer.strip()
    request.answered_at, request.answered_by = at, by


def _close(request: DataRequest, state: str, *, at: datetime, by: Any) -> None:
    request.state, request.closed_at, request.closed_by = state, at, by
    request.save()


def _tell(request: DataRequest, notice: str) -> None:
    """Promise the member one notice; what they asked for is named, what they wrote is not repeated."""
    member = request.member
    enqueue(
        key=f"data-request-{notice}:{request.pk}",
        address=contact_of(member),
        user=member.user,
        template=f"members/notices/data_request_{notice}",
        context={"request": request},
    )
