"""May an outing of a squad be written down, mended or taken back."""

from datetime import date

from programs.models import Squad, SquadActivity

MOST_VOLUNTEERS = 5_000
MOST_HELPED = 20_000


def activity_problems(
    squad: Squad, *, done_on: date, volunteer_count: int, helped_counts: list[int], on: date
) -> list[str]:
    """Why the squad's outing cannot stand with these facts. Numbers beyond reason are questioned."""
    problems = []
    if done_on > on:
        problems.append("Ngày hoạt động không được ở tương lai.")
    if done_on < squad.founded_on:
        problems.append(f"Đội hình thành lập ngày {squad.founded_on:%d/%m/%Y}, sau ngày hoạt động.")
    if squad.ended_on is not None and done_on > squad.ended_on:
        problems.append(f"Đội hình đã giải thể ngày {squad.ended_on:%d/%m/%Y}.")
    if not 1 <= volunteer_count <= MOST_VOLUNTEERS:
        problems.append("Số đoàn viên tham gia phải từ 1 đến 5.000.")
    if any(not 0 <= count <= MOST_HELPED for count in helped_counts):
        problems.append("Số lượt của một dịch vụ phải từ 0 đến 20.000.")
    return problems


def withdrawal_problems(activity: SquadActivity) -> list[str]:
    """Why the activity cannot be mended or taken back."""
    if activity.withdrawn_at is not None:
        return ["Hoạt động này đã được rút lại."]
    return []
