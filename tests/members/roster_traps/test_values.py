"""Values that look like something else, each in a whole list."""

from datetime import date

import pytest

from tests.members.readings import BINH_YEN, whole

pytestmark = pytest.mark.django_db  # the book of the province is read from the database


def test_names_with_letters_titles_and_two_people_in_one_cell(read):
    names = ["Đặng Văn Lâm (A)", "Đặng Văn Lâm (B)", "Đặng Văn Lâm A", "Nguyễn Văn Nam (Bí thư)"]
    names += ["Đ/c Ma Văn Đại", "Bà Thị Lan", "ThS. Lê Văn Ba", "Thượng úy Hà Văn Tú", "Trần Vǎn Ước"]
    names += ["NguyễnVănNam", "Ma Văn Tư, Ma Văn Năm", "H'HEN NIÊ", "Nguy?n Văn Ba", "(Lò A Páo)", "Hà Văn 2"]
    rows = [["STT", "Họ và tên"], *([place, name] for place, name in enumerate(names, 1))]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Đặng Văn Lâm A, unit 05587 ?name_letter",
        "3: Đặng Văn Lâm B, unit 05587 ?name_letter",
        "4: Đặng Văn Lâm A, unit 05587",
        "5: Nguyễn Văn Nam, unit 05587 ~name_trimmed",
        "6: Ma Văn Đại, unit 05587 ~name_trimmed",
        "7: Bà Thị Lan, unit 05587",
        "8: Lê Văn Ba, unit 05587 ~name_trimmed",
        "9: Hà Văn Tú, unit 05587 ~name_trimmed",
        "10: Trần Văn Ước, unit 05587 ~name_trimmed",
        "11: NguyễnVănNam, unit 05587 ?name_odd",
        "12: Ma Văn Tư, Ma Văn Năm, unit 05587 ?name_odd",
        "13: H'Hen Niê, unit 05587 ~name_recased",
        "14: unit 05587 !name_lost",
        "15: Lò A Páo, unit 05587 ~name_trimmed",
        "16: Hà Văn 2, unit 05587 ?name_has_digits",
    ]


def test_dates_of_birth_in_every_hand(read):
    dates = ["25/4/2003", "25.4.2003", "ngày 25 tháng 4 năm 2003", "25-thg 4-2003", "25/4/03", "25/4/2oo3"]
    dates += ["2003-04-25", "2003-04-25T17:00:00.000Z", 37736, "20030425", "04/2003", "2003", "03", "Sep-03"]
    dates += ["31/02/2003", "04/25/2003", "25/4", "khoảng 2003", "không rõ", "25/4/1933", date(1905, 6, 25)]
    rows = [["STT", "Họ và tên", "Ngày sinh"], *([n, "Ma Văn Đại", day] for n, day in enumerate(dates, 1))]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003-04-25, unit 05587",
        "3: Ma Văn Đại, born 2003-04-25, unit 05587",
        "4: Ma Văn Đại, born 2003-04-25, unit 05587",
        "5: Ma Văn Đại, born 2003-04-25, unit 05587",
        "6: Ma Văn Đại, born 2003-04-25, unit 05587 ~two_digit_year",
        "7: Ma Văn Đại, born 2003-04-25, unit 05587 ~date_letters",
        "8: Ma Văn Đại, born 2003-04-25, unit 05587",
        "9: Ma Văn Đại, born 2003-04-26, unit 05587 ~date_utc",
        "10: Ma Văn Đại, born 2003-04-25, unit 05587 ~date_serial",
        "11: Ma Văn Đại, born 2003-04-25, unit 05587 ?date_digits",
        "12: Ma Văn Đại, born 2003-04, unit 05587",
        "13: Ma Văn Đại, born 2003, unit 05587",
        "14: Ma Văn Đại, born 2003, unit 05587 ?two_digit_year",
        "15: Ma Văn Đại, unit 05587 !date_without_year",
        "16: Ma Văn Đại, unit 05587 !date_impossible",
        "17: Ma Văn Đại, born 2003-04-25, unit 05587 ?month_first",
        "18: Ma Văn Đại, unit 05587 !date_without_year",
        "19: Ma Văn Đại, unit 05587 !date_unreadable",
        "20: Ma Văn Đại, unit 05587",
        "21: Ma Văn Đại, born 1933-04-25, unit 05587 ?age_unlikely",
        "22: Ma Văn Đại, born 2003, unit 05587 ~year_as_date",
    ]


