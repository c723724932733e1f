"""What stands between the people of a list: communes, branches, words that only divide it."""

import pytest

from tests.members.readings import BINH_YEN, TAN_CUONG, VAN_LAANG, VAN_LANG, asked, people

pytestmark = pytest.mark.django_db  # the book of the province is read from the database


def test_headings_of_branches_and_communes_in_one_list(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh"],
        ["I", "Đoàn xã Bình Yên"],
        ["", "Chi đoàn xóm 1"],
        [1, "Ma Văn Đại", "25/04/2003"],
        ["", "Chi đoàn xóm 2: 1 đồng chí"],
        [1, "Nông Thị Đào", "26/04/2003"],
        ["II", "Đoàn xã Văn Lang"],
        [1, "Bế Thị Mai", "27/04/2003"],
    ]

    reading = read(rows, ["B2:C2", "B3:C3"])

    assert people(reading, "full_name", "unit_code", "branch") == [
        ("Ma Văn Đại", BINH_YEN, "Chi đoàn xóm 1"),
        ("Nông Thị Đào", BINH_YEN, "Chi đoàn xóm 2"),
        ("Bế Thị Mai", VAN_LANG, None),
    ]


def test_a_heading_numbered_like_a_commune_ends_it(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh"],
        ["I", "Đoàn xã Bình Yên"],
        [1, "Ma Văn Đại", "25/04/2003"],
        ["II", "KHỐI TRƯỜNG HỌC"],
        [1, "Nông Thị Đào", "26/04/2003"],
    ]

    reading = read(rows)

    assert people(reading, "unit_code") == [(BINH_YEN,), (None,)]
    assert asked(reading) == {(5, "unit_code", "unit_missing")}


def test_a_wider_heading_ends_the_commune_of_a_narrower_one(read):
    rows = [
        ["STT", "Họ và tên", "Năm sinh"],
        ["I", "Đoàn xã Bình Yên"],
        [1, "Ma Văn Đại", 2005],
        ["II", "Các xã vùng cao"],
        ["a)", "Xã Văn Lăng"],
        [2, "Nông Thị Đào", 2004],
        ["III", "KHỐI TRƯỜNG HỌC"],
        [3, "Bế Thị Mai", 2003],
    ]

    reading = read(rows)

    assert people(reading, "full_name", "unit_code") == [
        ("Ma Văn Đại", BINH_YEN),
        ("Nông Thị Đào", VAN_LAANG),
        ("Bế Thị Mai", None),
    ]


def test_the_title_of_a_further_list_names_no_branch_but_its_chi_doan(read):
    rows = [
        ["DANH SÁCH ĐOÀN VIÊN XÃ BÌNH YÊN"],
        ["STT", "Họ và tên", "Ngày sinh"],
        [1, "Ma Văn Đại", "2005"],
        [],
        ["DANH SÁCH ĐOÀN VIÊN XÃ VĂN LĂNG"],
        ["STT", "Họ và tên", "Ngày sinh"],
        [1, "Nông Thị Đào", "2004"],
        [],
        ["DANH SÁCH TRÍCH NGANG CHI ĐOÀN XÓM 3 XÃ TÂN CƯƠNG"],
        ["STT", "Họ và tên", "Ngày sinh"],
        [1, "Bế Thị Mai", "2003"],
    ]

    reading = read(rows)

    assert people(reading, "full_name", "unit_code", "branch") == [
        ("Ma Văn Đại", BINH_YEN, None),
        ("Nông Thị Đào", VAN_LAANG, None),
        ("Bế Thị Mai", TAN_CUONG, "Chi đoàn xóm 3"),
    ]


def test_lone_names_of_a_numbered_list_are_people_and_lettered_lines_headings(read):
    rows = [
        ["ĐOÀN XÃ BÌNH YÊN"],
        ["TT", "Họ và tên", "Ghi chú"],
        ["A", "ĐẠI BIỂU CHÍNH THỨC"],
        [1, "Ma Văn Đại"],
        ["", "Nông Thị Đào"],
        [3, "Bản Thị Mai"],
        ["B", "ĐẠI BIỂU DỰ KHUYẾT"],
        [1, "Lý Văn Nam"],
        [],
        ["", "Hoàng Văn Ký"],
    ]

    assert people(read(rows), "full_name", "branch") == [
        ("Ma Văn Đại", None),
        ("Nông Thị Đào", None),
        ("Bản Thị Mai", None),
        ("Lý Văn Nam", None),
    ]


@pytest.mark.parametrize("numbered", [True, False])
def test_a_bare_commune_name_between_people_is_a_heading(read, numbered):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "SĐT"],
        ["", "Bình Yên"],
        ["1", "Ma Văn Đại", "25/04/2003", "0912345678"],
        ["", "Tân Cương"],
        ["1", "Nông Thị Đào", "26/04/2003", "0912345679"],
    ]

    reading = read(rows if numbered else [row[1:] for row in rows])

    assert people(reading, "full_name", "unit_code") == [
        ("Ma Văn Đại", BINH_YEN),
        ("Nông Thị Đào", TAN_CUONG),
    ]
