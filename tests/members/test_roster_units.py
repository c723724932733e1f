import pytest

from members.roster import UnitBook, alias_key, read_roster
from members.roster.places import places_in
from members.roster.unit_answers import Context, Era
from members.roster.units import UnitReader
from tests.factories.rosters import make_xlsx
from tests.factories.units import make_unit
from units.models import Unit, UnitAlias, UnitLineage

BINH_YEN, VAN_LANG, VAN_LAANG = "05587", "02143", "05665"


@pytest.fixture(scope="module")
def reader(thai_nguyen):
    return UnitReader(thai_nguyen[0])


def told(answer):
    return (answer.code, answer.level) if answer.question is None else answer.question.candidates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã Bình Yên", (BINH_YEN, None)),
        ("Đoàn xã Bình Yên", (BINH_YEN, None)),
        ("Xã đoàn Bình Yên", (BINH_YEN, None)),
        ("ĐTN xã Bình Yên", (BINH_YEN, None)),
        ("BCH Đoàn xã Bình Yên", (BINH_YEN, None)),
        ("Đoàn TNCS Hồ Chí Minh xã Bình Yên", (BINH_YEN, None)),
        ("X. Bình Yên", (BINH_YEN, None)),
        ("X.Bình Yên", (BINH_YEN, None)),
        ("xã bình yên", (BINH_YEN, None)),
        ("BÌNH YÊN", (BINH_YEN, None)),
        ("Xã Bình Yên, tỉnh Thái Nguyên", (BINH_YEN, None)),
        ("05587", (BINH_YEN, None)),
        ("x binh yen", (BINH_YEN, "fix")),
        ("P. Phan Đình Phùng", ("05443", None)),
        ("P.PĐP", ("05443", "warning")),
        ("Xã Định Hoá", ("05569", None)),
        ("xã Điềm Thuỵ", ("05941", None)),
        ("xã Lam Vĩ", ("05542", None)),
        ("xã Đồng Hỉ", ("05692", None)),
        ("phường Bắc Cạn", ("01843", "fix")),
        ("Phường Quán Triều", ("05482", "warning")),
        ("Xã Thần Sa", ("05725", None)),
        ("Thần Xa", ("05725", "fix")),
        ("Xã Văn Lang", (VAN_LANG, None)),
        ("Xã Văn Lăng", (VAN_LAANG, None)),
        ("VAN LANG", (VAN_LANG, VAN_LAANG)),
        ("x. van lang", (VAN_LANG, VAN_LAANG)),
        ("Xã Trung Lương, huyện Định Hoá", (BINH_YEN, "fix")),
        ("xa trung luong huyen dinh hoa", (BINH_YEN, "fix")),
        ("Xóm 5, Trung Lương, Định Hóa, TN", (BINH_YEN, "fix")),
        ("Xã Trung Lương", (BINH_YEN, "fix")),
        ("Phường Cam Giá, TP Thái Nguyên", ("05467", "05500")),
        ("Xã Thượng Đình, huyện Phú Bình", ("05908", "05941")),
        ("Phường Gia Sàng, TP Thái Nguyên", ("05443", "05467")),
        ("Phường Gia Sàng", ("05467", None)),
        ("Phường Trung Thành", ("05899", None)),
        ("Phường Trung Thành, TP Thái Nguyên", ("05500", "fix")),
        ("Phường Trung Thành, TP Phổ Yên", ("05899", "fix")),
        ("Tân Lập", ("02038", "05500")),
        ("Đoàn Đại Từ", ("05830",)),
        ("Huyện đoàn Đại Từ", (None, None)),
        ("Xã Đại Từ", ("05830", None)),
        ("Xã Phổ Yên", ("05860", "warning")),
        ("Xã Bình Yên, huyện Đại Từ", (BINH_YEN,)),
        ("Xã Tân Thành, Vụ Bản, Nam Định", ("05923", "05500")),
        ("Xã Bình Yên, TP Hà Nội", (BINH_YEN,)),
        ("Xã Xyz Abc", ()),
        ("Sảng Mộcc", ("05719",)),
        ("Trường THPT Định Hóa", (None, None)),
        ("HTX Bình Yên", (None, None)),
        ("Sở Lao động - Thương binh và Xã hội", (None, None)),
    ],
)
def test_a_unit_text_is_one_unit_or_a_question(reader, text, expected):
    assert told(reader.read(text, Context())) == expected


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("Phường Trung Thành", Context(era=Era.BEFORE), ("05899", "05500")),
        ("Phường Gia Sàng", Context(era=Era.BEFORE), ("05467", "05443")),
        ("Xã Bình Yên", Context(era=Era.BEFORE), (BINH_YEN, None)),
        ("Đại Từ", Context(era=Era.AFTER), ("05830", None)),
        ("Đại Từ", Context(names_commune=True), ("05830", None)),
        ("Phường Gia Sàng, TP Thái Nguyên", Context(era=Era.AFTER), ("05443", "05467")),
        ("Xã Trung Thành", Context(district="huyen-172"), ("05899", "warning")),
        ("Xã Hòa Bình", Context(district="huyen-169"), ("05665", "fix")),
        ("Xã Vạn Phú", Context(district="huyen-171"), ("05845", "fix")),
        ("binh yeen", Context(names_commune=True), (BINH_YEN,)),
    ],
)
def test_surroundings_settle_what_the_text_leaves_open(reader, text, context, expected):
    assert told(reader.read(text, context)) == expected


