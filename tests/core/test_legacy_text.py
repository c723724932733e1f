import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.legacy_text import Script, certain_words, decode, is_lossy, mend_mojibake, scripts_of
from core.legacy_text.scripts import TCVN3, VNI

LETTERS = "".join(
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
)
LETTERS += "đ"
TCVN3_OF = {meant: chr(code) for code, meant in TCVN3.items()}
VNI_OF = {meant: seen for seen, meant in sorted(VNI.items(), key=lambda pair: pair[0])}

NAMES = [
    "Nguyễn Thị Hường",
    "Đặng Văn Đức",
    "Lý Thị Mẩy",
    "Hoàng Thị Ngọc Ánh",
    "Bế Thị Thuỳ Nhung",
    "Lường Ước",
]


def write(text, table):
    """The text as the fonts of old store it. Their capitals with a tone are small letters of another font."""
    return "".join(table.get(char) or table.get(char.lower(), char) for char in text)


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("NguyÔn ThÞ H\xadêng", "Nguyễn Thị Hường"),
        ("§Æng V¨n §øc", "Đặng Văn Đức"),
        ("Lý ThÞ MÈy", "Lý Thị Mẩy"),
        ("Hä vµ tªn", "Họ và tên"),
        ("D©n téc", "Dân tộc"),
        ("§¬n vÞ", "Đơn vị"),
        ("Th¸i Nguyªn", "Thái Nguyên"),
        ("NGUYÔN V¡N H¶I", "NGUYỄN VĂN HẢI"),
        ("§oµn tr\xadêng C§ Kinh tÕ - Kü thuËt", "Đoàn trường CĐ Kinh tế - Kỹ thuật"),
    ],
)
def test_tcvn3_is_told_by_its_content_and_decoded(seen, meant):
    assert scripts_of(seen) == {Script.TCVN3}
    assert decode(seen, Script.TCVN3) == meant


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("Nguyeãn Thò Höôøng", "Nguyễn Thị Hường"),
        ("Ñaëng Vaên Ñöùc", "Đặng Văn Đức"),
        ("Hoaøng Thò Ngoïc AÙnh", "Hoàng Thị Ngọc Ánh"),
        ("Hoï vaø teân", "Họ và tên"),
        ("NGUYEÃN VAÊN HAÛI", "NGUYỄN VĂN HẢI"),
    ],
)
def test_vni_is_told_by_its_content_and_decoded(seen, meant):
    assert scripts_of(seen) == {Script.VNI}
    assert decode(seen, Script.VNI) == meant


@pytest.mark.parametrize("name", [*NAMES, "Ðinh Công Ước", "H'Hen Niê Ơ", "Vũ", "Hà Lan", "Kiên"])
def test_unicode_is_never_taken_for_another_script(name):
    assert scripts_of(name) == {Script.UNICODE}
    assert scripts_of(unicodedata.normalize("NFD", name)) <= {Script.UNICODE, *Script}
    assert decode(unicodedata.normalize("NFD", "Nguyễn Thị Hường"), Script.UNICODE) == "Nguyễn Thị Hường"


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("Dòng", {Script.UNICODE, Script.TCVN3}),
        ("Phóc", {Script.UNICODE, Script.TCVN3}),
        ("Ma Thò Hoàng", {Script.UNICODE, Script.VNI}),
        ("Nam", set(Script)),
    ],
)
def test_what_may_be_two_scripts_stays_open(text, scripts):
    assert scripts_of(text) == scripts


def test_every_letter_goes_there_and_back():
    assert all(decode(TCVN3_OF[letter], Script.TCVN3) == letter for letter in LETTERS if letter in TCVN3_OF)
    assert {letter for letter in LETTERS if not letter.isascii()} <= set(TCVN3_OF)
    assert {letter for letter in LETTERS if not letter.isascii()} <= set(VNI_OF)
    assert all(decode(VNI_OF[letter], Script.VNI) == letter for letter in LETTERS if letter in VNI_OF)
    assert all(
        decode(VNI_OF[letter.upper()], Script.VNI) == letter.upper() for letter in LETTERS if letter in VNI_OF
    )


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(NAMES + ["Thuỷ", "Quỳnh", "Giàng", "Đỗ", "Vừ", "Nghiêm"]), min_size=1, max_size=4
    )
)
def test_names_come_back_from_both_scripts(words):
    text = " ".join(words).lower()

    assert decode(write(text, TCVN3_OF), Script.TCVN3) == text
    assert decode(write(text, VNI_OF), Script.VNI) == text
    assert Script.TCVN3 in scripts_of(write(text, TCVN3_OF))
    assert Script.VNI in scripts_of(write(text, VNI_OF))


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_judged_and_decoded(text):
    assert scripts_of(text) <= set(Script)
    assert all(isinstance(decode(text, script), str) for script in Script)
    assert certain_words(text, Script.TCVN3) >= 0
    assert isinstance(mend_mojibake(text), str)
    assert unicodedata.is_normalized("NFC", decode(text, Script.UNICODE))


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_utf8_taken_for_an_8_bit_encoding_is_mended(encoding):
    for name in NAMES:
        seen = "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in name.encode())

        assert mend_mojibake(seen) == name


@settings(deadline=None)
@given(st.sampled_from([*NAMES, "Nguyeãn Thò Höôøng", "NguyÔn ThÞ H\xadêng", "Hà", "Kiên", "plain"]))
def test_what_is_no_mojibake_stays(text):
    assert mend_mojibake(text) == text


def test_letters_lost_to_question_marks_are_told():
    assert [is_lossy(text) for text in ("Nguy?n", "Nguy\ufffdn", "Nguyễn", "Có đăng ký? Không", "?")] == [
        True,
        True,
        False,
        False,
        False,
    ]
