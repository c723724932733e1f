import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from members.roster.citizen_id import read_citizen_id, sex_in
from members.roster.contacts import read_email, read_position
from members.roster.dates import birth_century, joining_century, read_date, read_date_parts
from members.roster.groups import read_ethnic_group, read_religion
from members.roster.marks import read_marks, read_sex
from members.roster.names import read_name
from members.roster.phones import read_phones

TODAY = date(2026, 3, 26)
BIRTH, JOINING = birth_century(TODAY), joining_century(TODAY)


def told(found):
    """The value and the weightiest thing said about it."""
    levels = [finding.level for finding in found.findings]
    return found.value, next((level for level in ("error", "warning", "fix") if level in levels), None)


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("Nguyễn Thị Hường", "Nguyễn Thị Hường", None),
        ("NGUYỄN THỊ HƯỜNG", "Nguyễn Thị Hường", "fix"),
        ("nguyễn thị hường", "Nguyễn Thị Hường", "fix"),
        ("H'HEN NIÊ", "H'Hen Niê", "fix"),
        ("H’Hen Niê", "H'Hen Niê", "fix"),
        ("K'BRÔI", "K'Brôi", "fix"),
        ("Y Bhăm", "Y Bhăm", None),
        ("Đặng Văn Lâm A", "Đặng Văn Lâm A", None),
        ("LÒ A PÁO", "Lò A Páo", "fix"),
        ("12. Ma Văn Đại", "Ma Văn Đại", "fix"),
        ("Đ/c Ma Văn Đại", "Ma Văn Đại", "fix"),
        ("Ma Văn Đại (Bí thư)", "Ma Văn Đại", "fix"),
        ("Nguy?n Văn An", None, "error"),
        ("12345", None, "error"),
        ("x" * 200, None, "error"),
        ("Ma Văn Đại 2", "Ma Văn Đại 2", "warning"),
        ("", None, None),
    ],
)
def test_names(text, name, level):
    assert told(read_name(text)) == (name, level)


@pytest.mark.parametrize(
    ("text", "value", "level"),
    [
        ("02/09/2005", "2005-09-02", None),
        ("2/9/2005", "2005-09-02", None),
        ("02-09-2005", "2005-09-02", None),
        ("2.9.2005", "2005-09-02", None),
        ("02/ 9/2005", "2005-09-02", None),
        ("2005-09-02", "2005-09-02", None),
        ("ngày 02 tháng 9 năm 2005", "2005-09-02", None),
        ("02/09/2005 00:00:00", "2005-09-02", None),
        ("O2/O9/2005", "2005-09-02", "fix"),
        ("2-Sep-2005", "2005-09-02", None),
        ("02/09/05", "2005-09-02", "fix"),
        ("02/09/98", "1998-09-02", "fix"),
        ("02/09/16", "2016-09-02", "fix"),
        ("02/09/17", "1917-09-02", "fix"),
        ("2005", "2005", None),
        ("2005.0", "2005", None),
        ("'2005", "2005", None),
        ("9/2005", "2005-09", None),
        ("tháng 9 năm 2005", "2005-09", None),
        ("38597", "2005-09-02", "fix"),
        ("36526", "2000-01-01", "fix"),
        ("34784", "1995-03-26", "fix"),
        ("46107", "2026-03-26", "fix"),
        ("05/25/2003", "2003-05-25", "warning"),
        ("02092005", "2005-09-02", "warning"),
        ("00/9/2005", "2005-09", "warning"),
        ("00/00/2005", "2005", "warning"),
        ("5/0/2005", None, "error"),
        ("31/02/2004", None, "error"),
        ("02/9", None, "error"),
        ("Sep-05", None, "error"),
        ("hè 2005", None, "error"),
        ("", None, None),
        ("-", None, None),
        (date(2005, 9, 2), "2005-09-02", None),
        (date(1905, 6, 21), "1999", "fix"),
    ],
)
def test_birth_dates(text, value, level):
    assert told(read_date(text, BIRTH)) == (value, level)


