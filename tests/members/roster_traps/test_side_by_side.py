"""Lists beside each other, copied columns, tables that only stand near a list."""

from datetime import date

import pytest

from tests.members.readings import BINH_YEN, whole

pytestmark = pytest.mark.django_db  # the book of the province is read from the database


def test_two_lists_side_by_side_are_both_read_with_one_total_and_two_signatures(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "", "STT", "Họ và tên", "Ngày sinh"],
        [1, "Ma Văn Đại", "5/4/2003", "", 3, "Nông Thị Đào", "2/9/2005"],
        [2, "Bế Thị Mai", "7/4/2003", "", 4, "Lý Văn Nam", "25/4/2003"],
        ["", "", "", "", 5, "Lê Thị An", date(2004, 5, 26)],
        ["Tổng cộng: 5 đồng chí"],
        ["", "NGƯỜI LẬP", "", "", "", "TM. BCH"],
        ["", "Ma Văn Đại", "", "", "", "Nông Thị Đào"],
    ]

    reading = read(rows, unit=BINH_YEN)

    assert whole(reading) == [
        "2: Ma Văn Đại, born 2003-04-05, unit 05587",
        "3: Bế Thị Mai, born 2003-04-07, unit 05587",
        "2: Nông Thị Đào, born 2005-09-02, unit 05587",
        "3: Lý Văn Nam, born 2003-04-25, unit 05587",
        "4: Lê Thị An, born 2004-05-26, unit 05587",
        "5 total",
        "6 left_out",
        "7 left_out",
        "7 left_out",
        "Trang này có 2 danh sách đặt cạnh nhau, đã đọc lần lượt từ trái sang phải.",
    ]


def test_lists_side_by_side_keep_their_own_branch_and_share_the_commune(read):
    rows = [
        ["ĐOÀN XÃ BÌNH YÊN", "", "", "", "", "ĐOÀN TNCS HỒ CHÍ MINH"],
        ["", "", "", "", "", "Bình Yên, ngày 12 tháng 3 năm 2026"],
        ["CHI ĐOÀN XÓM 1", "", "", "", "CHI ĐOÀN XÓM 2"],
        ["STT", "Họ và tên", "Ngày sinh", "", "STT", "Họ và tên", "Ngày sinh"],
        [1, "Ma Văn Đại", "5/4/2003", "", 1, "Nông Thị Đào", "2/9/2005"],
        [2, "Bế Thị Mai", "7/4/2003", "", 2, "Lý Văn Nam", "25/4/2003"],
        [3, "Bế Thị Minh", "7/5/2003"],
    ]

    assert whole(read(rows)) == [
        "5: Ma Văn Đại, born 2003-04-05, unit 05587, branch Chi đoàn xóm 1",
        "6: Bế Thị Mai, born 2003-04-07, unit 05587, branch Chi đoàn xóm 1",
        "7: Bế Thị Minh, born 2003-05-07, unit 05587, branch Chi đoàn xóm 1",
        "5: Nông Thị Đào, born 2005-09-02, unit 05587, branch Chi đoàn xóm 2",
        "6: Lý Văn Nam, born 2003-04-25, unit 05587, branch Chi đoàn xóm 2",
        "Trang này có 2 danh sách đặt cạnh nhau, đã đọc lần lượt từ trái sang phải.",
    ]


def test_a_heading_across_both_lists_counts_for_both(read):
    rows = [
        ["STT", "Họ và tên", "Năm sinh", "STT", "Họ và tên", "Năm sinh"],
        ["Xã Văn Lăng"],
        [1, "Ma Văn Đại", 2003, 2, "Nông Thị Đào", 2005],
        ["Xã Bình Yên", "", "", "Xã Văn Lang"],
        [1, "Bế Thị Mai", 2004, 1, "Lý Văn Nam", 2003],
    ]

    assert whole(read(rows, merges=["A2:F2"])) == [
        "3: Ma Văn Đại, born 2003, unit 05665",
        "5: Bế Thị Mai, born 2004, unit 05587",
        "3: Nông Thị Đào, born 2005, unit 05665",
        "5: Lý Văn Nam, born 2003, unit 02143",
        "2 heading",
        "4 heading",
        "4 heading",
        "Trang này có 2 danh sách đặt cạnh nhau, đã đọc lần lượt từ trái sang phải.",
    ]


def test_secretary_and_deputy_in_one_row_are_two_people_of_its_commune(read):
    rows = [
        ["TT", "Đơn vị", "Bí thư", "", "Phó Bí thư", ""],
        ["", "", "Họ và tên", "SĐT", "Họ và tên", "SĐT"],
        [1, "Xã Bình Yên", "Ma Văn Đại", "0912345678", "Lê Thị An", "0912345677"],
        [2, "Xã Văn Lăng", "Ma Văn Lâm", "0912345688", "Lê Thị Anh", "0912345687"],
    ]

    assert whole(read(rows, merges=["C1:D1", "E1:F1"])) == [
        "3: Ma Văn Đại, tel +84912345678, unit 05587",
        "4: Ma Văn Lâm, tel +84912345688, unit 05665",
        "3: Lê Thị An, tel +84912345677, unit 05587",
        "4: Lê Thị Anh, tel +84912345687, unit 05665",
        "Trang này có 2 danh sách đặt cạnh nhau, đã đọc lần lượt từ trái sang phải.",
    ]


