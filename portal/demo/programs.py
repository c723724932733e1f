"""Movements and programs with their campaigns, as the province's press tells of them."""

from datetime import date

from portal.demo.world import World
from programs.actions import create_campaign, create_program, load_catalogue
from programs.models import Program

SLOGAN = "Không ai bị bỏ lại phía sau trong kỷ nguyên số"
PROGRAMS = {
    "literacy": {
        "kind": Program.Kind.MOVEMENT,
        "name": "Bình dân học vụ số",
        "summary": "Mỗi đoàn viên là một “giáo viên số”, mỗi cơ sở Đoàn là một lớp học số cộng đồng.",
        "description": (
            "Thanh niên hướng dẫn người dân cài đặt VNeID, nộp hồ sơ trực tuyến, thanh toán không dùng tiền "
            "mặt và nhận diện lừa đảo trên mạng. Các đội hình trực tại Trung tâm Phục vụ hành chính công và "
            "mở lớp buổi tối ở nhà văn hóa."
        ),
        "slogan": SLOGAN,
        "starts_on": date(2025, 4, 1),
    },
    "ai": {
        "kind": Program.Kind.MOVEMENT,
        "name": "Bình dân học AI",
        "summary": "Đoàn viên, thanh niên học kỹ năng AI cơ bản qua các bài ngắn 15 phút.",
        "description": "Năm cấp độ từ làm quen đến ứng dụng trong học tập, sản xuất và công việc hằng ngày.",
        "starts_on": date(2024, 12, 13),
    },
    "shift": {
        "kind": Program.Kind.PROGRAM,
        "name": "Năm chuyển đổi số các hoạt động của Đoàn 2023",
        "summary": "Chương trình hành động năm 2023 với các chỉ tiêu của Tháng Thanh niên.",
        "description": "Ra quân ngày 16/2/2023 với ba đội hình cấp tỉnh và các đội hình xung kích cấp xã.",
        "starts_on": date(2023, 1, 1),
        "ends_on": date(2023, 12, 31),
    },
}


ABOVE = {"youth_month": "year", "summer": "year"}


def add_programs(world: World) -> None:
    """The catalogue, the published programs, and the campaigns of this year."""
    load_catalogue()
    for key, facts in PROGRAMS.items():
        world.programs[key] = create_program(by=world.admin, unit=world.province, is_published=True, **facts)
    for key, (program, name, starts_on, ends_on) in _campaigns(world).items():
        world.campaigns[key] = create_campaign(
            by=world.admin,
            program=world.programs[program],
            name=name,
            starts_on=starts_on,
            ends_on=ends_on,
            parent=world.campaigns[ABOVE[key]] if key in ABOVE else None,
        )


def _campaigns(world: World) -> dict[str, tuple[str, str, date, date]]:
    """Program, name, first and last day of each; a campaign comes after the one it is part of."""
    year, first, last = world.year, world.year_starts, world.year_ends
    return {
        "year": ("literacy", f"Bình dân học vụ số năm {year}", first, last),
        "youth_month": ("literacy", f"Tháng Thanh niên {year}", date(year, 3, 1), date(year, 3, 31)),
        "summer": ("literacy", f"Chiến dịch hè {year}", date(year, 6, 1), date(year, 8, 31)),
        "ai_year": ("ai", f"Bình dân học AI năm {year}", first, last),
        "2023": ("shift", "Năm chuyển đổi số 2023", date(2023, 1, 1), date(2023, 12, 31)),
    }
