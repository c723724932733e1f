"""What ways of writing one branch have in common, and the name of a new one."""

import pytest

from members.rules.branches import branch_key, new_branch_name, same_branch


@pytest.mark.parametrize(
    "text", ["Chi đoàn xóm 5", "CĐ Xóm 05", "xóm 5", "CHI ĐOÀN XÓM 5", "Chi  đoàn  Xóm 5.", "Chi doan xóm 5"]
)
def test_ways_of_writing_one_branch_are_one(text):
    assert branch_key(text) == branch_key("Xóm 5")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("xóm Hoà Bình", "xóm Hòa Bình", True),
        ("xóm Lang", "xóm Lăng", False),
        ("xóm 5", "xóm 15", False),
        ("Chi đoàn", "Chi đoàn xóm 5", False),
    ],
)
def test_tones_placed_elsewhere_are_the_same_and_other_letters_are_not(one, other, same):
    assert (branch_key(one) == branch_key(other)) is same


def test_a_name_without_accents_is_the_one_branch_it_can_mean():
    known = {branch_key("Xóm Lăng"): 1, branch_key("Xóm Chùa"): 2}

    assert same_branch(branch_key("xom chua"), known) == 2
    assert same_branch(branch_key("Xóm Chúa"), known) is None
    assert same_branch("xom lang", {**known, branch_key("Xóm Lang"): 3}) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Xóm 5", "Chi đoàn xóm 5"),
        ("CĐ Thanh Tân", "Chi đoàn Thanh Tân"),
        ("chi đoàn lớp 10A1", "Chi đoàn lớp 10A1"),
        ("Liên chi đoàn khoa Toán", "Liên chi đoàn khoa Toán"),
        ("Trường THPT Bình Yên", "Chi đoàn trường THPT Bình Yên"),
    ],
)
def test_a_new_branch_is_named_as_branches_are(text, name):
    assert new_branch_name(text) == name