def test_names_in_two_columns_that_are_whole_names_are_two_people(read):
    rows = [
        ["STT", "Họ và tên", "Họ và tên"],
        [1, "Ma Văn Đại", "Nông Thị Đào"],
        [2, "Bế Thị Mai", "Lý Văn Nam"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, unit 05587",
        "3: Bế Thị Mai, unit 05587",
        "2: Nông Thị Đào, unit 05587",
        "3: Lý Văn Nam, unit 05587",
        "Trang này có 2 danh sách đặt cạnh nhau, đã đọc lần lượt từ trái sang phải.",
    ]


def test_somebody_in_charge_beside_each_person_is_no_member_nor_is_their_phone(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "SĐT", "Họ tên người phụ trách", "SĐT"],
        [1, "Ma Văn Đại", "25/4/2003", "0912345678", "Lê An", "0912345677"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003-04-25, tel +84912345678, unit 05587",
        "Cột 'Họ tên người phụ trách' không thuộc danh sách này nên không được đọc.",
        "Cột 'SĐT' không thuộc danh sách này nên không được đọc.",
    ]


@pytest.mark.parametrize("numbered", [True, False], ids=["numbered", "with counts"])
def test_a_small_table_of_counts_beside_the_list_gives_nobody_a_unit(read, numbered):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "", "STT", "Đơn vị", "Số lượng"],
        [1, "Ma Văn Đại", "25/4/2003", "", 1, "Xã Văn Lăng", 3],
        [2, "Ma Văn Lâm", "26/4/2003", "", 2, "Xã Văn Lang", 4],
    ]
    if not numbered:
        rows = [row[:4] + row[5:] for row in rows]

    lines = whole(read(rows, unit=BINH_YEN))

    assert lines[:2] == [
        "2: Ma Văn Đại, born 2003-04-25, unit 05587",
        "3: Ma Văn Lâm, born 2003-04-26, unit 05587",
    ]
    assert set(lines[-2:]) == {
        "Cột 'Đơn vị' không thuộc danh sách này nên không được đọc.",
        "Cột 'Số lượng' không thuộc danh sách này nên không được đọc.",
    }


def test_a_copied_column_fills_gaps_and_is_asked_about_where_it_differs(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Ngày sinh", "Giới tính"],
        [1, "Ma Văn Đại", "25/4/2003", "Nam", "25/4/2003", "Nam"],
        [2, "Bế Thị Mai", "", "", "27/4/2003", "Nữ"],
        [3, "Lý Thị Lan", "26/4/2003", "Nữ", "27/4/2003", "Nam"],
        [4, "Lý Thị Mơ", "26/4/2003", "Nữ", "2003", ""],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003-04-25, sex male, unit 05587",
        "3: Bế Thị Mai, born 2003-04-27, sex female, unit 05587",
        "4: Lý Thị Lan, born 2003-04-26, sex female, unit 05587 ?columns_differ ?columns_differ",
        "5: Lý Thị Mơ, born 2003-04-26, sex female, unit 05587",
    ]


def test_names_copied_once_more_are_one_person_each(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Họ và tên", "Xếp loại"],
        [1, "Ma Văn Đại", "25/4/2003", "Ma Văn Đại", "HTT"],
        [2, "Bế Thị Mai", "27/4/2003", "Bế Thị Mai", "HTT"],
        [3, "Lý Thị Lan", "26/4/2003", "Lý Thị Lân", "HTT"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003-04-25, unit 05587",
        "3: Bế Thị Mai, born 2003-04-27, unit 05587",
        "4: Lý Thị Lan, born 2003-04-26, unit 05587 ?columns_differ",
    ]


def test_of_an_old_card_and_a_citizen_number_the_number_counts(read):
    rows = [
        ["STT", "Họ và tên", "Số CMND", "Số CCCD"],
        [1, "Ma Văn Đại", "090123456", "019203001234"],
        [2, "Bế Thị Mai", "090123457", ""],
        [3, "Lý Thị Lan", "", "19303001236"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, id 019203001234, unit 05587",
        "3: Bế Thị Mai, unit 05587 !citizen_id_old",
        "4: Lý Thị Lan, id 019303001236, unit 05587 ~citizen_id_zeros_added",
    ]


def test_units_before_and_after_the_change_the_present_one_counts(read):
    rows = [
        ["STT", "Họ và tên", "Xã (cũ)", "Xã mới"],
        [1, "Ma Văn Đại", "Xã Trung Lương", "Xã Bình Yên"],
        [2, "Bế Thị Mai", "Phường Cam Giá", "Phường Gia Sàng"],
        [3, "Lý Thị Lan", "Xã Trung Lương", "Xã Văn Lăng"],
        [4, "Lý Thị Mơ", "Phường Gia Sàng", ""],
    ]

    assert whole(read(rows)) == [
        "2: Ma Văn Đại, unit 05587",
        "3: Bế Thị Mai, unit 05467",
        "4: Lý Thị Lan, unit 05665 ?units_differ",
        "5: Lý Thị Mơ !unit_unclear of 05467/05443",
    ]
