from collections import Counter

from core.codes import CODE_LETTERS, grouped, looks_like_code, new_code, new_codes, typed_code


def test_a_code_has_no_letters_that_look_alike():
    codes = {new_code(8) for _ in range(200)}

    assert len(codes) == 200
    assert all(looks_like_code(code, 8) for code in codes)
    assert not set("01ILO") & set(CODE_LETTERS)


def test_codes_drawn_together_use_every_letter_equally_often():
    codes = new_codes(10_000, 8)

    counts = Counter("".join(codes))

    assert len(codes) == 10_000
    assert all(looks_like_code(code, 8) for code in codes)
    assert set(counts) == set(CODE_LETTERS)
    expected = 80_000 / len(CODE_LETTERS)
    assert all(abs(count - expected) < expected / 5 for count in counts.values())


def test_a_code_is_shown_in_groups_and_typed_as_people_like():
    assert grouped("K7M29QXD") == "K7M2-9QXD"
    assert [typed_code(text) for text in ("k7m2-9qxd", " K7M2 9QXD ", "K7M2–9QXD")] == ["K7M29QXD"] * 3
