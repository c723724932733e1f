"""Whether a member may move to another unit, who may take the next step, and until when."""

from datetime import date, timedelta
from enum import StrEnum

from members.models import Member, Transfer
from units.models import Unit
from units.scope import Scope

ANSWER_WITHIN = timedelta(days=15)  # each side, from the day on which it became its turn
GIVEN_UP_AFTER = timedelta(days=30)  # past that day, nobody having answered
MOVING = (Member.Status.ACTIVE, Member.Status.AWAY)
State = Transfer.State


class Step(StrEnum):
    """What can be done to an open transfer."""

    RELEASE = "release"
    ACCEPT = "accept"
    REFUSE = "refuse"
    CANCEL = "cancel"


def transfer_problems(member: Member, *, to_unit: Unit) -> list[str]:
    """Why the member cannot move there. Empty means that both sides may be asked."""
    problems = []
    if member.status not in MOVING:
        problems.append("Hồ sơ này đã thôi sinh hoạt hoặc đã trưởng thành Đoàn nên không chuyển được.")
    if to_unit.is_closed:
        problems.append(f"{to_unit} đã kết thúc hoạt động, không nhận thêm đoàn viên.")
    if member.unit.path.startswith(to_unit.path):
        problems.append(f"Đoàn viên đang sinh hoạt tại {to_unit}.")
    if open_transfer := member.transfers.open().select_related("to_unit").first():
        problems.append(
            f"Đoàn viên này đang có đề nghị chuyển đến {open_transfer.to_unit}: "
            f"{open_transfer.get_state_display().lower()}."
        )
    return problems


def steps_for(transfer: Transfer, scope: Scope) -> list[Step]:
    """What somebody with this scope may do to the transfer now; the main step first."""
    lets_go, takes_in = scope.covers(transfer.from_unit), scope.covers(transfer.to_unit)
    if transfer.state == State.ASKED:
        own = [Step.RELEASE, Step.REFUSE] if lets_go else []
        return own + ([Step.CANCEL] if takes_in else [])
    if transfer.state == State.RELEASED:
        own = [Step.ACCEPT, Step.REFUSE] if takes_in else []
        return own + ([Step.CANCEL] if lets_go else [])
    return []


def step_problems(transfer: Transfer, *, expected: tuple[str, ...]) -> list[str]:
    """Why the step cannot be taken: somebody was faster, or the member is no longer where they were."""
    if transfer.state not in expected:
        return [f"Đề nghị chuyển này hiện là: {transfer.get_state_display().lower()}. Hãy tải lại trang."]
    return []


def moving_problems(transfer: Transfer, member: Member, *, home: Unit) -> list[str]:
    """Why the member cannot be let go or taken into that home now."""
    problems = []
    if member.unit_id != transfer.from_unit_id:
        problems.append(
            f"Đoàn viên không còn sinh hoạt tại {transfer.from_unit} nên đề nghị này không còn đúng. "
            "Hãy hủy và lập đề nghị mới."
        )
    if member.status not in MOVING:
        problems.append("Hồ sơ này đã thôi sinh hoạt hoặc đã trưởng thành Đoàn nên không chuyển được.")
    if home.is_closed:
        problems.append(f"{home} đã kết thúc hoạt động, không nhận thêm đoàn viên.")
    if not home.path.startswith(transfer.to_unit.path):
        problems.append(f"Chi đoàn phải thuộc {transfer.to_unit}.")
    return problems


def answer_due(on: date) -> date:
    """Until when the side whose turn begins that day should answer."""
    return on + ANSWER_WITHIN


def is_given_up(transfer: Transfer, *, on: date) -> bool:
    """Whether nobody answered for so long that the transfer ends by itself."""
    return transfer.is_open and transfer.due_on + GIVEN_UP_AFTER < on
