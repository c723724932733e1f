"""The page on how a file was read."""

import pytest
from django.urls import reverse

from members.models import HeaderMemory, RosterImport
from members.roster.columns import role_of
from members.roster.corrections import SheetCorrection
from members.roster.explaining import letter_of, why
from members.roster.instructions import sheet_corrections
from tests.factories.imports import make_import_of
from tests.factories.rosters import make_csv, make_xlsx
from tests.factories.units import make_unit
from tests.members.roster_reading.lists import PLAIN, STRANGE, named
from tests.members.roster_reading.test_reading_again import read_again

pytestmark = pytest.mark.django_db
State = RosterImport.State


@pytest.fixture
def strange(commune, secretary):
    return make_import_of(make_csv(STRANGE), unit=commune, by=secretary, file_name="la.csv")


@pytest.fixture
def plain(commune, secretary):
    rows = [["DANH SÁCH"], *PLAIN, ["Tổng cộng: 2 người"]]
    return make_import_of(
        make_xlsx(("Một", rows), ("Nháp", PLAIN), hidden=("Nháp",)), unit=commune, by=secretary
    )


def address(name, roster_import):
    return reverse(f"admin:members_rosterimport_{name}", args=[roster_import.pk])


def form_of(page, place=0, **said):
    """What the page's form sends for one sheet, with other words where wanted."""
    form = next(form for form in page.context["forms"] if form.told.place == place)
    told = form.told
    data = {f"s{place}-{name}": value for name, value in form.initial.items() if value}
    data |= {f"s{place}-c{column.number}": column.role.value for column in told.columns}
    data |= {f"s{place}-shown_row": told.header_row, f"s{place}-shown_depth": told.depth}
    return data | {"mark": page.context["mark"]} | {f"s{place}-{name}": v for name, v in said.items()}


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Họ và tên", "Tiêu đề ghi “Họ và tên”."),
        ("Số CCCD/CMND", "Tiêu đề ghi “CCCD”."),
        ("Năm sinh – Nam", "Tiêu đề ghi “Nam” dưới “Năm sinh”."),
        ("Quê quán", "Tiêu đề ghi “Quê quán”: cổng không dùng cột này."),
        ("Chào đời", "Cổng chưa biết tiêu đề này."),
    ],
)
def test_a_column_is_explained_by_the_words_of_its_header(title, words):
    assert why(title, role_of(title.split(" – ")[-1])) == words


