import pytest
from django.core.management import call_command

from core.models import AuditEntry
from core.text import fold
from units import actions
from units.actions.load_province import read_map
from units.models import Unit, UnitLineage

pytestmark = pytest.mark.django_db


def test_the_map_holds_every_province_and_commune_of_today_and_what_they_came_from():
    provinces = read_map().values()

    districts = [district for province in provinces for district in province["districts"]]
    old_communes = [commune for district in districts for commune in district[-1]]
    assert (len(provinces), sum(len(province["communes"]) for province in provinces)) == (34, 3321)
    assert (len(districts), len(old_communes)) == (696, 10035)


def test_every_code_of_the_map_is_unique():
    provinces = read_map().values()

    codes = [row[0] for province in provinces for row in province["communes"]]
    old_codes = [
        row[0] for province in provinces for district in province["districts"] for row in district[-1]
    ]
    assert (len(codes), len(old_codes)) == (len(set(codes)), len(set(old_codes)))
    assert all(len(code) == 5 and code.isdigit() for code in codes + old_codes)


def test_every_former_commune_went_somewhere_in_its_province():
    for province in read_map().values():
        present = {row[0] for row in province["communes"]}
        reached = set()
        for *_, own_line, communes in province["districts"]:
            reached.update(own_line, *(row[-1] for row in communes))
            assert all(row[-1] for row in communes)

        assert reached == present


def test_thai_nguyen_has_its_92_communes_and_280_former_ones():
    loaded = actions.load_province(code="19")

    wards = Unit.objects.communes().filter(kind=Unit.Kind.WARD)
    assert (loaded.communes, loaded.districts, loaded.old_communes) == (92, 17, 280)
    assert wards.count() == 15
    assert Unit.objects.find_problems() == ([], [], [], [], [])


def test_former_units_are_closed_and_hang_below_their_district():
    actions.load_province(code="19")

    old = Unit.objects.get(code="cu-05587")
    district, commune = Unit.objects.get(code="huyen-167"), Unit.objects.get(code="05587")
    assert (old.place, str(old.valid_to)) == ("Xã Bình Yên", "2025-06-30")
    assert (district.title, Unit.objects.get_parent(old)) == ("Đoàn huyện Định Hóa", district)
    assert (commune.title, commune.official_code, str(commune.valid_from)) == (
        "Đoàn xã Bình Yên",
        "05587",
        "2025-07-01",
    )


def test_divided_communes_keep_every_part_and_none_is_preferred():
    actions.load_province(code="19")

    parts = {}
    for line in UnitLineage.objects.filter(kind="split").select_related("from_unit", "to_unit"):
        parts.setdefault(line.from_unit.name, set()).add(line.to_unit.name)
    assert parts == {
        "Thượng Đình": {"Phú Bình", "Điềm Thụy"},
        "Cam Giá": {"Gia Sàng", "Tích Lương"},
        "Gia Sàng": {"Gia Sàng", "Phan Đình Phùng"},
    }


def test_unchanged_communes_have_a_line_of_their_own():
    actions.load_province(code="19")

    kept = UnitLineage.objects.filter(kind="keep").order_by("from_unit__name")
    assert [line.from_unit.name for line in kept] == ["Sảng Mộc", "Thượng Quan"]


def test_an_island_district_without_communes_hands_on_by_itself():
    actions.load_province(code="51")

    line = UnitLineage.objects.get(from_unit__code="huyen-536")
    assert (str(line), line.kind) == ("Đoàn huyện Lý Sơn → Đoàn đặc khu Lý Sơn", "rename")


def test_same_old_name_in_two_districts_stays_two_units():
    actions.load_province(code="19")

    lines = UnitLineage.objects.filter(from_unit__search_name=fold("Trung Thành")).order_by("to_unit__name")
    assert [line.to_unit.name for line in lines] == ["Trung Thành", "Tích Lương"]


def test_a_second_loading_changes_nothing_and_is_not_audited(capsys):
    actions.load_province(code="19")
    before = list(Unit.objects.order_by("pk").values())

    call_command("load_units", province="19")

    assert capsys.readouterr().out == "Tỉnh Thái Nguyên: đã đủ đơn vị, không có gì thay đổi.\n"
    assert list(Unit.objects.order_by("pk").values()) == before
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["province.loaded"]


def test_loading_completes_what_is_missing_and_keeps_what_staff_changed(capsys):
    actions.load_province(code="19")
    Unit.objects.filter(code="05587").update(name="Bình Yên mới")
    UnitLineage.objects.filter(from_unit__code="cu-05719").delete()
    Unit.objects.filter(code="cu-05719").delete()

    call_command("load_units")

    said = "Tỉnh Thái Nguyên: thêm 0 xã, phường, đặc khu; 0 huyện cũ; 1 xã cũ; 1 dòng kế thừa.\n"
    assert capsys.readouterr().out == said
    assert Unit.objects.get(code="05587").name == "Bình Yên mới"


def test_an_unknown_province_is_refused_in_vietnamese(capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("load_units", province="99")

    assert stop.value.code == 2
    assert capsys.readouterr().err.strip() == (
        "Không có tỉnh, thành phố nào mang mã 99. Mã gồm 2 chữ số, ví dụ 19."
    )


def test_loading_takes_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(160):
        actions.load_province(code="19")
