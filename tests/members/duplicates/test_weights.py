"""How much two records look like one person, and why, in words."""

import pytest

from members.rules.persons import Likeness, Person, likeness, weight

DAI = Person(
    folded="ma van dai", spelling="ma văn đại", born="2005-09-02", phone="+84912345678", places=frozenset({1})
)


def like(**facts):
    known = {name: getattr(DAI, name) for name in ("folded", "spelling", "born", "phone", "places")}
    return Person(**known | facts)


@pytest.mark.parametrize(
    ("other", "how", "reasons"),
    [
        (like(), Likeness.SAME, ["Cùng tên, ngày sinh, số điện thoại và nơi sinh hoạt"]),
        (like(born=""), Likeness.SAME, ["Cùng tên, số điện thoại và nơi sinh hoạt"]),
        (
            like(phone="", folded="ma van dao", spelling="ma văn đào"),
            Likeness.MAYBE,
            ["Cùng ngày sinh và nơi sinh hoạt", "Tên gần giống"],
        ),
        (
            like(born="2006-01-01"),
            Likeness.MAYBE,
            ["Cùng tên, số điện thoại và nơi sinh hoạt", "Khác ngày sinh"],
        ),
        (like(born="2006-01-01", phone=""), Likeness.OTHER, ["Cùng tên và nơi sinh hoạt", "Khác ngày sinh"]),
        (like(born="2005", phone=""), Likeness.MAYBE, ["Cùng tên, năm sinh và nơi sinh hoạt"]),
    ],
)
def test_a_pair_is_weighed_with_its_reasons(other, how, reasons):
    weighed = weight(DAI, other)

    assert (likeness(DAI, other), weighed.reasons) == (how, reasons)
    assert {Likeness.OTHER: 0, Likeness.MAYBE: 1, Likeness.SAME: 80}[how] <= weighed.score
    assert weighed.score <= {Likeness.OTHER: 0, Likeness.MAYBE: 79, Likeness.SAME: 100}[how]


def test_more_in_common_weighs_more():
    alike = [like(born="2006-01-01"), like(phone="", born="2005"), like(born=""), like()]

    scores = [weight(DAI, other).score for other in alike]

    assert scores == sorted(scores)
    assert len(set(scores)) == len(scores)
