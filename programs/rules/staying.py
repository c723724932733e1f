"""May a member join or leave a club or a squad."""

from datetime import date

from members.models import Member
from programs.models import Club, ClubMember, Squad, SquadMember


def _member_problems(member: Member, *, founded_on: date, starts_on: date) -> list[str]:
    problems = []
    if member.status == Member.Status.ENDED:
        problems.append(f"{member} đã thôi sinh hoạt Đoàn.")
    if starts_on < founded_on:
        problems.append(f"Ngày tham gia trước ngày thành lập ({founded_on:%d/%m/%Y}).")
    return problems


def club_stay_problems(club: Club, member: Member, *, role: str, starts_on: date) -> list[str]:
    """Why the member cannot join the club from that day in that role."""
    problems = _member_problems(member, founded_on=club.founded_on, starts_on=starts_on)
    if club.ended_on is not None:
        problems.append(f"Câu lạc bộ đã kết thúc ngày {club.ended_on:%d/%m/%Y}.")
    now = club.memberships.filter(ends_on=None)
    if now.filter(member=member).exists():
        problems.append(f"{member} đang là thành viên câu lạc bộ.")
    if role == ClubMember.Role.CHAIR and now.filter(role=role).exists():
        problems.append("Câu lạc bộ đang có Chủ nhiệm. Kết thúc nhiệm vụ của Chủ nhiệm cũ trước.")
    return problems


def squad_stay_problems(squad: Squad, member: Member, *, role: str, starts_on: date) -> list[str]:
    """Why the member cannot join the squad from that day in that role."""
    problems = _member_problems(member, founded_on=squad.founded_on, starts_on=starts_on)
    if squad.ended_on is not None:
        problems.append(f"Đội hình đã giải thể ngày {squad.ended_on:%d/%m/%Y}.")
    now = squad.memberships.filter(ends_on=None)
    if now.filter(member=member).exists():
        problems.append(f"{member} đang ở trong đội hình.")
    if role == SquadMember.Role.LEADER and now.filter(role=role).exists():
        problems.append("Đội hình đang có Đội trưởng. Kết thúc nhiệm vụ của Đội trưởng cũ trước.")
    return problems


def leaving_problems(stay: ClubMember | SquadMember, *, ends_on: date) -> list[str]:
    """Why the stay cannot end on that day."""
    if stay.ends_on is not None:
        return [f"{stay.member} đã rời đi ngày {stay.ends_on:%d/%m/%Y}."]
    if ends_on < stay.starts_on:
        return [f"Ngày rời đi trước ngày tham gia ({stay.starts_on:%d/%m/%Y})."]
    return []


def disbanding_problems(squad: Squad, *, ends_on: date) -> list[str]:
    """Why the squad cannot end on that day: what it did later would hang in the air."""
    if squad.ended_on is not None:
        return [f"Đội hình đã giải thể ngày {squad.ended_on:%d/%m/%Y}."]
    problems = []
    if ends_on < squad.founded_on:
        problems.append(f"Ngày giải thể trước ngày thành lập ({squad.founded_on:%d/%m/%Y}).")
    if squad.activities.standing().filter(done_on__gt=ends_on).exists():
        problems.append("Đội hình còn hoạt động ghi sau ngày giải thể.")
    if squad.memberships.filter(ends_on=None, starts_on__gt=ends_on).exists():
        problems.append("Đội hình còn thành viên tham gia sau ngày giải thể.")
    return problems


def club_ending_problems(club: Club, *, ends_on: date) -> list[str]:
    """Why the club cannot end on that day."""
    if club.ended_on is not None:
        return [f"Câu lạc bộ đã kết thúc ngày {club.ended_on:%d/%m/%Y}."]
    problems = []
    if ends_on < club.founded_on:
        problems.append(f"Ngày kết thúc trước ngày thành lập ({club.founded_on:%d/%m/%Y}).")
    if club.memberships.filter(ends_on=None, starts_on__gt=ends_on).exists():
        problems.append("Câu lạc bộ còn thành viên tham gia sau ngày kết thúc.")
    return problems
