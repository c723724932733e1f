"""A member moves from one unit to another, both of which agree; until then the old one is their home."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import DomainError
from members.actions.homes import move_home
from members.actions.moving_notices import tell_member, tell_side
from members.actions.staying import end_stays_at_home
from members.models import Member, Transfer
from members.rules import transfers as rules
from units.models import Unit

State = Transfer.State
BATCH = 200


class TransferRefused(DomainError):
    """Raised with every reason why the transfer does not begin or does not go on."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def ask_transfer(*, member: Member, to_unit: Unit, reason: str, lets_go: bool = False, by: Any) -> Transfer:
    """Ask both sides to let the member move. `lets_go`: the old unit asks, so its agreement is given.

    Askings for one member take turns on the record; the constraint stands behind it.
    """
    member = _locked_member(member.pk)
    now = timezone.now()
    if problems := rules.transfer_problems(member, to_unit=to_unit):
        raise TransferRefused(problems)

    transfer = Transfer.objects.create(
        member=member,
        from_unit=member.unit,
        to_unit=to_unit,
        state=State.RELEASED if lets_go else State.ASKED,
        reason=reason,
        due_on=rules.answer_due(timezone.localdate(now)),
        asked_at=now,
        asked_by=by,
        released_at=now if lets_go else None,
        released_by=by if lets_go else None,
    )
    audit.record("transfer.asked", by=by, target=transfer, unit=member.unit)
    tell_side(transfer)
    return transfer


@transaction.atomic
def release_transfer(*, transfer: Transfer, by: Any) -> Transfer:
    """The old unit lets the member go; from now on the new one has its days to answer."""
    transfer, member = _locked(transfer, State.ASKED)
    now = timezone.now()
    if problems := rules.moving_problems(transfer, member, home=transfer.to_unit):
        raise TransferRefused(problems)

    transfer.state = State.RELEASED
    transfer.released_at, transfer.released_by = now, by
    transfer.due_on = rules.answer_due(timezone.localdate(now))
    transfer.save(update_fields=["state", "released_at", "released_by", "due_on"])
    audit.record("transfer.released", by=by, target=transfer, unit=transfer.from_unit)
    tell_side(transfer)
    return transfer


@transaction.atomic
def accept_transfer(
    *, transfer: Transfer, branch: Unit | None = None, branch_name: str = "", by: Any
) -> Transfer:
    """The new unit takes the member in, from today, in one of its branches when one is given."""
    transfer, member = _locked(transfer, State.RELEASED)
    now = timezone.now()
    home = branch or transfer.to_unit
    if problems := rules.moving_problems(transfer, member, home=home):
        raise TransferRefused(problems)

    move_home(member=member, unit_id=home.pk, on=timezone.localdate(now))
    end_stays_at_home(member=member, home=home, on=timezone.localdate(now))
    member.branch_name = branch_name
    member._history_user = by  # type: ignore[attr-defined]
    member._change_reason = f"chuyển từ {transfer.from_unit}"[:100]  # type: ignore[attr-defined]
    member.save()
    _end(transfer, State.ACCEPTED, by=by, at=now)
    audit.record("transfer.accepted", by=by, target=transfer, unit=transfer.to_unit)
    tell_member(transfer, "transfer_accepted")
    return transfer


@transaction.atomic
def refuse_transfer(*, transfer: Transfer, answer: str, by: Any) -> Transfer:
    """The side whose turn it is says no, with a reason; the member stays where they are."""
    transfer, _ = _locked(transfer, *Transfer.OPEN_STATES)
    refusing = transfer.from_unit if transfer.state == State.ASKED else transfer.to_unit
    _end(transfer, State.REFUSED, by=by, at=timezone.now(), answer=answer)
    audit.record("transfer.refused", by=by, target=transfer, unit=refusing)
    tell_member(transfer, "transfer_not_made")
    return transfer


@transaction.atomic
def cancel_transfer(*, transfer: Transfer, answer: str, by: Any) -> Transfer:
    """The side that waits for the other takes the move back; the member stays where they are."""
    transfer, _ = _locked(transfer, *Transfer.OPEN_STATES)
    _end(transfer, State.CANCELLED, by=by, at=timezone.now(), answer=answer)
    audit.record("transfer.cancelled", by=by, target=transfer, unit=transfer.from_unit)
    tell_member(transfer, "transfer_not_made")
    return transfer


def expire_transfers(*, at: datetime) -> int:
    """End the transfers that nobody answered for long; tells how many. Each in its own transaction."""
    latest = timezone.localdate(at) - rules.GIVEN_UP_AFTER
    left = Transfer.objects.open().filter(due_on__lt=latest).order_by("due_on", "pk")
    return sum(_expire(key, at=at) for key in left.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _expire(key: int, *, at: datetime) -> bool:
    transfer = Transfer.objects.locked().select_related("member", "from_unit", "to_unit").get(pk=key)
    if not rules.is_given_up(transfer, on=timezone.localdate(at)):
        return False
    _end(transfer, State.EXPIRED, by=None, at=at, answer="Quá hạn mà không bên nào trả lời.")
    audit.record("transfer.expired", by=None, target=transfer, unit=transfer.from_unit)
    tell_member(transfer, "transfer_not_made")
    return True


def _end(transfer: Transfer, state: str, *, by: Any, at: datetime, answer: str = "") -> None:
    transfer.state, transfer.answer = state, answer
    transfer.ended_at, transfer.ended_by = at, by
    transfer.save(update_fields=["state", "answer", "ended_at", "ended_by"])


def _locked_member(key: int) -> Member:
    return Member.objects.locked().select_related("unit", "user").get(pk=key)


def _locked(transfer: Transfer, *expected: str) -> tuple[Transfer, Member]:
    """The member and then the transfer, locked; refused when somebody was faster."""
    member = _locked_member(transfer.member_id)
    rows = Transfer.objects.locked().select_related("from_unit", "to_unit")
    transfer = rows.get(pk=transfer.pk)
    transfer.member = member
    if problems := rules.step_problems(transfer, expected=expected):
        raise TransferRefused(problems)
    return transfer, member
