"""What a line may change in a member who exists, under each policy of an import."""

import pytest

from members.rules.changes import Policy, allowed, changes_for

KNOWN = {
    "full_name": "Hà Văn Phong",
    "phone": "+84912345678",
    "born": "2005",
    "email": "",
    "religion": "Không",
}
OTHERWISE = {
    "full_name": "Hà Văn Phóng",
    "phone": "+84987654321",
    "born": "2006-03-01",
    "religion": "Phật giáo",
}


def may_change(given, policy, *, current=KNOWN, is_claimed=False):
    return allowed(changes_for(current, given, is_claimed=is_claimed), policy)


def test_overwriting_takes_what_the_file_says_otherwise():
    assert may_change(OTHERWISE, Policy.OVERWRITE) == {
        name: [KNOWN[name], new] for name, new in OTHERWISE.items()
    }


def test_filling_never_replaces():
    assert may_change(OTHERWISE, Policy.FILL) == {}


def test_filling_adds_what_was_blank_or_less_exact():
    given = {"email": "phong@example.com", "born": "2005-09-02"}
    bare = {**KNOWN, "full_name": "Ha Van Phong"}

    assert may_change(given, Policy.FILL) == {
        "email": ["", "phong@example.com"],
        "born": ["2005", "2005-09-02"],
    }
    assert may_change({"full_name": "Hà Văn Phong"}, Policy.FILL, current=bare) == {
        "full_name": ["Ha Van Phong", "Hà Văn Phong"]
    }


def test_only_new_changes_nothing():
    assert may_change(OTHERWISE | {"email": "phong@example.com"}, Policy.ONLY_NEW) == {}


@pytest.mark.parametrize("policy", Policy.values)
def test_a_blank_never_clears(policy):
    assert may_change(dict.fromkeys(KNOWN, ""), policy) == {}


@pytest.mark.parametrize("policy", Policy.values)
def test_the_phone_of_a_claimed_member_stays(policy):
    given = {"phone": "+84987654321", "email": "khac@example.com"}
    current = KNOWN | {"email": "phong@example.com"}

    assert may_change(given, policy, current=current, is_claimed=True) == {}