def test_the_branch_beside_a_unit_is_kept(reader):
    texts = ["Chi đoàn xóm 5 - xã Văn Lăng", "CĐ tổ 12 P.Gia Sàng", "Chi đoàn xóm 1"]

    answers = [reader.read(text, Context()) for text in texts]

    assert [(answer.code, answer.branch) for answer in answers] == [
        (VAN_LAANG, "Chi đoàn xóm 5"),
        ("05467", "CĐ tổ 12"),
        (None, "Chi đoàn xóm 1"),
    ]


def test_a_text_is_taken_apart_without_knowing_any_name():
    places = places_in("Chi đoàn xóm 3, TT. Nào Đó, H. Kia, tỉnh Nọ: 12 đồng chí")

    assert [(one.word, one.name) for one in (*places.communes, *places.districts, *places.provinces)] == [
        ("tt", "nào đó"),
        ("h", "kia"),
        ("tỉnh", "nọ"),
    ]
    assert places.bare == ("Chi đoàn xóm 3",)


def test_the_book_is_loaded_with_a_handful_of_queries(db, django_assert_num_queries):
    province = make_unit(name="Nơi Đây")
    make_unit(parent=province, name="Bình Yên", official_code="05587")

    with django_assert_num_queries(3):
        book = UnitBook.load(province)

    assert [entry.name for entry in book.entries.values()] == ["Nơi Đây", "Bình Yên"]


def test_a_remembered_answer_settles_the_same_text(db):
    province = make_unit(name="Nơi Đây")
    first = make_unit(parent=province, name="Văn Lang", official_code="00001")
    second = make_unit(parent=province, name="Văn Lăng", official_code="00002")
    asked = UnitReader(UnitBook.load(province)).read("VAN LANG", Context()).question

    UnitAlias.objects.create(unit=second, text=asked.text, spelling=asked.spelling)
    answer = UnitReader(UnitBook.load(province)).read("Van  lang", Context())

    assert asked.candidates == (first.official_code, second.official_code)
    assert asked.spelling == alias_key("van lang")
    assert told(answer) == ("00002", "fix")


