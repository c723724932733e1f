"""Names of units that may mean two things, by §2.5: each is one unit, a fix, or a question."""

import pytest

from members.roster.unit_answers import Context, Era
from members.roster.units import UnitReader
from tests.members.readings import BINH_YEN, VAN_LAANG, VAN_LANG, whole

pytestmark = pytest.mark.django_db  # the book of the province is read from the database

GIA_SANG, TICH_LUONG, TRUNG_THANH, TAN_THANH, DAI_TU = "05467", "05500", "05899", "05923", "05830"


@pytest.fixture(scope="module")
def reader(thai_nguyen):
    return UnitReader(thai_nguyen[0])


def told(answer):
    return answer.question.candidates if answer.question else (answer.code, answer.level)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # with little or no accents: one unit, present or old, is a fix; two are a question
        ("VAN LANG", (VAN_LANG, VAN_LAANG)),
        ("Van Lăng", (VAN_LANG, VAN_LAANG)),
        ("xã van lang huyện na rì", (VAN_LANG, "fix")),
        ("xa van lang, dong hy", (VAN_LAANG, "fix")),
        ("Binh Yên", (BINH_YEN, "fix")),
        ("xa trung luong", (BINH_YEN, "fix")),
        ("Quan Triều", ("05482", None)),
        ("quan trieu", ("05482", "fix")),
        ("Quan Triều, TP Thái Nguyên", ("05482", None)),
        ("Quan Triều (TP Thái Nguyên)", ("05482", None)),
        ("quan trieu, tp thai nguyen", ("05482", "fix")),
        ("Quan Triều, Thái Nguyên", ("05482", None)),
        ("Phường Quán Triều", ("05482", "warning")),
        # words that mean a kind once their accents are gone, inside a name
        ("phuong quan trieu", ("05482", "fix")),
        ("xa phuong tien", ("05563", "fix")),
        ("xa kim phuong", ("05551", "fix")),
        ("xa quan chu", ("05851", "fix")),
        ("xa trang xa", ("05746", "fix")),
        ("xa thuong quan huyen ngan son", ("01957", "fix")),
        ("phuong huyen tung, tp bac kan", ("01840", "fix")),
        ("xa my phuong, huyen ba be", ("01921", "fix")),
        # run together, i and y, other letters for the same sound
        ("BìnhYên", (BINH_YEN, "fix")),
        ("Xã Bình-Yên", (BINH_YEN, "fix")),
        ("Xã Na Rỳ", ("02155", "fix")),
        ("xã Đồng Hỉ", ("05692", None)),
        ("Xã Thần Xa", ("05725", "fix")),
        # abbreviations before the name
        ("ĐX Bình Yên", (BINH_YEN, None)),
        ("ĐP. Gia Sàng", (GIA_SANG, None)),
        ("Đ.xã Bình Yên", (BINH_YEN, None)),
        ("Xã: Bình Yên", (BINH_YEN, None)),
        ("BCH Đoàn TNCS HCM xã Bình Yên", (BINH_YEN, None)),
        # a township that has become a ward
        ("TT Chùa Hang", ("05710", "fix")),
        # the old unit where the text says so
        ("Phường Trung Thành", (TRUNG_THANH, None)),
        ("Phường Trung Thành cũ", (TICH_LUONG, TRUNG_THANH)),
        ("Xã Tân Thành", (TAN_THANH, None)),
        ("Phường Tân Thành", (TICH_LUONG, "fix")),
        ("Phường Cam Giá", (GIA_SANG, TICH_LUONG)),
        ("Tân Long", ("05482", "05674")),
        # the city, or the province of before 7/2025, beside a name that two old communes bore
        ("Tân Lập, TP Thái Nguyên", (TICH_LUONG, "fix")),
        ("Tân Lập, Thái Nguyên", (TICH_LUONG, "fix")),
        ("Tân Lập, tỉnh Thái Nguyên", (TICH_LUONG, "fix")),
        ("Tân Lập, Bắc Kạn", ("02038", "fix")),
        ("Sông Cầu, TP Bắc Kạn", ("01843", "fix")),
        ("Sông Cầu, Bắc Kạn", ("01843", "fix")),
        ("Bắc Kạn, Sông Cầu", ("01843", "fix")),
        ("Sông Cầu, Thái Nguyên", ("05692", "fix")),
        ("Tân Long, Thái Nguyên", ("05482", "05674")),
        ("Tân Long, TP Thái Nguyên", ("05482", "fix")),
        ("Tân Long, Bắc Kạn", ("05482", "05674")),
        # a district that became a commune
        ("Đoàn Đại Từ", (DAI_TU,)),
        ("Đoàn xã Đại Từ", (DAI_TU, None)),
        ("Huyện đoàn Đại Từ", (None, None)),
        ("TX Phổ Yên", (None, None)),
        # two units in one text
        ("Xã Bình Yên và xã Văn Lăng", (BINH_YEN, VAN_LAANG)),
        # names inside names of something else
        ("Trường THPT Đại Từ", (None, None)),
        ("Xóm Văn Lăng", (None, None)),
        ("Xóm Bình Yên, xã Văn Lăng", (VAN_LAANG, None)),
    ],
)
def test_a_trap_of_unit_names(reader, text, expected):
    assert told(reader.read(text, Context())) == expected


