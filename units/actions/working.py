"""Plans wait as rows; a worker takes one by its lease and does what its state asks for."""

import logging
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from units.actions.executing import RestructuringRefused, execute_plan
from units.actions.reversing import reverse_plan
from units.models import RestructuringPlan

State = RestructuringPlan.State
LEASE = timedelta(minutes=5)
MAX_TRIES = 5
WORK = {State.EXECUTING: execute_plan, State.REVERSING: reverse_plan}
# Where a plan goes back to when what its state asks for cannot be done.
BACK = {State.EXECUTING: State.DRAFT, State.REVERSING: State.EXECUTED}
BROKE_OFF = (
    "Cổng đã thử nhiều lần nhưng chưa làm xong. Chưa có gì thay đổi. "
    "Hãy thử lại; nếu vẫn không được, hãy báo cho người quản trị máy chủ."
)

log = logging.getLogger(__name__)


def start_due_plans(*, at: datetime) -> int:
    """Let approved plans whose day has come be carried out. Returns how many began to wait for it."""
    due = RestructuringPlan.objects.due_on(timezone.localdate(at))
    return due.update(state=State.EXECUTING, lease_until=None)


def work_on_plan(*, plan_id: int) -> bool:
    """Carry the plan out or take it back, as its state asks. False when nothing waits or another has it.

    The lease is taken by a conditional UPDATE. A worker killed in the middle leaves the plan as it was; it is
    taken up when the lease has run out. Two workers cannot do it twice: the work itself locks the plan's row.
    """
    now = timezone.now()
    free = RestructuringPlan.objects.in_work().free_at(now).filter(pk=plan_id)
    if free.update(lease_until=now + LEASE, try_count=F("try_count") + 1) != 1:
        return False
    plan = RestructuringPlan.objects.get(pk=plan_id)
    try:
        if plan.try_count > MAX_TRIES:
            raise RestructuringRefused([BROKE_OFF])
        WORK[State(plan.state)](plan=plan)
    except RestructuringRefused as refusal:
        _stop(plan, refusal.problems)
    return True


def resume_plans(*, at: datetime) -> int:
    """Start what is due and take up every plan that waits and that nobody holds. Returns how many."""
    start_due_plans(at=at)
    waiting = RestructuringPlan.objects.in_work().free_at(at).order_by("pk").values_list("pk", flat=True)
    return sum(_try_to_work(pk) for pk in list(waiting))


def _try_to_work(plan_id: int) -> bool:
    try:
        return work_on_plan(plan_id=plan_id)
    except Exception:
        log.exception("Restructuring plan %s broke off", plan_id)
        return False


def _stop(plan: RestructuringPlan, problems: list[str]) -> None:
    """Put the plan back to where people can mend it, with every reason."""
    mine = RestructuringPlan.objects.filter(pk=plan.pk, state=plan.state)
    mine.update(state=BACK[State(plan.state)], problems=problems, lease_until=None, try_count=0)