def test_two_digits_of_a_joining_year_may_be_this_year():
    assert read_date("26/03/26", JOINING).value == "2026-03-26"
    assert read_date("26/03/27", JOINING).value == "1927-03-26"


@settings(deadline=None)
@given(st.dates(date(1950, 1, 1), date(2015, 12, 31)), st.sampled_from("/-."), st.booleans())
def test_every_day_is_read_as_written(day, sign, padded):
    parts = (f"{day.day:02d}", f"{day.month:02d}") if padded else (str(day.day), str(day.month))

    assert read_date(sign.join((*parts, str(day.year))), BIRTH).value == day.isoformat()
    assert read_date(day, BIRTH).value == day.isoformat()
    assert read_date_parts(*parts, str(day.year), BIRTH).value == day.isoformat()


def test_a_date_in_three_columns_is_as_precise_as_they_are():
    assert read_date_parts("", "9", "2005.0", BIRTH).value == "2005-09"
    assert read_date_parts("", "", "2005", BIRTH).value == "2005"
    assert told(read_date_parts("5", "9", "", BIRTH)) == (None, "error")
    assert told(read_date_parts("", "", "", BIRTH)) == (None, None)


@pytest.mark.parametrize(
    ("text", "value", "level"),
    [
        ("0912345678", "+84912345678", None),
        ("912345678", "+84912345678", "fix"),
        ("0912.345.678", "+84912345678", None),
        ("+84 912 345 678", "+84912345678", None),
        ("(+84) 0912345678", "+84912345678", None),
        ("84912345678", "+84912345678", None),
        ("'0912345678", "+84912345678", None),
        ("O912345678", "+84912345678", "fix"),
        ("912345678.0", "+84912345678", "fix"),
        ("01681234567", "+84381234567", "fix"),
        ("1681234567", "+84381234567", "fix"),
        ("01201234567", "+84701234567", "fix"),
        ("01991234567", "+84591234567", "fix"),
        ("(0208)3855123", "+842083855123", None),
        ("02083855123", "+842083855123", None),
        ("0541234567", "+84541234567", "warning"),
        ("0912345678 (mẹ)", "+84912345678", "warning"),
        ("bố: 0912345678", "+84912345678", "warning"),
        ("+846900000", "+846900000", None),
        ("091234567", None, "error"),
        ("9,12345E+08", None, "error"),
        ("xóm 5", None, "error"),
        ("không có", None, None),
        ("", None, None),
    ],
)
def test_phones(text, value, level):
    found, second = read_phones(text)

    assert (*told(found), second) == (value, level, None)


@pytest.mark.parametrize(
    "text",
    ["0912345678/0987654321", "0912345678 - 0987654321", "0912345678; 987654321", "0912345678 0987654321"],
)
def test_two_phones_in_one_cell(text):
    found, second = read_phones(text)

    assert (*told(found), second) == ("+84912345678", "fix", "+84987654321")


@pytest.mark.parametrize(
    ("text", "value", "level"),
    [
        ("019205001234", "019205001234", None),
        ("19205001234", "019205001234", "fix"),
        ("'019205001234", "019205001234", None),
        ("19205001234.0", "019205001234", "fix"),
        ("019 205 001 234", "019205001234", None),
        ("6205001234", "006205001234", "fix"),
        ("1,9205E+10", None, "error"),
        ("090123456", None, "error"),
        ("90123456", None, "error"),
        ("01920500123", None, "error"),
        ("99205001234", None, "error"),
        ("019305001234", "019305001234", "warning"),
        ("019204001234", "019204001234", "warning"),
        ("005205001234", "005205001234", "warning"),
        ("0192050012345", None, "error"),
        ("", None, None),
    ],
)
def test_citizen_numbers_held_against_a_man_born_in_2005(text, value, level):
    assert told(read_citizen_id(text, 2005, "male", 2026)) == (value, level)


