"""Who may agree for a child, and why not. Luật 91/2025/QH15, Điều 24; a child is under 16."""

from datetime import date
from typing import Any

from members.models import Guardian, Member
from members.rules.minors import is_minor


def naming_problems(
    member: Member, *, user: Any, has_paper: bool, purposes: list[str], on: date
) -> list[str]:
    """Why this person cannot be named as the one who agrees for the member."""
    if not is_minor(member, on=on):
        known = "đã đủ 16 tuổi" if member.born else "chưa có ngày sinh"
        return [f"{member.full_name} {known}, không cần người đại diện đồng ý thay."]
    problems = []
    if user is not None and user.pk == member.user_id:
        problems.append("Đoàn viên không thể là người đại diện của chính mình.")
    if user is None and not has_paper:
        problems.append("Chưa có tài khoản của người đại diện, cũng chưa có giấy đồng ý đã ký.")
    if user is not None and purposes:
        problems.append("Người đại diện có tài khoản sẽ tự chọn điều đồng ý, không chọn thay.")
    if user is None and has_paper and not purposes:
        problems.append("Chưa chọn điều mà người đại diện đồng ý trên giấy.")
    return problems


def agreeing_problems(guardian: Guardian, *, on: date) -> list[str]:
    """Why the guardian cannot agree to anything now."""
    if guardian.ended_at is not None:
        return ["Anh/Chị không còn là người đại diện của đoàn viên này."]
    if not is_minor(guardian.member, on=on):
        return ["Đoàn viên này đã đủ 16 tuổi và tự quyết định về dữ liệu của mình."]
    return []