def test_phones_and_addresses_in_every_hand(read):
    cells = [
        ("0912345678-0987654321", "a@b.vn; c@d.vn"),
        ("0912.345.678 (bố)", "A@B.VN (chính)"),
        ("84912345678", "a @b.vn"),
        ("O912345678", "a@b,vn"),
        ("9.12E+08", "a@b"),
        ("0912345678/79", "Nam <a@b.vn>"),
        ("01681234567 Zalo", "a@b.vn c@d.vn"),
        ("02083855123", "không có"),
        ("019203001234", ""),
    ]
    rows = [
        ["STT", "Họ và tên", "SĐT", "Email"],
        *([n, "Ma Văn Đại", *row] for n, row in enumerate(cells, 1)),
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        (
            "2: Ma Văn Đại, tel +84912345678, unit 05587, email a@b.vn, tel2 +84987654321 ~phone_two"
            " ~email_several"
        ),
        "3: Ma Văn Đại, tel +84912345678, unit 05587, email a@b.vn ?phone_of_kin ~email_beside",
        "4: Ma Văn Đại, tel +84912345678, unit 05587, email a@b.vn ~email_blanks",
        "5: Ma Văn Đại, tel +84912345678, unit 05587 ~phone_letters !email_invalid",
        "6: Ma Văn Đại, unit 05587 !phone_lost !email_invalid",
        "7: Ma Văn Đại, tel +84912345678, unit 05587, email a@b.vn ?phone_second_invalid ~email_beside",
        "8: Ma Văn Đại, tel +84381234567, unit 05587, email a@b.vn ~phone_new_prefix ~email_several",
        "9: Ma Văn Đại, tel +842083855123, unit 05587",
        "10: Ma Văn Đại, unit 05587 !phone_invalid",
    ]


def test_citizen_numbers_held_against_sex_year_and_province(read):
    cells = [
        ("Nam", "2003", "019203001234"),
        ("Nam", "2003", "19203001234"),
        ("Nam", "2003", "6203001234"),
        ("Nữ", "2003", "019203001234"),
        ("Nam", "2004", "019203001234"),
        ("Nam", "2003", "005203001234"),
        ("Nam", "2003", "190203001234"),
        ("", "2003", "019303001234"),
        ("Nam", "2003", "1,9203E+10"),
        ("Nam", "2003", "090123456"),
        ("Nam", "2003", "DTE2157340101"),
        ("Nam", "2003", "0192030012345"),
    ]
    rows = [["STT", "Họ và tên", "Giới tính", "Năm sinh", "Số CCCD"]]
    rows += [[n, "Ma Hải", *row] for n, row in enumerate(cells, 1)]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Hải, born 2003, sex male, id 019203001234, unit 05587",
        "3: Ma Hải, born 2003, sex male, id 019203001234, unit 05587 ~citizen_id_zeros_added",
        "4: Ma Hải, born 2003, sex male, id 006203001234, unit 05587 ~citizen_id_zeros_added",
        "5: Ma Hải, born 2003, sex female, id 019203001234, unit 05587 ?citizen_id_mismatch",
        "6: Ma Hải, born 2004, sex male, id 019203001234, unit 05587 ?citizen_id_mismatch",
        "7: Ma Hải, born 2003, sex male, id 005203001234, unit 05587 ?citizen_id_mismatch",
        "8: Ma Hải, born 2003, sex male, id 190203001234, unit 05587 ?citizen_id_mismatch",
        "9: Ma Hải, born 2003, id 019303001234, unit 05587",
        "10: Ma Hải, born 2003, sex male, unit 05587 !citizen_id_lost",
        "11: Ma Hải, born 2003, sex male, unit 05587 !citizen_id_old",
        "12: Ma Hải, born 2003, sex male, unit 05587 !citizen_id_invalid",
        "13: Ma Hải, born 2003, sex male, unit 05587 !citizen_id_invalid",
        (
            "4 dòng ghi giới tính"
            ", ngày sinh hoặc số căn cước không khớp nhau: có thể một cột đã bị sắp xếp riêng. Hãy xem lại"
            " file gốc."
        ),
    ]


def test_a_column_sorted_alone_is_told_on_its_rows_and_on_the_sheet(read):
    people = [
        ("Ma Văn Đại", "2003"),
        ("Nông Thị Đào", "2004"),
        ("Bế Thị Mai", "2005"),
        ("Lý Văn Nam", "2006"),
    ]
    years = ["2005", "2003", "2006", "2004"]
    rows = [["STT", "Họ và tên", "Giới tính", "Năm sinh", "Số CCCD"]]
    for n, ((name, year), other) in enumerate(zip(people, years, strict=True), 1):
        sex, digit = ("Nữ", 3) if "Thị" in name else ("Nam", 2)
        rows.append([n, name, sex, year, f"019{digit}{other[2:]}00123{n}"])

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003, sex male, id 019205001231, unit 05587 ?citizen_id_mismatch",
        "3: Nông Thị Đào, born 2004, sex female, id 019303001232, unit 05587 ?citizen_id_mismatch",
        "4: Bế Thị Mai, born 2005, sex female, id 019306001233, unit 05587 ?citizen_id_mismatch",
        "5: Lý Văn Nam, born 2006, sex male, id 019204001234, unit 05587 ?citizen_id_mismatch",
        (
            "4 dòng ghi giới tính"
            ", ngày sinh hoặc số căn cước không khớp nhau: có thể một cột đã bị sắp xếp riêng. Hãy xem lại"
            " file gốc."
        ),
    ]


