"""Whether a unit or a role may change, and if not why."""

from datetime import date, timedelta

from units.models import RoleAssignment, Unit
from units.roles import Role

PROVINCE_ROLES = frozenset({Role.PROVINCE_ADMIN, Role.PROVINCE_LEADER, Role.OFFICER})


HAND_OVER = timedelta(days=14)


def grant_problems(*, user, role, unit, starts_on, ends_on) -> list[str]:
    """Why this role cannot be given here. Empty means it can."""
    problems = []
    if not user.is_active:
        problems.append("Tài khoản này đã bị khóa.")
    if unit.is_closed:
        problems.append(f"{unit} đã kết thúc ngày {unit.valid_to:%d/%m/%Y}, không giao vai trò mới được.")
    if role in PROVINCE_ROLES and unit.depth != 1:
        problems.append(f"Vai trò {Role(role).label} chỉ giao ở cấp tỉnh.")
    if ends_on is not None and ends_on < starts_on:
        problems.append("Ngày kết thúc phải sau ngày bắt đầu.")
        return problems
    same = RoleAssignment.objects.filter(user=user, role=role, unit=unit)
    if same.overlapping(starts_on, ends_on).exists():
        problems.append("Người này đã giữ vai trò đó tại đơn vị trong thời gian này.")
    return problems


def ending_problems(assignment, *, ends_on) -> list[str]:
    """Why the role cannot end on that day. Empty means it can."""
    problems = []
    if assignment.ends_on is not None and assignment.ends_on <= ends_on:
        problems.append(f"Vai trò này đã kết thúc ngày {assignment.ends_on:%d/%m/%Y}.")
    if ends_on < assignment.starts_on:
        problems.append(f"Vai trò bắt đầu ngày {assignment.starts_on:%d/%m/%Y}; ngày kết thúc phải sau đó.")
    if assignment.role == Role.PROVINCE_ADMIN and not _others_administer(assignment, ends_on):
        problems.append("Đây là người quản trị tỉnh cuối cùng. Hãy giao vai trò cho người khác trước.")
    return problems


def hand_over_problems(assignment, *, successor, unit, starts_on) -> list[str]:
    """Why the role cannot go over to the successor on that day. Empty means it can."""
    if successor.pk == assignment.user_id:
        return ["Người nhận đang giữ chính vai trò này. Hãy chọn người khác."]
    problems = grant_problems(
        user=successor, role=assignment.role, unit=unit, starts_on=starts_on, ends_on=assignment.ends_on
    )
    if starts_on < assignment.starts_on:
        problems.append(
            f"Vai trò bắt đầu ngày {assignment.starts_on:%d/%m/%Y}; chỉ bàn giao được từ ngày đó."
        )
    if assignment.ends_on is not None and assignment.ends_on < starts_on:
        problems.append(f"Vai trò này đã kết thúc ngày {assignment.ends_on:%d/%m/%Y}.")
    return problems


def overlap_ends(assignment, starts_on) -> date:
    """The last day of who hands over: two weeks into the successor's time, or the role's own end."""
    last = starts_on + HAND_OVER
    return last if assignment.ends_on is None else min(last, assignment.ends_on)


def opening_problems(*, parent, kind, code) -> list[str]:
    """Why no such unit can be opened below `parent`. Empty means it can."""
    problems = []
    if parent.is_closed:
        problems.append(f"{parent} đã kết thúc ngày {parent.valid_to:%d/%m/%Y}, không lập đơn vị mới được.")
    if kind == Unit.Kind.AFFILIATED and parent.depth != 1:
        problems.append("Đoàn trực thuộc chỉ lập ngay dưới cấp tỉnh.")
    if kind in (Unit.Kind.BRANCH, Unit.Kind.SECTION) and parent.depth == 1:
        problems.append("Chi đoàn lập dưới một xã, phường hoặc một đoàn trực thuộc.")
    if parent.kind in (Unit.Kind.BRANCH, Unit.Kind.BASE_BRANCH):
        problems.append(f"{parent} là chi đoàn nên không có đơn vị cấp dưới.")
    if code and Unit.objects.filter(code=code).exists():
        problems.append(f"Mã {code} đã có đơn vị khác dùng.")
    return problems


def _others_administer(assignment, day):
    others = RoleAssignment.objects.filter(
        role=Role.PROVINCE_ADMIN, unit_id=assignment.unit_id, user__is_active=True
    ).exclude(user_id=assignment.user_id)
    return others.held_on(day + timedelta(days=1)).filter(ends_on=None).exists()
