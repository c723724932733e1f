"""Which rows of a list are people, and what they are beside."""

import pytest

from tests.members.readings import BINH_YEN, TAN_CUONG, VAN_LAANG, VAN_LANG, asked, people

pytestmark = pytest.mark.django_db  # the book of the province is read from the database


def test_a_person_without_number_in_a_numbered_list_is_not_lost(read):
    rows = [
        ["ĐOÀN XÃ BÌNH YÊN"],
        ["TT", "Họ và tên", "Năm sinh", "Giới tính"],
        [1, "Ma Văn Đại", 2003, "Nam"],
        ["", "Nông Thị Đào", "", "Nữ"],
        ["", "Bế Thị Mai", 2004, ""],
        [4, "Lý Văn Nam", 2005, "Nam"],
        ["", "Cộng: 4", "", ""],
        ["", "Người lập biểu", "", ""],
        ["", "Hoàng Thị Bích", "", ""],
    ]

    assert people(read(rows), "full_name", "date_of_birth", "sex") == [
        ("Ma Văn Đại", "2003", "male"),
        ("Nông Thị Đào", None, "female"),
        ("Bế Thị Mai", "2004", None),
        ("Lý Văn Nam", "2005", "male"),
    ]


def test_numbers_written_ahead_and_signatures_in_the_name_column_are_no_people(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
        [1, "Ma Văn Đại", "25/04/2003", "Xã Bình Yên"],
        [2],
        [3],
        ["", "Danh sách gồm 01 đồng chí./."],
        [],
        ["", "Người lập biểu"],
        ["", "(Đã ký)"],
        ["", "Trần Thị Lập"],
    ]

    assert people(read(rows), "full_name") == [("Ma Văn Đại",)]


def test_a_person_with_nothing_but_a_name_is_not_lost(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh"],
        [1, "Ma Văn Đại", "25/04/2003"],
        [2, "Nông Thị Đào"],
        [3, "", "26/04/2003"],
    ]

    reading = read(rows, unit=BINH_YEN)

    assert people(reading, "full_name") == [("Ma Văn Đại",), ("Nông Thị Đào",), (None,)]
    assert asked(reading) == {(4, "full_name", "name_missing")}


def test_a_stated_total_that_does_not_fit_is_noted(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
        [1, "Ma Văn Đại", "25/04/2003", "Xã Bình Yên"],
        ["", "Tổng cộng: 02 đồng chí"],
    ]

    assert read(rows).sheets[0].notes == ("Dòng 3 ghi tổng số 2 nhưng đọc được 1 người.",)


def test_a_post_in_a_branch_is_kept_beside_the_commune(read):
    rows = [
        ["Họ và tên", "Chức vụ, đơn vị công tác", "Năm sinh"],
        ["Ma Văn Đại", "Phó Bí thư Chi đoàn xóm 4, xã Bình Yên", 1998],
        ["Nông Thị Đào", "Bí thư Đoàn xã Văn Lăng", 1995],
    ]

    assert people(read(rows), "position", "unit_code") == [
        ("Phó Bí thư Chi đoàn xóm 4", BINH_YEN),
        ("Bí thư", VAN_LAANG),
    ]


def test_the_rows_own_unit_beats_the_chosen_one_and_the_chosen_one_the_title(read):
    rows = [
        ["ĐOÀN XÃ TÂN CƯƠNG"],
        ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
        [1, "Ma Văn Đại", "25/04/2003", "Xã Văn Lang"],
        [2, "Nông Thị Đào", "26/04/2003", "Chi đoàn xóm 3"],
    ]

    assert people(read(rows, unit=BINH_YEN), "unit_code") == [(VAN_LANG,), (BINH_YEN,)]
    assert people(read(rows), "unit_code") == [(VAN_LANG,), (TAN_CUONG,)]
    assert people(read(rows, unit="19"), "unit_code") == [(VAN_LANG,), (TAN_CUONG,)]
