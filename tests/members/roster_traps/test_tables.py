"""Where lists begin and end: headers of three rows, several lists, headings, totals, signatures."""

import pytest

from tests.members.readings import BINH_YEN, VAN_LAANG, whole

pytestmark = pytest.mark.django_db  # the book of the province is read from the database


def test_three_header_rows_a_numbering_row_and_years_under_the_sexes(read):
    rows = [
        ["ĐOÀN XÃ BÌNH YÊN"],
        ["STT", "THÔNG TIN ĐOÀN VIÊN", "", "", "", "", "GHI CHÚ"],
        ["", "Họ và tên", "Ngày, tháng, năm sinh", "", "Trình độ", "", ""],
        ["", "", "Nam", "Nữ", "Văn hóa", "Chuyên môn", ""],
        ["A", "B", "1", "2", "3", "4", "5"],
        [1, "Ma Văn Đại", "25/4/2003", "", "12/12", "ĐH", ""],
        [2, "Bế Thị Mai", "", 2004, "12/12", "CĐ", "chuyển đi"],
        [3, "Lý Thị Lan", "12/4/2004", "12/4/2004", "12/12", "", ""],
    ]

    reading = read(rows, merges=["B2:F2", "C3:D3", "E3:F3", "A2:A4", "B3:B4", "G2:G4"])

    assert whole(reading) == [
        "6: Ma Văn Đại, born 2003-04-25, sex male, unit 05587",
        "7: Bế Thị Mai, born 2004, sex female, unit 05587",
        "8: Lý Thị Lan, unit 05587 !birth_twice",
    ]


def test_english_headers_a_hash_for_the_number_and_a_branch(read):
    rows = [
        [
            "#",
            "Member name",
            "Sex",
            "DOB",
            "Mobile",
            "Union branch",
            "Commune",
            "Date of joining the Union",
            "National ID",
        ],
        [
            "1",
            "MA VĂN ĐẠI",
            "Male",
            "25-Apr-2003",
            "0912 345 678",
            "Chi đoàn xóm 1",
            "Bình Yên",
            "26/03/2019",
            "019203001234",
        ],
    ]

    assert whole(read(rows)) == [
        (
            "2: Ma Văn Đại, born 2003-04-25, sex male, tel +84912345678, id 019203001234, unit 05587"
            ", branch Chi đoàn xóm 1, joined 2019-03-26 ~name_recased"
        )
    ]


def test_tables_under_one_another_with_other_columns_and_no_branch_carried_over(read):
    rows = [
        ["ĐOÀN XÃ BÌNH YÊN"],
        ["Chi đoàn xóm 1"],
        ["STT", "Họ và tên", "Ngày sinh", "SĐT"],
        [1, "Ma Văn Đại", "25/4/2003", "0912345678"],
        [],
        ["Chi đoàn xóm 2"],
        ["STT", "Ngày sinh", "Họ và tên", "Giới tính"],
        [1, "25/4/2004", "Lê Văn An", "Nam"],
        [],
        ["DANH SÁCH BAN CHẤP HÀNH"],
        ["STT", "Họ tên", "Chức vụ"],
        [1, "Ma Văn Đại", "BT"],
    ]

    assert whole(read(rows)) == [
        "4: Ma Văn Đại, born 2003-04-25, tel +84912345678, unit 05587, branch Chi đoàn xóm 1",
        "8: Lê Văn An, born 2004-04-25, sex male, unit 05587, branch Chi đoàn xóm 2",
        "12: Ma Văn Đại, unit 05587, position Bí thư ~position_written_out",
        "6 heading",
        "10 heading",
    ]


def test_groups_whose_numbers_begin_anew_and_a_total_that_does_not_fit(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
        ["I", "Đoàn xã Bình Yên (2 đ/c)"],
        [1, "Ma Văn Đại", "25/4/2003"],
        [2, "Lê Thị An", "26/4/2003"],
        ["II", "Đoàn xã Văn Lăng"],
        [1, "Ma Văn Lâm", "25/4/2003"],
        ["", "Cộng: 01 đồng chí"],
        ["III", "Đoàn phường Gia Sàng"],
        [1, "Ma Văn Đàm", "25/4/2003"],
        ["", "Tổng cộng: 7 đồng chí, trong đó nữ 1"],
        ["Danh sách gồm 04 đ/c./."],
        ["", "NGƯỜI LẬP BIỂU", "", "TM. BAN THƯỜNG VỤ"],
        ["", "", "", "PHÓ BÍ THƯ"],
        ["", "(Ký, ghi rõ họ tên)"],
        [],
        ["", "Nguyễn Thị Lan", "", "Trần Văn Hùng"],
    ]

    assert whole(read(rows)) == [
        "3: Ma Văn Đại, born 2003-04-25, unit 05587",
        "4: Lê Thị An, born 2003-04-26, unit 05587",
        "6: Ma Văn Lâm, born 2003-04-25, unit 05665",
        "9: Ma Văn Đàm, born 2003-04-25, unit 05467",
        "2 heading",
        "5 heading",
        "7 total",
        "8 heading",
        "10 total",
        "11 total",
        "12 left_out",
        "13 left_out",
        "14 left_out",
        "16 left_out",
        "Dòng 10 ghi tổng số 7 nhưng đọc được 4 người.",
    ]


