"""What stands under and between the people and is nobody, such as signatures; and who nearly was nobody."""

import pytest

from tests.core.test_legacy_text import TCVN3_OF, VNI_OF, write
from tests.members.readings import BINH_YEN, whole

pytestmark = pytest.mark.django_db  # the book of the province is read from the database

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "SĐT"]
TWO = [[1, "Ma Văn Đại", "25/4/2003", "Nam", "0912345678"], [2, "Bế Thị Mai", "26/4/2003", "Nữ", ""]]
TWO_READ = [
    "2: Ma Văn Đại, born 2003-04-25, sex male, tel +84912345678, unit 05587",
    "3: Bế Thị Mai, born 2003-04-26, sex female, unit 05587",
]
ENDINGS = {
    "three who sign": [
        ["", "Kế toán", "", "Thủ quỹ", "Thủ trưởng đơn vị"],
        ["", "(Ký)", "", "(Ký)", "(Ký)"],
        [],
        ["", "Lý Thị Kế", "", "Hà Thị Quỹ", "Đàm Văn Thủ"],
    ],
    "a teacher": [["", "GVCN"], ["", "Lê Thị Chủ Nhiệm"]],
    "a committee": [
        ["", "Xác nhận của cấp ủy", "", "TM. BCH"],
        [],
        ["", "Ma Văn Ủy", "", "Bế Thị Thư"],
    ],
    "an approval": [["", "Duyệt của BGH", "", "Người lập"], ["", "", "", "Hứa Văn Biểu"]],
    "on behalf": [["", "T/M CHI ĐOÀN"], ["", "Hứa Văn Đoàn"]],
    "a deputy": [["", "ĐẠI DIỆN CHI ĐOÀN"], ["", "Hứa Văn Diện"]],
    "a head of a club": [["", "CHỦ NHIỆM CLB"], ["", "Hứa Văn Nhiệm"]],
    "a head of a hamlet": [["", "TRƯỞNG XÓM"], ["", "Hứa Văn Xóm"]],
    "whom to ask": [
        ["", "Mọi thắc mắc liên hệ:"],
        ["", "Đ/c Lê Thị Đáp", "", "Phó Bí thư", "0912345679"],
    ],
    "counts": [["", "Thống kê"], ["", "Tổng ĐV", "Nam", "Nữ"], ["", 5, 2, 3]],
    "a table of counts": [
        ["", "TỔNG HỢP SỐ LIỆU"],
        ["STT", "Nội dung", "Số lượng", "Tỷ lệ", "Ghi chú"],
        [1, "Tổng số đoàn viên", 4, "100%", "đủ"],
        [2, "Nữ", 2, "50%"],
        [3, "Tôn giáo", 0],
    ],
}


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("ending", ENDINGS)
def test_nobody_under_the_list_becomes_a_person(read, ending, numbered):
    rows = [HEADER, *TWO, *ENDINGS[ending]]

    said = whole(read(rows if numbered else [row[1:] for row in rows], unit=BINH_YEN))

    assert [line for line in said if line.split()[1] not in ("left_out", "total")] == TWO_READ


@pytest.mark.parametrize("script", ["tcvn3", "vni"])
@pytest.mark.parametrize(
    "ending", [["Cộng", "", "14"], ["Tổng số: 14", "Nam: 3", "Nữ: 11"], ["Người lập biểu", "", "BÍ THƯ"]]
)
def test_nobody_in_an_old_script_either(read, ending, script):
    table = {"tcvn3": TCVN3_OF, "vni": VNI_OF}[script]
    rows = [
        ["Họ đệm", "Tên", "Dân tộc", "Ghi chú"],
        ["Đặng Thị", "Hường", "Nùng", "ốm"],
        ["Lý Văn", "Đức", "Tày", ""],
    ]
    rows = [[write(cell, table) for cell in row] for row in [*rows, ending]]

    assert [row.fields["full_name"] for row in read(rows, unit=BINH_YEN).rows] == [
        "Đặng Thị Hường",
        "Lý Văn Đức",
    ]


def test_hints_examples_and_unused_lines_are_nobody_and_end_nothing(read):
    rows = [
        HEADER,
        ["", "(Chữ in hoa)", "(ngày/tháng/năm)", "(Nam/Nữ)", "(10 số)"],
        ["VD", "NGUYỄN VĂN A", "01/01/2000", "Nam", "0912345678"],
        [1, "MA VĂN ĐẠI", "25/4/2003", "Nam", "0912345678"],
        [2, "..."],
        [3, "-", "", "", ""],
        ["-2-"],
        [4, "Bế Thị Mai", "26/4/2003", "Nữ", ""],
        ["", "Kế toán trưởng", "26/4/2003", "Nữ", ""],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "4: Ma Văn Đại, born 2003-04-25, sex male, tel +84912345678, unit 05587 ~name_recased",
        "8: Bế Thị Mai, born 2003-04-26, sex female, unit 05587",
        "9: Kế Toán Trưởng, born 2003-04-26, sex female, unit 05587 ~name_recased",
        "2 left_out",
        "3 left_out",
        "5 left_out",
        "6 left_out",
        "7 left_out",
    ]


def test_a_table_of_people_after_one_of_counts_is_read(read):
    rows = [
        HEADER,
        *TWO,
        ["STT", "Chi đoàn", "Số lượng"],
        [1, "Xóm 1", 2],
        HEADER,
        [1, "Lý Thị Lan", "27/4/2003", "Nữ", ""],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        *TWO_READ,
        "7: Lý Thị Lan, born 2003-04-27, sex female, unit 05587",
        "4 left_out",
        "5 left_out",
    ]


def test_people_named_like_wards_are_people_where_the_numbering_goes_on(read):
    rows = [
        ["STT", "Họ và tên", "Ký tên"],
        [1, "Ma Văn Đại"],
        [2, "Nguyễn Thị Minh Khai"],
        [3, "Trần Phú"],
        [4, "Hoàng Văn Thụ"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, unit 05587",
        "3: Nguyễn Thị Minh Khai, unit 05587",
        "4: Trần Phú, unit 05587",
        "5: Hoàng Văn Thụ, unit 05587",
    ]


def test_who_has_only_a_number_a_name_and_a_year_is_read(read):
    rows = [
        ["STT", "Họ tên, năm sinh", "SĐT"],
        [1, "Ma Văn Đại, 2003"],
        [2, "Bế Thị Mai (2004)"],
        [3, "Lý Thị Lan - sinh năm 2005"],
        [4, "Lý Thị Mơ (Bí thư)"],
        [5, "Hà Văn 2003"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003, unit 05587 ~name_trimmed",
        "3: Bế Thị Mai, born 2004, unit 05587 ~name_trimmed",
        "4: Lý Thị Lan, born 2005, unit 05587 ~name_trimmed",
        "5: Lý Thị Mơ, unit 05587 ~name_trimmed",
        "6: Hà Văn 2003, unit 05587 ?name_has_digits",
    ]