@pytest.mark.parametrize("text", ["Đoàn Đại Từ", "Đại Từ", "DAI TU"])
def test_a_file_of_after_the_change_means_the_commune_of_today(reader, text):
    code, level = told(reader.read(text, Context(era=Era.AFTER)))

    assert (code, level in (None, "fix")) == (DAI_TU, True)


def test_a_file_of_after_the_change_may_mean_the_province_of_today(reader):
    after = Context(era=Era.AFTER)

    assert told(reader.read("Tân Lập, Thái Nguyên", after)) == ("02038", TICH_LUONG)
    assert told(reader.read("Tân Lập, TP Thái Nguyên", after)) == (TICH_LUONG, "fix")


def test_dates_in_the_rows_tell_that_a_file_is_of_after_the_change(read):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Ngày vào Đoàn"],
        [1, "Ma Văn Đại", "25/4/2008", "Đoàn Đại Từ", "26/3/2026"],
        [2, "Bế Thị Mai", "25/4/2008", "Phường Trung Thành", ""],
    ]

    assert whole(read(rows)) == [
        "2: Ma Văn Đại, born 2008-04-25, unit 05830, joined 2026-03-26",
        "3: Bế Thị Mai, born 2008-04-25, unit 05899",
    ]
    rows[1][4] = "26/3/2024"
    assert whole(read(rows)) == [
        "2: Ma Văn Đại, born 2008-04-25, joined 2024-03-26 !unit_unclear of 05830",
        "3: Bế Thị Mai, born 2008-04-25, unit 05899",
    ]


def test_a_district_heading_settles_names_of_two_old_communes_and_asks_about_divided_ones(read):
    rows = [
        ["STT", "Họ và tên", "Năm sinh", "Đơn vị"],
        ["Huyện Phú Bình"],
        [1, "Ma Văn Đại", 2003, "Xã Tân Thành"],
        [2, "Bế Thị Mai", 2003, "Xã Thượng Đình"],
        ["TP Thái Nguyên"],
        [3, "Lý Thị Lan", 2003, "Phường Tân Thành"],
        [4, "Lý Thị Mơ", 2003, "Hương Sơn"],
        [5, "Lý Thị Na", 2003, "Phường Gia Sàng"],
    ]

    assert whole(read(rows)) == [
        "3: Ma Văn Đại, born 2003, unit 05923 ~unit_successor",
        "4: Bế Thị Mai, born 2003 !unit_unclear of 05908/05941",
        "6: Lý Thị Lan, born 2003, unit 05500 ~unit_successor",
        "7: Lý Thị Mơ, born 2003, unit 05467 ~unit_successor",
        "8: Lý Thị Na, born 2003 !unit_unclear of 05443/05467",
        "2 heading",
        "5 heading",
    ]


def test_several_posts_are_kept_whole_and_one_without_its_unit(read):
    rows = [
        ["STT", "Họ và tên", "Chức vụ, đơn vị công tác"],
        [1, "Ma Văn Đại", "UV BTV Tỉnh Đoàn, Bí thư Đoàn phường Bắc Kạn"],
        [2, "Ma Văn Lâm", "Phó Bí thư Đoàn xã Bình Yên, Chủ tịch Hội LHTN xã Bình Yên"],
        [3, "Ma Văn Mão", "UV BCH Đoàn xã Văn Lăng"],
        [4, "Ma Văn Nam", "Bí thư Chi đoàn xóm 5, xã Bình Yên"],
        [5, "Ma Văn Sơn", "Chuyên viên Văn phòng HĐND&UBND xã Bình Yên"],
        [6, "Ma Văn Tú", "P.BT Đoàn xã Bình Yên kiêm BT Chi đoàn xóm 2"],
    ]

    assert whole(read(rows)) == [
        (
            "2: Ma Văn Đại, unit 01843, position Ủy viên Ban Thường vụ Tỉnh Đoàn, Bí thư Đoàn phường Bắc Kạn"
            " ~position_written_out"
        ),
        "3: Ma Văn Lâm, unit 05587, position Phó Bí thư Đoàn xã Bình Yên, Chủ tịch Hội LHTN xã Bình Yên",
        "4: Ma Văn Mão, unit 05665, position Ủy viên Ban Chấp hành ~position_written_out",
        "5: Ma Văn Nam, unit 05587, position Bí thư Chi đoàn xóm 5",
        "6: Ma Văn Sơn, unit 05587, position Chuyên viên Văn phòng HĐND&UBND xã Bình Yên",
        (
            "7: Ma Văn Tú, unit 05587, position Phó Bí thư Đoàn xã Bình Yên kiêm Bí thư Chi đoàn xóm 2"
            " ~position_written_out"
        ),
    ]


