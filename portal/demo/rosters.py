"""A roster as a commune sends it, read and waiting for somebody to look through its preview."""

import csv
import io

from members.actions import upload_roster, work_on_import
from members.models import Member, RosterImport
from portal.demo.contacts import Contacts
from portal.demo.names import drawn_name
from portal.demo.world import World

COLUMNS = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số điện thoại", "Chức vụ", "Chi đoàn"]
KNOWN, NEW = 14, 4


def add_roster(world: World) -> None:
    """The home commune's list of members it has already, some with another phone, and of new ones."""
    people = [member for member in world.people[world.home.pk] if member.unit_id == world.home.pk]
    lines = [_line(world, member) for member in people[:KNOWN]]
    lines += [_newcomer(world) for _ in range(NEW)]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([f"DANH SÁCH ĐOÀN VIÊN {world.home.place.upper()}"])
    writer.writerow(COLUMNS)
    writer.writerows([number, *line] for number, line in enumerate(lines, start=1))
    roster_import = upload_roster(
        content=text.getvalue().encode("utf-8-sig"),
        file_name="danh-sach-doan-vien.csv",
        unit=world.home,
        basis=RosterImport.Basis.CONSENT,
        legal_basis="Phiếu đồng ý cung cấp thông tin",
        by=world.staff["bithu"],
    )
    work_on_import(roster_import_id=roster_import.pk)


def _line(world: World, member: Member) -> list[str]:
    """What the portal knows, now and then with a new phone; the leading 0 is lost as in many files."""
    phone = member.phone.removeprefix("+84")
    if world.rng.random() < 0.2:
        phone = Contacts(world.rng).phone().removeprefix("+84")
    return [
        member.full_name,
        str(member.born),
        member.get_sex_display(),
        member.ethnic_group,
        phone,
        member.position,
        member.branch_name,
    ]


def _newcomer(world: World) -> list[str]:
    sex = world.rng.choice([Member.Sex.MALE, Member.Sex.FEMALE])
    born = f"{world.rng.randint(1, 28):02d}/{world.rng.randint(1, 12):02d}/{world.year - 16}"
    name = drawn_name(world.rng, "Tày", sex)
    return [name, born, Member.Sex(sex).label, "Tày", "", "Đoàn viên", "Chi đoàn xóm 4"]