def test_an_affiliated_union_is_known_by_its_name_and_a_closed_commune_by_its_heirs(db):
    province = make_unit(name="Nơi Đây")
    party = make_unit(
        parent=province, name="Đoàn các cơ quan Đảng tỉnh", kind=Unit.Kind.AFFILIATED, code="dang"
    )
    heir = make_unit(parent=province, name="Mới", official_code="00003")
    district = make_unit(parent=province, name="Cũ", kind=Unit.Kind.DISTRICT, valid_to="2025-06-30")
    old = make_unit(parent=district, name="Xưa", valid_to="2025-06-30")
    UnitLineage.objects.create(from_unit=old, to_unit=heir, kind="merge", effective_on="2025-07-01")

    reader = UnitReader(UnitBook.load(province))

    assert told(reader.read("đoàn các cơ quan Đảng tỉnh", Context())) == (party.code, None)
    assert told(reader.read("Xã Xưa, huyện Cũ", Context())) == ("00003", "fix")


def test_a_title_of_2023_asks_where_a_name_of_today_was_another_unit_then(thai_nguyen):
    title = "(Kèm theo Quyết định số 15-QĐ/TĐTN ngày 16/02/2023)"
    header = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"]
    person = [1, "Ma Văn Đại", "25/04/2003", "Phường Trung Thành"]

    old = read_roster(make_xlsx(("A", [[title], header, person])), "x", book=thai_nguyen[0])
    new = read_roster(
        make_xlsx(("A", [[title.replace("2023", "2026")], header, person])), "x", book=thai_nguyen[0]
    )

    assert old.rows[0].question.candidates == ("05899", "05500")
    assert new.rows[0].fields["unit_code"] == "05899"


# --- a list of one unit imported for another ------------------------------------------------------------

LIST = [["STT", "Họ và tên", "Ngày sinh"], [1, "Ma Văn Đại", "05/04/2003"], [2, "Nông Thị Đào", "2005"]]


def unit_notes(reading):
    return [
        [(problem.level, problem.message) for problem in row.problems if problem.field == "unit_code"]
        for row in reading.rows
    ]


def test_a_title_of_another_unit_than_the_chosen_one_is_told_on_every_row(read):
    reading = read([["ĐOÀN XÃ VĂN LĂNG"], ["DANH SÁCH ĐOÀN VIÊN"], *LIST], unit=BINH_YEN)

    told = "tiêu đề ghi Xã Văn Lăng nhưng danh sách được nhập cho Xã Bình Yên. Hãy xem lại đơn vị."
    assert [row.fields["unit_code"] for row in reading.rows] == [BINH_YEN] * 2
    assert unit_notes(reading) == [[("warning", f"Dòng {number}: {told}")] for number in (4, 5)]


def test_a_sheet_named_after_another_unit_is_told_too(thai_nguyen):
    book, units = thai_nguyen
    content = make_xlsx(("Xã Văn Lăng", LIST), ("Xã Bình Yên", LIST))

    reading = read_roster(content, "x", book=book, unit=units[BINH_YEN])

    told = "tên trang tính ghi Xã Văn Lăng nhưng danh sách được nhập cho Xã Bình Yên. Hãy xem lại đơn vị."
    assert unit_notes(reading) == [[("warning", f"Dòng {number}: {told}")] for number in (2, 3)] + [[], []]


@pytest.mark.parametrize(
    "title", ["ĐOÀN XÃ BÌNH YÊN", "TỈNH ĐOÀN THÁI NGUYÊN", "DANH SÁCH ĐOÀN VIÊN NĂM 2026"]
)
def test_a_title_of_the_chosen_unit_or_of_none_says_nothing(read, title):
    assert unit_notes(read([[title], *LIST], unit=BINH_YEN)) == [[], []]


def test_a_branch_may_be_chosen_for_a_list_headed_by_its_commune(thai_nguyen):
    book, units = thai_nguyen
    commune = units[BINH_YEN]
    branch = Unit(code="x-1", name="Xóm Đồng", kind=Unit.Kind.BRANCH, depth=3, path=commune.path + "0001")

    reading = read_roster(make_xlsx(("A", [["ĐOÀN XÃ BÌNH YÊN"], *LIST])), "x", book=book, unit=branch)

    assert unit_notes(reading) == [[], []]
    assert [row.fields["unit_code"] for row in reading.rows] == ["x-1"] * 2
