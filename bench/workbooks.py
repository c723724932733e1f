"""The flat export of a province, made as large as asked: the same people every time."""

import io
from collections.abc import Iterator
from random import Random

import xlsxwriter

from members.models import Member
from portal.demo.contacts import Contacts
from portal.demo.names import drawn_name
from units.models import Unit

COLUMNS = [
    "STT", "Mã đoàn viên", "Họ tên", "Giới tính", "Ngày sinh", "Số CCCD", "Dân tộc", "Tôn giáo",
    "Trình độ văn hóa", "Nghề nghiệp", "Ngày vào Đoàn", "Chức vụ", "Chi đoàn", "Đoàn cơ sở",
    "Điện thoại", "Email", "Trạng thái",
]  # fmt: skip
GROUPS = ["Kinh", "Tày", "Nùng", "Dao", "Mông"]


def people(count: int) -> Iterator[list[str]]:
    """Rows of `COLUMNS`, spread over the communes of the loaded province."""
    chance = Random(19)
    contacts = Contacts(chance)
    communes = [unit.place for unit in Unit.objects.communes().order_by("path")]
    for number in range(1, count + 1):
        yield _person(number, chance, contacts, communes)


def _person(number: int, chance: Random, contacts: Contacts, communes: list[str]) -> list[str]:
    sex = chance.choice([Member.Sex.MALE, Member.Sex.FEMALE])
    group, year = chance.choice(GROUPS), chance.randint(1996, 2008)
    digit = (0 if sex == Member.Sex.MALE else 1) + (2 if year >= 2000 else 0)
    day = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}"
    return [
        str(number),
        f"TN{number:07d}",
        drawn_name(chance, group, sex),
        Member.Sex(sex).label,
        f"{day}/{year}",
        f"019{digit}{year % 100:02d}{number % 1_000_000:06d}",
        group,
        "Không",
        "12/12",
        "Sinh viên",
        f"26/03/{year + 16}",
        "Đoàn viên",
        f"Chi đoàn xóm {chance.randint(1, 20)}",
        f"Đoàn {communes[number % len(communes)]}",
        contacts.phone().replace("+84", "0"),
        f"tn{number}@example.com",
        "Đang sinh hoạt",
    ]


def workbook(rows: list[list[str]], *, comment: str = "") -> bytes:
    """The rows under their header as one .xlsx; a comment makes it another file with the same rows."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    book.set_properties({"comments": comment})
    sheet = book.add_worksheet("Export")
    for place, row in enumerate([COLUMNS, *rows]):
        sheet.write_row(place, 0, row)
    book.close()
    return content.getvalue()