def test_a_tick_is_no_ethnic_group_and_marks_may_be_words(read):
    rows = [
        ["STT", "Họ và tên", "Giới tính (Nữ)", "DTTS (x)", "Tôn giáo"],
        [1, "Ma Hải", "", "x", "K"],
        [2, "Bế Mai", "x", "", "Không TG"],
        [3, "Lý Lan", "Nữ", "Dao đỏ", "-"],
        [4, "Lý Nam", "Nam", "Tày", "Thiên chúa giáo"],
        [5, "Lý Na", "x", "T", "x"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Hải, religion Không, unit 05587 ~religion_alias",
        "3: Bế Mai, sex female, religion Không, unit 05587 ~religion_alias",
        "4: Lý Lan, sex female, ethnic Dao, religion Không, unit 05587 ~ethnic_alias ~religion_alias",
        "5: Lý Nam, sex male, ethnic Tày, religion Công giáo, unit 05587 ~religion_alias",
        "6: Lý Na, sex female, unit 05587 !ethnic_unknown !religion_unknown",
    ]


def test_codes_of_other_systems_are_ignored_and_the_portals_own_is_read(read):
    rows = [
        ["STT", "MSSV", "Mã đoàn viên", "Họ tên", "Năm sinh"],
        [1, "DTE2157340101", "dv2345-6789", "Ma Hải", 2003],
        [2, "DTE2157340102", "1903456789", "Bế Mai", 2003],
        [3, "DV23456789", "DV2345678", "Lý Lan", 2003],
        [4, "", "DV2345678O", "Lý Na", 2003],
        [5, "", "#REF!", "Lý Nam", 2003],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Hải, born 2003, unit 05587, member_code DV23456789",
        "3: Bế Mai, born 2003, unit 05587",
        "4: Lý Lan, born 2003, unit 05587",
        "5: Lý Na, born 2003, unit 05587",
        "6: Lý Nam, born 2003, unit 05587",
    ]


def test_formulas_that_failed_and_ditto_marks_over_headings(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Dân tộc", "Đơn vị"],
        [1, "Ma Văn Đại", "#VALUE!", "Tày", "Xã Bình Yên"],
        [2, "#REF!", "26/4/2003", '"', "nt"],
        ["Xã Văn Lăng"],
        [3, "Bế Thị Mai", "27/4/2003", "như trên", "nt"],
        [4, "Lý Thị Lan", "28/4/2003", "", ""],
        [5, "Lý Thị Mơ", "28/4/2003", "//", ""],
    ]

    assert whole(read(rows)) == [
        "2: Ma Văn Đại, ethnic Tày, unit 05587 ?formula_error",
        "3: born 2003-04-26, ethnic Tày, unit 05587 ?formula_error ~ditto ~ditto",
        "5: Bế Thị Mai, born 2003-04-27, ethnic Tày, unit 05587 ?ditto ?ditto",
        "6: Lý Thị Lan, born 2003-04-28, unit 05665",
        "7: Lý Thị Mơ, born 2003-04-28, unit 05665 !ditto_without_value",
        "4 heading",
    ]


def test_what_begins_like_a_formula_is_text(read):
    rows = [
        ["STT", "Họ và tên", "Chức vụ", "Chi đoàn", "SĐT"],
        ["1", "Ma Văn Đại", "=1+1", "+Xóm 5", "+84912345678"],
        ["2", "@Bế Thị Mai", "-Bí thư", "@xóm", "=0912345678"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, tel +84912345678, unit 05587, branch +Xóm 5, position =1+1",
        "3: @Bế Thị Mai, tel +84912345678, unit 05587, branch @xóm, position Bí thư ?name_odd",
    ]


def test_relatives_beside_a_pupil_give_the_pupil_nothing(read):
    rows = [
        [
            "STT",
            "Họ và tên",
            "Ngày sinh",
            "SĐT",
            "Họ tên bố",
            "Năm sinh",
            "SĐT",
            "Họ tên mẹ",
            "SĐT mẹ",
            "Tên Zalo",
        ],
        [
            "1",
            "Ma Văn Đại",
            "",
            "",
            "Ma Văn Chính",
            "1975",
            "0912345678",
            "Lê Thị Na",
            "0912345679",
            "Mẹ Đại",
        ],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == ["2: Ma Văn Đại, unit 05587"]


def test_a_name_of_500_letters_is_told_and_its_row_is_not_lost(read):
    rows = [["STT", "Họ và tên", "SĐT"], [1, "Ma " + "Văn " * 125, "0912345678"], [2, "x" * 500, ""]]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: tel +84912345678, unit 05587 !name_too_long",
        "3: unit 05587 !name_too_long",
    ]


@pytest.mark.parametrize(
    ("titles", "parts"),
    [
        ("Họ|Tên đệm|Tên", "Nguyễn|Thị|Hường"),
        ("Họ|Chữ đệm|Tên", "Nguyễn|Thị|Hường"),
        ("Tên|Họ đệm", "Hường|Nguyễn Thị"),
        ("First name|Last name", "Hường|Nguyễn Thị"),
        ("Họ và tên|Tên", "Nguyễn Thị|Hường"),
        ("Họ và tên|Tên", "Nguyễn Thị Hường|Hường"),
        ("Họ tên|Tên gọi khác", "Nguyễn Thị Hường|Bé"),
        ("Họ và tên đệm|Tên", "Nguyễn Thị|Hường"),
    ],
)
def test_a_name_in_parts_is_put_together_in_its_order(read, titles, parts):
    rows = [["STT", *titles.split("|"), "Năm sinh"], [1, *parts.split("|"), 2003]]

    assert whole(read(rows, unit=BINH_YEN)) == ["2: Nguyễn Thị Hường, born 2003, unit 05587"]


def test_a_name_without_a_middle_part_is_whole(read):
    rows = [["STT", "Họ", "Tên đệm", "Tên"], [1, "Lê", "", "An"], [2, "Lê", "Thị", ""]]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Lê An, unit 05587",
        "3: Lê Thị, unit 05587 ?name_incomplete",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ma Văn Đại - BT",
        "Ma Văn Đại\nBí thư",
        "Em Ma Văn Đại",
        "Ma Văn Đại SN 2003",
        "Ma Văn Đại, 2003",
        "Ma Văn Đại - sinh năm 2003",
        "Ma_Văn_Đại",
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(read, text):
    rows = [["STT", "Họ và tên", "Ngày sinh"], [1, text, "25/4/2003"]]

    assert whole(read(rows, unit=BINH_YEN)) == ["2: Ma Văn Đại, born 2003-04-25, unit 05587 ~name_trimmed"]


def test_dates_beside_words_and_places(read):
    births = ["T4/2003", "SN 2003", "25/4/2003, xã Phú Bình", "25/4/2003 (âm lịch)", "trước 25/4/2003"]
    joinings = ["26/3/2019, THPT Định Hóa", "THPT Định Hóa, 26/3/2019", "26/3/2019 tại trường"]
    joinings += ["26/3/2019 Trường 2", "26/03/2019 - 26/03/2020"]
    rows = [["STT", "Họ và tên", "Ngày sinh", "Ngày, nơi vào Đoàn"]]
    rows += [[n, "Ma Văn Đại", *pair] for n, pair in enumerate(zip(births, joinings, strict=True), 1)]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, born 2003-04, unit 05587, joined 2019-03-26 ~date_beside",
        "3: Ma Văn Đại, born 2003, unit 05587, joined 2019-03-26 ~date_beside",
        "4: Ma Văn Đại, born 2003-04-25, unit 05587, joined 2019-03-26 ~date_beside ~date_beside",
        "5: Ma Văn Đại, unit 05587 !date_unreadable !date_unreadable",
        "6: Ma Văn Đại, unit 05587 !date_unreadable !date_unreadable",
    ]


def test_numbers_beside_words_and_with_commas(read):
    rows = [
        ["STT", "Họ và tên", "SĐT", "Số CCCD"],
        [1, "Ma Văn Đại", "0912,345,678", "CC: 019203001234"],
        [2, "Bế Thị Mai", "0912345678,0987654321", "Số 019303001234"],
        [3, "Lý Thị Lan", "", "019303001235 cấp ngày 10/5/2021"],
        [4, "Lý Thị Mơ", "", "CCCD mẹ 019170001235"],
    ]

    assert whole(read(rows, unit=BINH_YEN)) == [
        "2: Ma Văn Đại, tel +84912345678, id 019203001234, unit 05587",
        "3: Bế Thị Mai, tel +84912345678, id 019303001234, unit 05587, tel2 +84987654321 ~phone_two",
        "4: Lý Thị Lan, id 019303001235, unit 05587",
        "5: Lý Thị Mơ, unit 05587 !citizen_id_invalid",
    ]
