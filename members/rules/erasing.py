"""When a member's data may be erased, and what stands in their place."""

from collections.abc import Iterable
from datetime import date

from members.models import Guardian, Member, RosterImport
from units.queries import roles_of

ERASED_NAME = "Hồ sơ đã xóa"


def erasing_problems(member: Member, imports: Iterable[RosterImport], *, on: date) -> list[str]:
    """Why the member cannot be erased now. `imports` are the lists that have a row about them."""
    if member.erased_at is not None:
        return ["Dữ liệu của hồ sơ này đã xóa."]
    problems = [
        f"Danh sách “{found.file_name}” có người này và đang được xử lý. Hãy thử lại khi xử lý xong."
        for found in imports
        if found.is_in_work
    ]
    if member.user is None:
        return problems
    problems += [
        f"Người này đang giữ vai trò {held.get_role_display()} ở {held.unit.title}. "
        "Hãy kết thúc vai trò trước."
        for held in roles_of(member.user, on=on)
    ]
    if Guardian.objects.standing().filter(user=member.user).exists():
        problems.append("Tài khoản này đang là người đại diện của một đoàn viên dưới 16 tuổi.")
    return problems