def test_columns_are_named_as_excel_does():
    assert [letter_of(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_the_page_tells_header_columns_and_what_was_skipped(client, plain):
    page = client.get(address("reading", plain))

    first, hidden = (form.told for form in page.context["forms"])
    shown = [(column.letter, column.label, column.why) for column in first.columns]
    assert (first.header_row, first.row_count, hidden.skipped) == (2, 2, "Trang ẩn.")
    assert shown[3] == ("D", "Điện thoại", "Tiêu đề ghi “Điện thoại”.")
    assert shown[7] == ("H", "Không đọc", "Tiêu đề ghi “Quê quán”: cổng không dùng cột này.")
    assert first.left_out == [(5, "dòng tổng cộng", "Tổng cộng: 2 người")]
    assert "Trang tính “Nháp”" in page.text


def test_citizen_numbers_are_hidden_on_it(client, plain):
    page = client.get(address("reading", plain)).text

    assert "••••••••1234" in page
    assert "019304001234" not in page


def test_pressing_the_button_reads_the_file_again(client, strange, rung):
    page = client.get(address("reading", strange))
    said = form_of(page, is_read="on", c1="full_name", c2="date_of_birth", c3="phone")

    response = client.post(address("reading", strange), said)

    strange.refresh_from_db()
    assert response.url == address("change", strange)
    assert (strange.state, rung) == (State.WAITING, [strange.pk])
    assert {c: r.value for c, r in sheet_corrections(strange)[0].header.roles.items()} == {
        0: "row_number", 1: "full_name", 2: "date_of_birth", 3: "phone", 4: "other",
    }  # fmt: skip


def test_another_row_shows_its_columns_first(client, plain, rung):
    page = client.get(address("reading", plain))

    looked = client.post(address("reading", plain), form_of(page, row=3))

    told = looked.context["forms"][0].told
    assert rung == []
    assert (told.header_row, [column.title for column in told.columns][:2]) == (3, ["1", "Ma Thị Lan"])
    assert "Hãy xem lại từng cột rồi bấm “Đọc lại”" in looked.text


def test_what_was_taken_for_the_header_before_is_none_any_more(client, plain, rung):
    page = client.get(address("reading", plain))
    looked = client.post(address("reading", plain), form_of(page, row=1))

    said = form_of(looked, is_read="on", c0="full_name") | form_of(looked, 1)
    client.post(address("reading", plain), said)

    plain.refresh_from_db()
    assert sheet_corrections(plain)[0].not_headers == (2,)


def test_without_a_name_nothing_is_read(client, strange, rung):
    page = client.get(address("reading", strange))

    response = client.post(address("reading", strange), form_of(page, is_read="on", c3="phone"))

    strange.refresh_from_db()
    assert "Hãy chọn cột họ và tên" in response.text
    assert '<option value="phone" selected>' in response.text
    assert (strange.state, rung) == (State.FAILED, [])


def test_columns_of_a_sheet_that_is_not_ticked_are_not_lost_silently(client, strange, rung):
    page = client.get(address("reading", strange))

    response = client.post(address("reading", strange), form_of(page, c1="full_name"))

    assert "chưa đánh dấu “Đọc trang tính này”" in response.text
    assert rung == []


def test_a_sheet_without_a_tick_is_skipped_and_the_rest_left_as_it_is(client, commune, secretary, rung):
    two = make_import_of(make_xlsx(("Một", PLAIN), ("Hai", PLAIN)), unit=commune, by=secretary)
    page = client.get(address("reading", two))
    said = form_of(page, 0) | form_of(page, 1)
    del said["s0-is_read"]

    client.post(address("reading", two), said)

    two.refresh_from_db()
    assert sheet_corrections(two) == {0: SheetCorrection(is_read=False)}


def test_the_second_person_is_told_who_was_first(client, strange, secretary, rung):
    page = client.get(address("reading", strange))
    said = form_of(page, is_read="on", c1="full_name")
    client.post(address("reading", strange), said)
    RosterImport.objects.filter(pk=strange.pk).update(state=State.READY)

    response = client.post(address("reading", strange), said, follow=True)

    assert "Ma Văn Đại đã cho đọc lại file này lúc" in response.text
    assert rung == [strange.pk]


def test_a_remembered_header_says_so_and_is_forgotten(client, strange, commune, secretary):
    read_again(strange, secretary, {0: named(2)})
    later = make_import_of(make_csv(STRANGE), unit=commune, by=secretary)
    page = client.get(address("reading", later))

    client.post(address("forget_header", later), {"memory": HeaderMemory.objects.get().pk})

    assert "Theo cách đọc đã nhớ từ lần nhập" in page.text
    assert "la.csv" in page.text
    assert not HeaderMemory.objects.exists()
    assert "nay đã được quên" in client.get(address("reading", later)).text


def test_what_another_commune_taught_cannot_be_forgotten_here(client, plain, province):
    foreign = make_unit(parent=province)
    memory = HeaderMemory.objects.create(shape="x", unit=foreign, roles={"0": "full_name"}, file_name="x")

    client.post(address("forget_header", plain), {"memory": memory.pk})

    assert HeaderMemory.objects.exists()


def test_what_is_written_is_explained_and_not_changed(client, plain):
    RosterImport.objects.filter(pk=plain.pk).update(state=State.APPLIED)

    page = client.get(address("reading", plain)).text

    assert "Lần nhập này không còn đọc lại được" in page
    assert "Đọc lại</button>" not in page
    assert "<select" not in page.split('class="roster"')[1]


def test_a_failed_import_leads_there(client, strange):
    page = client.get(address("change", strange)).text

    assert address("reading", strange) in page


def test_what_is_being_read_has_nothing_to_tell(client, strange):
    RosterImport.objects.filter(pk=strange.pk).update(state=State.WAITING)

    assert client.get(address("reading", strange)).url == address("change", strange)


def test_of_many_wide_sheets_the_rest_have_pages_of_their_own(client, commune, secretary):
    wide = [[*PLAIN[0], *(f"Mục {n}" for n in range(40))], *PLAIN[1:]]
    many = make_import_of(make_xlsx(*((f"Trang {n}", wide) for n in range(9))), unit=commune, by=secretary)
    page = client.get(address("reading", many))

    last = client.get(address("reading", many) + "?trang=8")

    assert [form.told.place for form in page.context["forms"]] == [0, 1, 2]
    assert 'href="?trang=8"' in page.text
    assert [form.told.place for form in last.context["forms"]] == [8]
