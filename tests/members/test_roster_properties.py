"""What holds for every text anybody may type: readers answer, normalisers settle, everything is NFC."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.legacy_text import Script, decode, mend_mojibake
from core.legacy_text.scripts import TCVN3, VNI
from core.spreadsheets import Block
from core.text import fold, spelling_key, tidy
from members.dates import PartialDate
from members.roster.cells import Handwriting, is_ditto, is_error
from members.roster.citizen_id import read_citizen_id
from members.roster.columns import header_words, is_of_others, role_of, role_under
from members.roster.contacts import read_email, read_position
from members.roster.dates import Century, read_date, read_date_parts
from members.roster.groups import ETHNIC_GROUPS, RELIGIONS, read_ethnic_group, read_religion
from members.roster.marks import read_marks, read_sex
from members.roster.member_codes import read_member_code
from members.roster.names import read_name
from members.roster.phones import read_phones
from members.roster.places import places_in, without_union
from members.roster.unit_answers import Context, Era
from members.roster.unit_book import alias_key, near_key, squeezed_key
from members.roster.units import UnitReader
from tests.core.test_legacy_text import LETTERS, TCVN3_OF, VNI_OF

CENTURY = Century(2016)
ACCENTED = [letter for letter in LETTERS if not letter.isascii()]
SIGNS = (
    "".join(ACCENTED)
    + "".join(ACCENTED).upper()
    + "".join(map(chr, TCVN3))
    + "ñÑöÖøûïõåäëüÐƉð\u00ad\u200b\u00a0"
)
WORDS = (
    "xã|phường|P.|TT|Đoàn|chi đoàn|xóm 5|Bình Yên|Văn Lăng|huyện|Định Hóa|cũ|,|-|(|)|BT|UV BCH|@|a.b"
    "|ngày 25|tháng 4|năm 2003|nt|Nam|Nữ|Ma Thị|A|(A)|Đ/c|ThS.|kiêm|+84|0912345678|019205001234"
)
typed = (
    st.text(max_size=40)
    | st.text(alphabet=SIGNS + " .,-/()'aghnotuv", max_size=30)
    | st.from_regex(r"[0-9OoIl'./ +\-:xX()]{0,18}", fullmatch=True)
    | st.lists(
        st.sampled_from(WORDS.split("|")),
        max_size=8,
    ).map(" ".join)
)
quick = settings(deadline=None, max_examples=150)


def sexed(text):
    return read_sex({"male": "Nam", "female": "Nữ"}.get(text, text))


READERS = {
    "name": read_name,
    "birth": lambda text: read_date(text, CENTURY),
    "phone": lambda text: read_phones(text)[0],
    "second phone": lambda text: read_phones(read_phones(text)[1] or "")[0],
    "citizen number": lambda text: read_citizen_id(text, 2005, "male", 2026),
    "email": read_email,
    "ethnic group": read_ethnic_group,
    "religion": read_religion,
    "sex": sexed,
    "position": read_position,
}


@pytest.mark.parametrize("reader", READERS)
@quick
@given(text=typed)
@example(text="a" * 5000)
@example(text="\u0301\u0301")
def test_a_reader_answers_any_text_and_takes_its_own_answer_for_what_it_is(reader, text):
    read = READERS[reader]

    found = read(unicodedata.normalize("NFC", text))

    if found.value is not None:
        assert found.value
        assert unicodedata.is_normalized("NFC", found.value)
        assert read(found.value).value == found.value
    assert all(one.level in ("fix", "warning", "error") and one.sentence for one in found.findings)
    assert found.value is None or not any(one.level == "error" for one in found.findings)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("piece", ["1", "1/", "xã, ", "Văn ", "(", "a@b.c;", "đoàn "])
def test_the_longest_cell_excel_allows_is_answered_too(reader, piece):
    assert READERS[reader]((piece * 32_767)[:32_767]).value is None


@quick
@given(text=typed)
def test_a_value_is_of_the_shape_the_portal_keeps(text):
    text = unicodedata.normalize("NFC", text)
    day, number = read_date(text, CENTURY).value, read_citizen_id(text, None, None, 2026).value
    phone, code = read_phones(text)[0].value, read_member_code(text)

    assert day is None or PartialDate.from_iso(day).iso() == day
    assert number is None or (len(number) == 12 and number.isdecimal())
    assert phone is None or (phone[0] == "+" and phone[1:].isdecimal())
    assert code is None or (code.startswith("DV") and len(code) == 10)
    assert read_ethnic_group(text).value in (None, *ETHNIC_GROUPS)
    assert read_religion(text).value in (None, *RELIGIONS)
    assert read_sex(text).value in (None, "male", "female")


@quick
@given(parts=st.tuples(typed, typed, typed))
def test_dates_in_three_columns_and_marks_in_two_are_answered(parts):
    found = read_date_parts(*parts, CENTURY)

    assert found.value is None or PartialDate.from_iso(found.value).iso() == found.value
    assert read_marks(parts[0], parts[1]).value in (None, "male", "female")


@pytest.mark.parametrize("key", [tidy, fold, spelling_key, alias_key, near_key, header_words])
@quick
@given(text=typed)
def test_a_key_of_a_key_is_itself(key, text):
    once = key(text)

    assert key(once) == once
    assert key in (fold, header_words) or unicodedata.is_normalized("NFC", once)


@quick
@given(text=typed, other=typed)
def test_headers_and_cells_are_judged_whatever_they_say(text, other):
    assert role_of(text) is None or role_of(text) == role_of(text.strip())
    role_under(text, other)
    assert is_of_others(text) in (True, False)
    assert is_error(text) in (True, False)
    assert is_ditto(text) in (True, False)
    assert squeezed_key(text) == squeezed_key(text.upper()) or not text.isascii()


@pytest.mark.django_db
@settings(deadline=None, max_examples=300)
@given(text=typed, era=st.sampled_from(Era), district=st.sampled_from(["", "huyen-164", "huyen-172"]))
def test_a_unit_text_is_one_present_unit_a_question_or_a_branch(thai_nguyen, text, era, district):
    book = thai_nguyen[0]
    text = tidy(text)

    answer = UnitReader(book).read(text, Context(district, era))

    assert answer.code is None or not book.by_shown_code[answer.code].closed
    assert answer.code is None or answer.question is None
    assert all(code in book.by_shown_code for code in (answer.question.candidates if answer.question else ()))
    assert unicodedata.is_normalized("NFC", answer.branch)
    assert places_in(text) == places_in(text)
    assert isinstance(without_union(text), str)


@quick
@given(cells=st.lists(typed, min_size=1, max_size=6))
def test_handwriting_reads_any_cells_as_nfc(cells):
    writing = Handwriting.of([Block.of([(1, cells)])])

    for column, cell in enumerate(cells):
        read = writing.read(column, cell, cells).value
        assert unicodedata.is_normalized("NFC", read)
        assert read == read.strip()
    assert all(isinstance(mend_mojibake(cell), str) for cell in cells)


@pytest.mark.parametrize("letter", [*ACCENTED, *map(str.upper, ACCENTED)])
def test_each_of_the_134_letters_comes_back_from_both_fonts(letter):
    vni = VNI_OF[letter]
    tcvn3 = TCVN3_OF.get(letter) or TCVN3_OF[letter.lower()]

    assert decode(f"b{vni}" if letter.islower() else f"B{vni}", Script.VNI)[1:] == letter
    assert decode(f"b{tcvn3}c" if letter.islower() else f"B{tcvn3}C", Script.TCVN3)[1:-1] == letter


def test_there_are_134_letters_and_two_tables_for_them():
    assert len({*ACCENTED, *map(str.upper, ACCENTED)}) == 134
    assert set(TCVN3.values()) == {*ACCENTED, *"ĂÂÊÔƠƯĐ"}
    assert {*ACCENTED, *map(str.upper, ACCENTED)} == set(VNI.values())


def folded_after_tidying(text):
    text = unicodedata.normalize("NFD", tidy(text).lower()).replace("đ", "d")
    return "".join(letter for letter in text if not unicodedata.combining(letter))


@quick
@given(
    typed
    | st.lists(st.sampled_from("aA \u0301\u0302\u00ca\u200b\u2060\ufeff\u00a0\u1680\u2001Ðđ")).map("".join)
)
def test_folding_and_spelling_need_no_tidy_text(text):
    assert fold(text) == folded_after_tidying(text)
    assert fold(text) == fold(tidy(text))
    assert spelling_key(text) == spelling_key(tidy(text))
