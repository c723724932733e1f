"""Headers in words and shapes that the samples do not have."""

import pytest

from tests.members.readings import BINH_YEN, whole

pytestmark = pytest.mark.django_db  # the book of the province is read from the database


@pytest.mark.parametrize(
    ("title", "cell", "told"),
    [
        ("D.TỘC", "Tày", "ethnic Tày"),
        ("D/tộc", "Tày", "ethnic Tày"),
        ("Dântộc", "Tày", "ethnic Tày"),
        ("TP dân tộc", "Tày", "ethnic Tày"),
        ("G. Tính", "Nam", "sex male"),
        ("Nam hay nữ", "Nam", "sex male"),
        ("Ngàysinh", "25/4/2003", "born 2003-04-25"),
        ("N G À Y  S I N H", "25/4/2003", "born 2003-04-25"),
        ("Đ.thoại", "0912345678", "tel +84912345678"),
        ("S Đ T", "0912345678", "tel +84912345678"),
        ("ID Card No.", "019203001234", "id 019203001234"),
        ("Ngày vào ĐTN", "26/3/2019", "joined 2019-03-26"),
        ("Ngày vàoĐoàn", "26/3/2019", "joined 2019-03-26"),
        ("Năm sinh\n(Nam)", "2003", "born 2003, sex male"),
        ("Năm sinh nữ", "2003", "born 2003, sex female"),
    ],
)
def test_a_header_in_other_words(read, title, cell, told):
    rows = [["STT", "H Ọ  V À  T Ê N", title, "Ghi chú"], ["1", "Ma Hải", cell]]
    parts = [f"2: Ma Hải, {told}", "unit 05587"]

    assert whole(read(rows, unit=BINH_YEN)) == [
        ", ".join(parts if not told.startswith("joined") else ["2: Ma Hải", "unit 05587", told])
    ]


@pytest.mark.parametrize(
    ("title", "cell", "told"),
    [
        ("Commune/Ward", "Xã Bình Yên", "unit 05587"),
        ("Đ.vị", "Xã Bình Yên", "unit 05587"),
        ("5. Đồng chí công tác tại đơn vị nào?", "Đoàn xã Bình Yên", "unit 05587"),
        ("Đơn vị cử", "Phường Gia Sàng", "unit 05467"),
        ("Đơn vị cũ", "Phường Gia Sàng", "!unit_unclear of 05467/05443"),
    ],
)
def test_a_header_of_units_in_other_words(read, title, cell, told):
    rows = [["STT", "Họ và tên", "Năm sinh", title], ["1", "Ma Hải", "2003", cell]]

    assert whole(read(rows)) == [f"2: Ma Hải, born 2003{' ' if told[0] == '!' else ', '}{told}"]


