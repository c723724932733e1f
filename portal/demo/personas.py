"""The people whose accounts the demonstration prints: one for every role, and two members."""

from dataclasses import dataclass

from members.models import Member
from units.roles import Role

DOMAIN = "example.vn"
BRANCH_NAMES = ["Chi đoàn xóm 1", "Chi đoàn xóm 2", "Chi đoàn xóm 3"]


@dataclass(frozen=True)
class Persona:
    """One person of the printed table. `place` says where the role is held: province, home or branch.

    Those with a birth date are members of the home commune too; `position` is their post there.
    """

    key: str
    full_name: str
    label: str
    role: str = ""
    place: str = "province"
    sex: str = ""
    born: str = ""
    ethnic_group: str = ""
    position: str = "Đoàn viên"
    lives_in_branch: bool = True
    has_claimed: bool = True

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"

    @property
    def is_member(self) -> bool:
        return bool(self.born)


MALE, FEMALE = Member.Sex.MALE, Member.Sex.FEMALE
PERSONAS = [
    Persona("quantri", "Phạm Thu Hà", "Quản trị tỉnh", Role.PROVINCE_ADMIN),
    Persona("lanhdao", "Nguyễn Quang Minh", "Lãnh đạo tỉnh", Role.PROVINCE_LEADER),
    Persona("chuyenvien", "Trần Ngọc Ánh", "Chuyên viên", Role.OFFICER),
    Persona(
        "bithu", "Ma Văn Đại", "Bí thư đơn vị", Role.SECRETARY, "home", MALE, "1993-03-12", "Tày",
        position="Bí thư Đoàn xã", lives_in_branch=False,
    ),
    Persona(
        "chidoan", "Nông Thị Đào", "Bí thư chi đoàn", Role.BRANCH_SECRETARY, "branch", FEMALE, "1998-11-02",
        "Tày", position="Bí thư chi đoàn",
    ),
    Persona(
        "doitruong", "Lường Văn Tùng", "Đội trưởng", Role.SQUAD_LEADER, "home", MALE, "1999-06-21", "Tày",
        position="Phó Bí thư chi đoàn",
    ),
    Persona("diemdanh", "Hoàng Thị Bích", "Phụ trách điểm danh", Role.DOORKEEPER),
    Persona(
        "doanvien", "Lý Thị Hường", "Đoàn viên, đã nhận hồ sơ", sex=FEMALE, born="2004-09-02",
        ethnic_group="Nùng",
    ),
    Persona(
        "doanvienmoi", "Triệu Văn Hải", "Đoàn viên, chưa nhận hồ sơ", sex=MALE, born="2006-04-18",
        ethnic_group="Dao", has_claimed=False,
    ),
]  # fmt: skip
MEMBERS = [persona for persona in PERSONAS if persona.is_member]