GROUPS = [
    ("Xã Bình Yên", "Ma Văn Đại"),
    ("Chi đoàn trường THCS Bình Yên", "Ma Văn Bình"),
    ("Trường THPT Bình Yên", "Ma Văn Cường"),
    ("Đoàn Bệnh viện A", "Ma Văn Dũng"),
    ("Xã Văn Lăng", "Ma Văn Giang"),
    ("Khối doanh nghiệp", "Ma Văn Hải"),
    ("Xã Kha Sơn", "Ma Văn Khôi"),
    ("Cụm số 2", "Ma Văn Lâm"),
]


def grouped(groups):
    people = [[[title], [1, name, "25/4/2003"]] for title, name in groups]
    return [["STT", "Họ và tên", "Ngày sinh"], *(row for group in people for row in group)]


def test_people_under_an_organisation_of_its_own_are_not_of_the_commune_above(read):
    reading = read(grouped(GROUPS))

    assert whole(reading)[:8] == [
        "3: Ma Văn Đại, born 2003-04-25, unit 05587",
        "5: Ma Văn Bình, born 2003-04-25, unit 05587, branch Chi đoàn trường THCS Bình Yên",
        "7: Ma Văn Cường, born 2003-04-25, branch Trường THPT Bình Yên !unit_unclear of ",
        "9: Ma Văn Dũng, born 2003-04-25, branch Đoàn Bệnh viện A !unit_unclear of ",
        "11: Ma Văn Giang, born 2003-04-25, unit 05665",
        "13: Ma Văn Hải, born 2003-04-25, branch Khối doanh nghiệp !unit_unclear of ",
        "15: Ma Văn Khôi, born 2003-04-25, unit 05953",
        "17: Ma Văn Lâm, born 2003-04-25, branch Cụm số 2 !unit_unclear of ",
    ]
    assert [row.question.text for row in reading.rows if row.question] == [
        "Trường THPT Bình Yên",
        "Đoàn Bệnh viện A",
        "Khối doanh nghiệp",
        "Cụm số 2",
    ]


def test_in_a_list_sent_for_a_commune_they_are_of_that_commune(read):
    assert whole(read(grouped(GROUPS[:3]), unit=BINH_YEN))[:3] == [
        "3: Ma Văn Đại, born 2003-04-25, unit 05587",
        "5: Ma Văn Bình, born 2003-04-25, unit 05587, branch Chi đoàn trường THCS Bình Yên",
        "7: Ma Văn Cường, born 2003-04-25, unit 05587, branch Trường THPT Bình Yên",
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Địa điểm: Hội trường UBND phường Phan Đình Phùng",
        "(Tổ chức tại hội trường xã Định Hóa)",
        "Nơi tổ chức: xã Định Hóa",
    ],
)
def test_where_people_meet_is_not_where_they_are_at_home(read, title):
    rows = [[title], ["STT", "Họ và tên", "Ngày sinh"], [1, "Ma Văn Đại", "25/4/2003"]]

    assert whole(read(rows)) == ["3: Ma Văn Đại, born 2003-04-25 !unit_missing of "]


def test_a_numbered_title_names_the_branch_of_the_first_list_too(read):
    rows = [
        ["ĐOÀN XÃ BÌNH YÊN"],
        ["1. CHI ĐOÀN XÓM ĐÌNH"],
        ["STT", "Họ và tên", "Ngày sinh"],
        [1, "Ma Văn Đại", "25/4/2003"],
        ["2. CHI ĐOÀN XÓM CHÙA"],
        ["STT", "Họ và tên", "Ngày sinh"],
        [1, "Bế Thị Mai", "25/4/2003"],
    ]

    assert whole(read(rows)) == [
        "4: Ma Văn Đại, born 2003-04-25, unit 05587, branch Chi đoàn xóm Đình",
        "7: Bế Thị Mai, born 2003-04-25, unit 05587, branch Chi đoàn xóm Chùa",
        "5 heading",
    ]
