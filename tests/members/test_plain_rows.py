"""The quick way through plain rows gives what the careful one gives, whatever stands in the cells."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from members.roster import plain, read_roster
from tests.factories.rosters import make_xlsx

SAMPLES = sorted(Path("tests/rosters").glob("*.xlsx")) + [Path("tests/rosters/form-export.csv")]
HEADER = [
    "STT",
    "Họ tên",
    "Giới tính",
    "Ngày sinh",
    "Số CCCD",
    "Dân tộc",
    "Tôn giáo",
    "Ngày vào Đoàn",
    "Chức vụ",
    "Chi đoàn",
    "Đoàn cơ sở",
    "Điện thoại",
    "Email",
]
CELLS = {
    "Họ tên": [
        "Nguyễn Thị Hường",
        "LÝ TÚ",
        "Ma Văn Đại",
        "Ðặng Văn Ðức",
        "NguyÔn ThÞ H­êng",
        "1. Trần An",
        "Hà",
        "đ/c Lê Na",
    ],
    "Giới tính": ["Nam", "Nữ", "nu", "1", "", "Nam ", "?"],
    "Ngày sinh": [
        "02/09/2005",
        date(2005, 4, 3),
        "2005",
        "9/2005",
        "31/02/2004",
        "02/09/05",
        "",
        "1955",
        date(2003, 1, 1),
    ],
    "Số CCCD": [
        "019305001234",
        "19305001234",
        "019205001234",
        "",
        "1,9205E+10",
        "999999999999",
        " 019305001234",
        date(2020, 1, 1),
    ],
    "Dân tộc": ["Tày", "Kinh", "kinh", "Dao", "nt", "", "Cao Lan", "Xyz", "T¸y"],
    "Tôn giáo": ["Không", "0", "", "Phật giáo", "//", "Kh«ng"],
    "Ngày vào Đoàn": ["26/03/2021", "2020", "26/3", date(2021, 3, 26), "nt", "", "26/03/2012", "26/03/2031"],
    "Chức vụ": ["Đoàn viên", "Bí thư", "UV BCH", "", "nt", "Bí thư Đoàn xã Phú Bình", "Chi đoàn"],
    "Chi đoàn": ["Chi đoàn xóm 2", "xóm Đình", "", "2", "nt", "#N/A", "Chi đoàn xã Văn Lang"],
    "Đoàn cơ sở": ["Đoàn xã Phú Bình", "xã Văn Lang", "x binh yen", "Trung Lương", "", "nt", "xã Không Đâu"],
    "Điện thoại": [
        "0912345678",
        "912345678",
        "01681234567",
        "0912345678/0987654321",
        "",
        "O912345678",
        "0522222222",
        "02083855555",
    ],
    "Email": ["an@example.com", "AN@example.com", "a b@example.com", "", "không", "an@", ".an@example.com"],
}


@pytest.fixture
def readings(monkeypatch, thai_nguyen):
    """Read a file both ways."""

    def read(content, name):
        book = thai_nguyen[0]
        quick = read_roster(content, name, book=book)
        with monkeypatch.context() as without:
            without.setattr(plain.PlainReader, "read", lambda _, __, run: [None] * len(run))
            return quick, read_roster(content, name, book=book)

    return read


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_samples_read_the_same_both_ways(readings, sample):
    quick, careful = readings(sample.read_bytes(), sample.name)
    assert quick == careful


@pytest.mark.parametrize("seed", range(6))
def test_cells_of_every_kind_read_the_same_both_ways(readings, seed):
    chance = Random(seed)
    columns = HEADER[:1] + chance.sample(HEADER[1:], chance.randint(8, 12)) + ["Họ tên"] * 0
    if "Họ tên" not in columns:
        columns.insert(1, "Họ tên")
    rows = [columns]
    for number in range(1, 400):
        first = chance.random() < 0.7  # most cells are plain, so that many rows are
        rows.append(
            [
                str(number)
                if name == "STT"
                else CELLS[name][0]
                if first and chance.random() < 0.95
                else chance.choice(CELLS[name])
                for name in columns
            ]
        )
        if chance.random() < 0.02:
            rows.append(["", "Đoàn xã Bình Yên"])
    quick, careful = readings(make_xlsx(("Danh sách", rows)), "a.xlsx")
    assert quick == careful


def test_plain_rows_take_the_quick_way(monkeypatch, thai_nguyen):
    """Otherwise the tests above would hold for nothing."""
    seen = []
    read = plain.PlainReader.read

    def noted(self, sheet, run):
        found = read(self, sheet, run)
        seen.extend(found)
        return found

    monkeypatch.setattr(plain.PlainReader, "read", noted)
    row = [str(1), *[CELLS[name][0] for name in HEADER[1:]]]
    row[2] = "Nữ"
    read_roster(make_xlsx(("a", [HEADER, row, row])), "a.xlsx", book=thai_nguyen[0])
    assert [found is not None for found in seen] == [True, True]
