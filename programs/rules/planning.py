"""May a program, a campaign, a target or a declared figure stand as it is written down."""

from datetime import date

from programs.models import Campaign, Figure, Indicator, Program, Target

ENDS_TOO_EARLY = "Ngày kết thúc phải từ ngày bắt đầu trở đi."


def program_problems(program: Program) -> list[str]:
    """Why the program cannot stand so. Empty means it can."""
    if program.ends_on is not None and program.ends_on < program.starts_on:
        return [ENDS_TOO_EARLY]
    return []


def campaign_problems(campaign: Campaign) -> list[str]:
    """Why the campaign cannot stand so, within its program and the campaign above it."""
    problems = []
    if campaign.ends_on < campaign.starts_on:
        problems.append(ENDS_TOO_EARLY)
    if campaign.starts_on < campaign.program.starts_on:
        problems.append(f"Chương trình “{campaign.program}” bắt đầu sau ngày bắt đầu chiến dịch.")
    if campaign.program.ends_on is not None and campaign.ends_on > campaign.program.ends_on:
        problems.append(f"Chương trình “{campaign.program}” kết thúc trước ngày kết thúc chiến dịch.")
    above = campaign.parent
    if above is not None and (campaign.starts_on < above.starts_on or campaign.ends_on > above.ends_on):
        problems.append(f"Thời gian phải nằm trong “{above}”.")
    return problems


def target_problems(target: Target) -> list[str]:
    """Why the unit cannot be given this target. Its program must reach the unit."""
    problems = []
    if target.value < 1:
        problems.append("Chỉ tiêu giao phải lớn hơn 0.")
    if target.ends_on < target.starts_on:
        problems.append(ENDS_TOO_EARLY)
    if not target.unit.path.startswith(target.program.unit.path):
        problems.append(f"{target.unit} không thuộc đơn vị chủ trì chương trình “{target.program}”.")
    if target.campaign is not None and target.campaign.program_id != target.program_id:
        problems.append(f"“{target.campaign}” không thuộc chương trình “{target.program}”.")
    same = Target.objects.filter(
        indicator=target.indicator, unit=target.unit, starts_on=target.starts_on, ends_on=target.ends_on
    )
    if same.exclude(pk=target.pk).exists():
        problems.append(f"{target.unit} đã được giao chỉ tiêu này trong kỳ.")
    return problems


def figure_problems(figure: Figure, *, on: date) -> list[str]:
    """Why the unit cannot declare this figure on that day."""
    problems = []
    if figure.indicator.source != Indicator.Source.DECLARED:
        problems.append(f"“{figure.indicator.name}” được cổng tự đếm, không cần khai.")
    if figure.day > on:
        problems.append("Ngày của số liệu không được ở tương lai.")
    if figure.value < 0:
        problems.append("Số liệu không được nhỏ hơn 0.")
    return problems