def test_words_that_go_on_in_the_row_below_without_merged_cells(read):
    rows = [
        ["Số", "Họ và tên", "Ngày tháng", "Giới", "Số điện"],
        ["TT", "", "năm sinh", "tính", "thoại"],
        [1, "Ma Văn Đại", "25/4/2003", "Nam", "0912345678"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "3: Ma Văn Đại, born 2003-04-25, sex male, tel +84912345678, unit 05587"
    ]


def test_the_first_person_is_no_part_of_the_header(read):
    rows = [
        ["STT", "Họ và tên", "Giới tính", "Dân tộc", "Chi đoàn"],
        ["", "Ma Văn Đại", "Nam", "Tày", "Xóm Đình"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, sex male, ethnic Tày, unit 05587, branch Xóm Đình"
    ]


def test_days_months_and_years_of_birth_and_of_joining_in_columns_of_their_own(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "", "", "Ngày vào Đoàn", "", ""],
        ["", "", "Ngày", "Tháng", "Năm", "Ngày", "Tháng", "Năm"],
        [1, "Ma Văn Đại", 25, 4, 2003, 26, 3, 2019],
        [2, "Bế Thị Mai", "", "", 2003, "", "", 2019],
        [3, "Lý Thị Lan", 31, 2, 2003, "", "", ""],
    ]

    assert whole(read(rows, merges=["C1:E1", "F1:H1"], unit=BINH_YEN)) == [
        "3: Ma Văn Đại, born 2003-04-25, unit 05587, joined 2019-03-26",
        "4: Bế Thị Mai, born 2003, unit 05587, joined 2019",
        "5: Lý Thị Lan, unit 05587 !date_impossible",
    ]


def test_day_month_and_year_headed_by_nothing_else_are_those_of_birth(read):
    rows = [
        ["STT", "Họ và tên", "Ngày", "Tháng", "Năm", "SĐT"],
        [1, "Ma Văn Đại", "25", "4", "2003", "0912345678"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003-04-25, tel +84912345678, unit 05587"
    ]


def test_a_day_beside_a_place_is_a_whole_date(read):
    rows = [
        ["STT", "Họ và tên", "Sinh", "", "Vào Đoàn", ""],
        ["", "", "Ngày", "Nơi", "Ngày", "Nơi"],
        [1, "Ma Văn Đại", "25/4/2003", "Phú Bình", "26/3/2019", "THPT Phú Bình"],
    ]

    assert whole(read(rows, merges=["C1:D1", "E1:F1"], unit=BINH_YEN)) == [
        "3: Ma Văn Đại, born 2003-04-25, unit 05587, joined 2019-03-26"
    ]


def test_the_ethnic_group_is_the_column_that_is_ticked(read):
    rows = [
        ["STT", "Họ và tên", "Dân tộc", "", "", "DTTS"],
        ["", "", "Kinh", "Tày", "Khác", ""],
        [1, "Ma Văn Đại", "x"],
        [2, "Bế Thị Mai", "", "x", "", "x"],
        [3, "Lý Thị Lan", "", "", "Dao", "x"],
        [4, "Lý Thị Mơ", "x", "x"],
        [5, "Lý Thị Na", "", "", "x", "x"],
        [6, "Lý Văn Nam", 0, 1, 0, "FALSE"],
    ]

    assert whole(read(rows, merges=["C1:E1"], unit=BINH_YEN)) == [
        "3: Ma Văn Đại, ethnic Kinh, unit 05587",
        "4: Bế Thị Mai, ethnic Tày, unit 05587",
        "5: Lý Thị Lan, ethnic Dao, unit 05587",
        "6: Lý Thị Mơ, ethnic Kinh, unit 05587 ?ethnic_several",
        "7: Lý Thị Na, unit 05587",
        "8: Lý Văn Nam, ethnic Tày, unit 05587",
    ]


@pytest.mark.parametrize(
    ("above", "heads"),
    [
        (None, ["Kinh", "Tày", "Khác"]),
        (None, ["DT Kinh", "DT Tày", "DT khác"]),
        (["Thành phần dân tộc", "", ""], ["Kinh", "Tày", "Khác"]),
    ],
)
def test_ethnic_groups_that_head_columns_of_ticks_need_no_word_above(read, above, heads):
    rows = [["STT", "Họ và tên", "Năm sinh", *(above or heads)]]
    rows += [["", "", "", *heads]] if above else []
    rows += [
        [1, "Ma Văn Đại", 2003, "x", "", ""],
        [2, "Bế Thị Mai", 2003, "", "+", ""],
        [3, "Lý Thị Lan", 2003, "", "", "Dao"],
        [4, "Lý Thị Mơ", 2003, "", "", "x"],
    ]

    told = whole(read(rows, merges=["D1:F1"] if above else (), unit=BINH_YEN))

    assert [line.partition(": ")[2] for line in told] == [
        "Ma Văn Đại, born 2003, ethnic Kinh, unit 05587",
        "Bế Thị Mai, born 2003, ethnic Tày, unit 05587",
        "Lý Thị Lan, born 2003, ethnic Dao, unit 05587",
        "Lý Thị Mơ, born 2003, unit 05587",
    ]


def test_columns_headed_like_groups_that_hold_something_else_are_not_ticks(read):
    rows = [["STT", "Họ và tên", "Năm sinh", "Hoa", "Thổ"], [1, "Ma Văn Đại", 2003, "12 chậu", "x"]]

    assert whole(read(rows, unit=BINH_YEN)) == ["2: Ma Văn Đại, born 2003, unit 05587"]


@pytest.mark.parametrize("title", ["Đã vào Đoàn", "Đã vào Đoàn chưa", "Đã được kết nạp Đoàn", "Là đoàn viên"])
def test_days_under_a_question_of_yes_or_no_are_days_of_joining(read, title):
    rows = [
        ["STT", "Họ và tên", "Năm sinh", title],
        [1, "Ma Văn Đại", 2003, "26/3/2019"],
        [2, "Bế Thị Mai", 2003, "x"],
        [3, "Lý Thị Lan", 2003, "Chưa"],
        [4, "Lý Thị Mơ", 2003, 2020],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003, unit 05587, joined 2019-03-26",
        "3: Bế Thị Mai, born 2003, unit 05587",
        "4: Lý Thị Lan, born 2003, unit 05587",
        "5: Lý Thị Mơ, born 2003, unit 05587, joined 2020",
    ]


def test_days_of_joining_the_party_are_not_those_of_joining_the_union(read):
    rows = [["STT", "Họ và tên", "Năm sinh", "Đã vào Đảng"], [1, "Ma Văn Đại", 2003, "26/3/2019"]]

    assert whole(read(rows, unit=BINH_YEN)) == ["2: Ma Văn Đại, born 2003, unit 05587"]


@pytest.mark.parametrize(
    ("titles", "cells", "told"),
    [
        ("Số QĐ kết nạp Đoàn|Ngày kết nạp Đoàn", "15-QĐ/ĐTN|26/3/2019", "unit 05587, joined 2019-03-26"),
        ("Đã vào Đoàn|Ngày vào Đoàn", "x|26/3/2019", "unit 05587, joined 2019-03-26"),
        ("Lý do chưa vào Đoàn|Ngày vào Đoàn", "|26/3/2019", "unit 05587, joined 2019-03-26"),
        ("Xã/phường (nơi thường trú)|Xã (quê quán)", "Xã Đại Từ|Xã Kha Sơn", "unit 05587"),
        (
            "SĐT cơ quan|SĐT cá nhân",
            "02083855123|0912345678",
            "tel +84912345678, unit 05587, tel2 +842083855123",
        ),
        ("SĐT Bí thư chi đoàn|SĐT trưởng xóm", "0912345678|0912345679", "unit 05587"),
        ("Nick Zalo|Số Zalo", "Bé Na|0912345678", "tel +84912345678, unit 05587"),
        ("Mã định danh đoàn viên|CCCD", "190012345679|019203001234", "id 019203001234, unit 05587"),
        ("Ngày, tháng, năm|Ngày sinh người hướng dẫn", "25/4/2003|1/1/1980", "born 2003-04-25, unit 05587"),
        ("Ngày, tháng, năm|Ngày sinh", "26/3/2019|25/4/2003", "born 2003-04-25, unit 05587"),
    ],
)
def test_a_column_about_something_else_is_not_read_as_the_members_own(read, titles, cells, told):
    rows = [["STT", "Họ và tên", *titles.split("|")], ["1", "Ma Hải", *cells.split("|")]]

    assert whole(read(rows, unit=BINH_YEN)) == [f"2: Ma Hải, {told}"]


def test_in_a_list_of_secretaries_the_secretarys_phone_is_their_own(read):
    rows = [["STT", "Họ tên Bí thư", "SĐT Bí thư"], ["1", "Ma Hải", "0912345678"]]

    assert whole(read(rows, unit=BINH_YEN)) == ["2: Ma Hải, tel +84912345678, unit 05587"]
