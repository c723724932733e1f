"""A name that is told at one glance is what reading it with care gives."""

from itertools import product
from random import Random

import pytest

from members.roster import names
from members.roster.cells import Handwriting
from members.roster.plain_names import is_plain_name, is_well_written
from portal.demo.names import drawn_name

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz"
WORDS = [
    "Anh", "Bà", "Ông", "Đồng", "Chí", "Thạc", "Sĩ", "Ths", "Đại", "Úy", "Binh", "Nhất", "Không", "Có",
    "Nt", "Như", "Trên", "Khuyết", "Null", "Ma", "Thi", "Văn", "Nguyễn", "Hường", "Tú", "Bá", "Ân", "Ăn",
    "Đ", "A", "Ộ", "HÀ", "hà", "H'Hen", "Niê", "Ðức", "Nguye\u0302\u0303n", "NguyÔn", "ThÞ", "Trâ", "Ã",
    "Ă", "Mǎo", "Dòng", "Аn", "1.", "(A)", "-", ".",
]  # fmt: skip


def careful(text):
    """What the careful readers give for the name in a cell of a sheet in which nothing else is written."""
    plain = Handwriting().read_plain(0, text)
    found = None if plain is None or not plain else names._read_odd_name(plain)
    return None if found is None or found.findings else found.value


def drawn(dice):
    words = [
        "".join(dice.choices(LETTERS, k=dice.randint(1, 6))).capitalize() for _ in range(dice.randint(1, 5))
    ]
    return " ".join(words)


@pytest.mark.parametrize("seed", range(4))
def test_names_told_at_one_glance_are_read_as_they_stand(seed):
    dice = Random(seed)
    texts = [drawn(dice) for _ in range(3000)]
    texts += [" ".join(words) for words in product(dice.sample(WORDS, 20), dice.sample(WORDS, 20))]
    texts += [" ".join(dice.choices(WORDS, k=3)) for _ in range(2000)]

    plain = [text for text in texts if is_plain_name(text)]

    assert len(plain) > 1000
    assert [careful(text) for text in plain] == plain
    written = [text for text in texts if is_well_written(text)]
    assert [(found.value, found.findings) for found in map(names._read_odd_name, written)] == [
        (text, ()) for text in written
    ]


def test_most_names_are_told_at_one_glance():
    dice = Random(19)
    people = [drawn_name(dice, group, sex) for group in ("Kinh", "Tày") for sex in ("male", "female") * 200]

    assert sum(map(bool, map(is_plain_name, people))) > 0.8 * len(people)