def test_messages_never_show_a_whole_citizen_number():
    texts = ["19205001234", "019305001234", "01920500123", "090123456", "0192050012345", "x19205001234"]

    said = [
        finding.sentence for text in texts for finding in read_citizen_id(text, 2005, "male", 2026).findings
    ]

    assert len(said) == len(texts)
    assert not [sentence for sentence in said if any(text[:8] in sentence for text in texts)]


def test_a_citizen_number_tells_the_sex():
    assert [sex_in(number) for number in ("019205001234", "019199001234", None)] == ["male", "female", None]


@pytest.mark.parametrize(
    ("text", "value", "level"),
    [
        ("Tày", "Tày", None),
        ("kinh", "Kinh", "fix"),
        ("Việt", "Kinh", "fix"),
        ("Kinh (Việt)", "Kinh", None),
        ("HMông", "Mông", "fix"),
        ("H'Mông", "Mông", "fix"),
        ("Mèo", "Mông", "fix"),
        ("Cao Lan", "Sán Chay", "fix"),
        ("Sán Chỉ", "Sán Chay", "fix"),
        ("SAN DIU", "Sán Dìu", "fix"),
        ("Ê Đê", "Ê-đê", "fix"),
        ("K'Ho", "Cơ-ho", "fix"),
        ("Mạ", "Mạ", None),
        ("T", None, "error"),
        ("Tây Ban Nha", None, "error"),
        ("", None, None),
    ],
)
def test_ethnic_groups(text, value, level):
    assert told(read_ethnic_group(text)) == (value, level)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Không", "Không"),
        ("ko", "Không"),
        ("K", "Không"),
        ("0", "Không"),
        ("-", "Không"),
        ("Thiên chúa giáo", "Công giáo"),
        ("Đạo Phật", "Phật giáo"),
        ("Tin Lành", "Tin lành"),
        ("Hòa Hảo", "Phật giáo Hòa Hảo"),
        ("", None),
        ("Khác", None),
    ],
)
def test_religions(text, value):
    assert read_religion(text).value == value


@pytest.mark.parametrize(
    ("text", "value", "level"),
    [
        ("Nam", "male", None),
        ("NỮ", "female", None),
        ("nu", "female", None),
        ("F", "female", None),
        ("1", "male", "warning"),
        ("0", "female", "warning"),
        ("N", None, "error"),
        ("", None, None),
    ],
)
def test_sexes(text, value, level):
    assert told(read_sex(text)) == (value, level)


@pytest.mark.parametrize(
    ("male", "female", "value", "level"),
    [
        ("x", "", "male", None),
        ("", "✓", "female", None),
        ("1", "0", "male", None),
        ("x", "X", None, "error"),
        ("", "", None, "warning"),
        (None, "x", "female", None),
        (None, "", None, None),
    ],
)
def test_marks_under_the_sexes(male, female, value, level):
    assert told(read_marks(male, female)) == (value, level)


def test_emails_and_positions():
    assert read_email(" Ma.Dai@Gmail.com. ").value == "ma.dai@gmail.com"
    assert told(read_email("ma.dai@gmail")) == (None, "error")
    assert told(read_position("P.BT")) == ("Phó Bí thư", "fix")
    assert told(read_position("Bí thư Chi đoàn")) == ("Bí thư Chi đoàn", None)


READERS = {
    "name": read_name,
    "birth": lambda text: read_date(text, BIRTH),
    "phone": lambda text: read_phones(text)[0],
    "citizen number": lambda text: read_citizen_id(text, None, None, 2026),
    "ethnic group": read_ethnic_group,
    "religion": read_religion,
    "sex": read_sex,
    "email": read_email,
    "position": read_position,
}


@pytest.mark.parametrize("reader", READERS)
@settings(deadline=None)
@given(text=st.text(max_size=40) | st.from_regex(r"[0-9OoIl'./ +-]{0,14}", fullmatch=True))
def test_any_text_is_answered_and_an_answer_stays_what_it_is(reader, text):
    found = READERS[reader](unicodedata.normalize("NFC", text))

    if found.value is None or reader == "sex":
        return
    again = READERS[reader](found.value)
    assert again.value == found.value
    assert unicodedata.is_normalized("NFC", found.value)