def test_two_names_right_under_the_list_are_those_who_signed(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị"],
        [1, "Ma Văn Đại", "25/4/2003", "Nam", "Xã Bình Yên"],
        [2, "Lê Thị An", "26/4/2003", "Nữ", "Xã Bình Yên"],
        ["", "Bế Thị Mai", "", "", "Phan Đình Phùng"],
        ["", "Nguyễn Thị Lan", "", "", "Trần Văn Hùng"],
    ]

    assert whole(read(rows)) == [
        "2: Ma Văn Đại, born 2003-04-25, sex male, unit 05587",
        "3: Lê Thị An, born 2003-04-26, sex female, unit 05587",
        "4: Bế Thị Mai, unit 05443",
        "5 left_out",
    ]


def test_a_note_in_the_middle_ends_nothing(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
        [1, "Ma Văn Đại", "25/4/2003", "Nam"],
        ["", "Ghi chú: danh sách này thay danh sách cũ"],
        [2, "Bế Thị Mai", "1/1/2004", "Nữ"],
        [3, "Lý Văn Nam"],
        ["", "Bổ sung:"],
        [4, "Hà Thị An", "2/2/2004", "Nữ"],
        [5],
        [6],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003-04-25, sex male, unit 05587",
        "4: Bế Thị Mai, born 2004-01-01, sex female, unit 05587",
        "5: Lý Văn Nam, unit 05587",
        "7: Hà Thị An, born 2004-02-02, sex female, unit 05587",
        "3 left_out",
        "6 left_out",
        "8 left_out",
        "9 left_out",
    ]


