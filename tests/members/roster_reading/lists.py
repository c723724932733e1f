"""Lists whose headers nobody knows, and how they are to be read."""

from members.roster.columns import Role
from members.roster.corrections import SheetCorrection, TaughtHeader

STRANGE = [
    ["DANH SÁCH THANH NIÊN"],
    ["TT", "Công dân", "Chào đời", "Gọi số", "Gốc"],
    ["1", "Ma Thị Lan", "12/3/2004", "0912345671", "Tày"],
    ["2", "Hà Văn Phong", "2/9/2005", "0912345672", "Nùng"],
]
ROLES = {
    0: Role.ROW_NUMBER,
    1: Role.FULL_NAME,
    2: Role.BIRTH,
    3: Role.PHONE,
    4: Role.ETHNIC_GROUP,
}
PLAIN = [
    ["STT", "Họ và tên", "Ngày sinh", "Điện thoại", "Dân tộc", "Tôn giáo", "Số CCCD", "Quê quán"],
    ["1", "Ma Thị Lan", "12/3/2004", "0912345671", "Tày", "Phật giáo", "019304001234", "Định Hóa"],
    ["2", "Hà Văn Phong", "2/9/2005", "0912345672", "Nùng", "", "019205001235", "Phú Lương"],
]


def named(row, roles=ROLES, *, depth=1, wrong=()):
    """What staff say of a sheet whose header is in that row."""
    return SheetCorrection(True, row, TaughtHeader(depth, dict(roles)), tuple(wrong))


def people(reading):
    return [(row.row, row.fields.get("full_name"), row.fields.get("phone")) for row in reading.rows]
