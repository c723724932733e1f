from core.codes import CODE_LETTERS, grouped, looks_like_code, new_code, typed_code


def test_a_code_has_no_letters_that_look_alike():
    codes = {new_code(8) for _ in range(200)}

    assert len(codes) == 200
    assert all(looks_like_code(code, 8) for code in codes)
    assert not set("01ILO") & set(CODE_LETTERS)


def test_a_code_is_shown_in_groups_and_typed_as_people_like():
    assert grouped("K7M29QXD") == "K7M2-9QXD"
    assert [typed_code(text) for text in ("k7m2-9qxd", " K7M2 9QXD ", "K7M2–9QXD")] == ["K7M29QXD"] * 3