def test_after_a_total_who_has_a_birth_date_is_still_a_person(read):
    rows = [
        ["Họ và tên", "Ngày sinh", "SĐT"],
        ["Ma Văn Đại", "25/4/2003", "0912345678"],
        ["Tổng cộng: 1 đồng chí"],
        ["Bế Thị Mai", "1/1/2004"],
        ["Người lập biểu", "", "0912345679"],
        ["Nguyễn Thị Lan", "", "0912345679"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003-04-25, tel +84912345678, unit 05587",
        "4: Bế Thị Mai, born 2004-01-01, unit 05587",
        "3 total",
        "5 left_out",
        "6 left_out",
    ]


def test_headings_with_bullets_and_colons_name_branches(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
        ["Ban chấp hành"],
        [1, "Ma Văn Đại", "25/4/2003", "Nam"],
        ["Chi đoàn: xóm 4"],
        [1, "Bế Thị Mai", "1/1/2003", "Nữ"],
        ["* Chi đoàn trường mầm non"],
        [1, "Bế Thị Mơ", "1/1/2003", "Nữ"],
        ["- Chi đoàn Quân sự (02 đ/c)"],
        [1, "Bế Văn Lâm", "1/1/2003", "Nam"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "3: Ma Văn Đại, born 2003-04-25, sex male, unit 05587",
        "5: Bế Thị Mai, born 2003-01-01, sex female, unit 05587, branch Chi đoàn xóm 4",
        "7: Bế Thị Mơ, born 2003-01-01, sex female, unit 05587, branch Chi đoàn trường mầm non",
        "9: Bế Văn Lâm, born 2003-01-01, sex male, unit 05587, branch Chi đoàn Quân sự",
        "2 left_out",
        "4 heading",
        "6 heading",
        "8 heading",
    ]


def test_people_whose_names_begin_like_units_are_people(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
        [1, "Đoàn Văn Nam", "2004", "Nam"],
        [2, "Ban Thị Hà", "2004", "Nữ"],
        [3, "Đội Văn Hà"],
        [4, "Khu Thị Hà"],
        [5, "Tổng Thị Hà", "2004", "Nữ"],
        [6, "Trương Công Nam", "2004", "Nam"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Đoàn Văn Nam, born 2004, sex male, unit 05587",
        "3: Ban Thị Hà, born 2004, sex female, unit 05587",
        "4: Đội Văn Hà, unit 05587",
        "5: Khu Thị Hà, unit 05587",
        "6: Tổng Thị Hà, born 2004, sex female, unit 05587",
        "7: Trương Công Nam, born 2004, sex male, unit 05587",
    ]


def test_numbers_of_every_kind_and_missing_ones_lose_nobody(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
        ["01", "Ma Văn Đại", "25/4/2003", "Nam"],
        ["02", "Bế Thị Mai", "26/4/2003", "Nữ"],
        ["02", "Lê Văn An", "1/1/2004", "Nam"],
        ["2a", "Lê Văn Anh", "2004", "Nam"],
        ["*", "Lê Văn Ánh", "2004", "Nam"],
        ["", "Hoàng Văn Dương", "2005", "Nam"],
        ["", "Nông Thị Đào"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003-04-25, sex male, unit 05587",
        "3: Bế Thị Mai, born 2003-04-26, sex female, unit 05587",
        "4: Lê Văn An, born 2004-01-01, sex male, unit 05587",
        "5: Lê Văn Anh, born 2004, sex male, unit 05587",
        "6: Lê Văn Ánh, born 2004, sex male, unit 05587",
        "7: Hoàng Văn Dương, born 2005, sex male, unit 05587",
        "8: Nông Thị Đào, unit 05587",
    ]


def test_unit_cells_are_filled_down_where_merged_and_nowhere_else(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
        [1, "Ma Văn Đại", "25/4/2003", "Xã Bình Yên"],
        [2, "Lê Văn An", "26/4/2003", ""],
        [3, "Bế Văn An", "27/4/2003", "Xã Văn Lăng"],
        [4, "Bế Văn Đức", "27/4/2003", ""],
    ]

    assert whole(read(rows, merges=["D2:D3"])) == [
        "2: Ma Văn Đại, born 2003-04-25, unit 05587",
        "3: Lê Văn An, born 2003-04-26, unit 05587",
        "4: Bế Văn An, born 2003-04-27, unit 05665",
        "5: Bế Văn Đức, born 2003-04-27 !unit_missing of ",
    ]


def test_a_list_in_column_c_between_borders_and_blanks(read):
    rows = [
        [],
        ["", "", "STT", "HỌ VÀ TÊN", "NGÀY SINH", "ĐƠN VỊ", "SĐT"],
        ["", "", 1, "\u00a0Ma  Văn\nĐại\u200b ", " 25/4/2003", "Xã Bình Yên\t", 912345678],
        ["", "", "\u00a0", "  ", "", " "],
        ["", "", "Cộng: 1 người"],
    ]

    assert whole(read(rows)) == [
        "3: Ma Văn Đại, born 2003-04-25, tel +84912345678, unit 05587 ~phone_zero_added",
        "5 total",
    ]


def test_a_list_of_another_unit_than_the_chosen_one_keeps_its_rows_own_units(read):
    rows = [
        ["STT", "Họ và tên", "Năm sinh", "Đơn vị"],
        ["Huyện Định Hóa"],
        ["Xã Trung Lương"],
        [1, "Lường Thị Nga", 2001, "Chi đoàn xóm 2"],
        [2, "Ma Văn Đại", 2002, "nt"],
        ["Thành phố Thái Nguyên"],
        ["Phường Trung Thành"],
        [1, "Nông Thị Đào", 2003, ""],
        ["Xã Phú Cường, huyện Đại Từ"],
        [1, "Bế Thị Mai", 2002, "//"],
    ]

    assert whole(read(rows, unit=VAN_LAANG)) == [
        "4: Lường Thị Nga, born 2001, unit 05587, branch Chi đoàn xóm 2 ~unit_successor",
        "5: Ma Văn Đại, born 2002, unit 05587, branch Chi đoàn xóm 2 ~ditto ~unit_successor",
        "8: Nông Thị Đào, born 2003, unit 05500 ~unit_successor",
        "10: Bế Thị Mai, born 2002, unit 05800 !ditto_without_value ~unit_successor",
        "2 heading",
        "3 heading",
        "6 heading",
        "7 heading",
        "9 heading",
    ]


def test_rows_without_a_name_and_page_marks_change_nothing_for_the_rows_below(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "SĐT", "Đơn vị"],
        ["Chi đoàn xóm 1"],
        [1, "Ma Văn Đại", "25/4/2003", "0912345678", "Xã Bình Yên"],
        [2, "", "26/4/2003", "0912345679", "Xã Bình Yên"],
        ["Trang 2/3"],
        [3, "Đang cập nhật", "", "", ""],
        [4, "Lê Thị Ánh", "26/4/2003", "0912345699", "Chi đoàn xã Văn Lang"],
        [5, "Lê Thị An"],
    ]

    assert whole(read(rows, unit=VAN_LAANG)) == [
        "3: Ma Văn Đại, born 2003-04-25, tel +84912345678, unit 05587, branch Chi đoàn xóm 1",
        "4: born 2003-04-26, tel +84912345679, unit 05587, branch Chi đoàn xóm 1 !name_missing",
        "6: unit 05665, branch Chi đoàn xóm 1 !name_missing",
        "7: Lê Thị Ánh, born 2003-04-26, tel +84912345699, unit 02143, branch Chi đoàn",
        "8: Lê Thị An, unit 05665, branch Chi đoàn xóm 1",
        "2 heading",
        "5 left_out",
    ]


def test_a_list_without_numbers_whose_branches_are_named_after_people_loses_nobody(read):
    rows = [
        ["Họ và tên", "Ngày sinh", "Chi đoàn", "SĐT"],
        ["Ma Văn Đại", "25/4/2003", "Trần Phú", "0912345678"],
        ["Lê Thị Ân", "", "Lê Lợi", ""],
        ["Páo", "", "Lê Lợi", ""],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003-04-25, tel +84912345678, unit 05587, branch Trần Phú",
        "3: Lê Thị Ân, unit 05587, branch Lê Lợi",
        "4: Páo, unit 05587, branch Lê Lợi",
    ]
