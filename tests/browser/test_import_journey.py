"""A person who never saw the portal brings an old list in, answers, applies, finds one, takes it back.

They know an address and a password; everything else they click because the page shows it. With PICTURES set
to a folder the pages are kept there as pictures: `make pictures` renews those in docs/screenshots.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP
from tests.browser.pictures import keep_picture
from tests.browser.test_main_path import new_tab, sign_in

pytestmark = pytest.mark.browser

ROSTER = Path(__file__).resolve().parents[1] / "rosters" / "squads-2023.xlsx"
ADMIN, PASSWORD = "quan-tri@example.vn", "mat-khau-that-dai-19"
SAME, OTHER = "Dương Quang Nam", "Vũ Thị Thuỳ Hà"
KNOWN = """
from members.actions import create_member
from units.models import Unit
for name in {names!r}:
    unit = Unit.objects.get(code="05740")
    create_member(unit=unit, facts={{"full_name": name, "born": "2002", "position": "Đoàn viên"}}, by=None)
"""


@pytest.fixture
def picture(request):
    """Keeps the page in view as a picture, when pictures are asked for."""
    folder = os.environ.get("PICTURES")
    return lambda tab, name: keep_picture(tab, Path(folder) / f"{name}.png") if folder else None


def open_menu(tab, name):
    """The entry of the menu, which stands before the page."""
    tab.get_by_role("link", name=name, exact=True).first.click()


def upload(tab, picture):
    """From the page after signing in to the form; the form says what it wants."""
    open_menu(tab, "Đoàn viên")
    tab.get_by_role("link", name="Nhập từ Excel").click()
    tab.get_by_role("link", name="Tải danh sách lên").first.click()
    tab.get_by_label("File danh sách").set_input_files(ROSTER)
    tab.locator(".select2-selection").click()
    tab.locator(".select2-search__field").fill("Thái Nguyên")
    tab.get_by_role("option", name="Tỉnh Đoàn Thái Nguyên").click()
    tab.get_by_label("Từng người đã đồng ý").check()
    tab.get_by_label("Văn bản hoặc nguồn của căn cứ").fill("Phiếu đăng ký đội hình năm 2023")
    expect(tab.get_by_label("Bổ sung và thay giá trị khác")).to_be_checked()
    tab.get_by_role("button", name="Tải lên và đọc").scroll_into_view_if_needed()
    picture(tab, "import-1-upload")
    tab.get_by_role("button", name="Tải lên và đọc").click()


def answer(tab, picture):
    """One line is a member whom the portal knows, another only has the name and year of one."""
    expect(tab.get_by_role("heading", name="Còn 2 câu hỏi")).to_be_visible(timeout=60_000)
    expect(tab.get_by_text("Áp dụng 58 dòng")).to_be_visible()
    picture(tab, "import-2-questions")
    question_about(tab, SAME).get_by_role("button", name="Cùng một người").click()
    expect(tab.get_by_role("heading", name="Còn 1 câu hỏi")).to_be_visible()
    question_about(tab, OTHER).get_by_role("button", name="Hai người khác nhau").click()
    expect(tab.get_by_text("Đã trả lời 2 câu hỏi")).to_be_visible()


def question_about(tab, name):
    return tab.get_by_role("article").filter(has=tab.get_by_role("heading", name=name))


def apply(tab, picture):
    expect(tab.get_by_text("Sẽ thêm 59 đoàn viên, cập nhật 1 hồ sơ.")).to_be_visible()
    tab.get_by_role("button", name="Áp dụng 60 dòng").click()
    expect(tab.get_by_text("Đã thêm 59 đoàn viên và cập nhật 1 dòng")).to_be_visible(timeout=60_000)
    picture(tab, "import-3-applied")


def find(tab, picture, name):
    """By the list of members; the record says which line of which file its values are from."""
    open_menu(tab, "Đoàn viên")
    tab.get_by_placeholder("Tìm theo tên, số điện thoại, mã").fill(name)
    tab.keyboard.press("Enter")
    tab.get_by_role("link", name=name).click()
    expect(tab.get_by_text("squads-2023.xlsx").first).to_be_visible()
    expect(tab.get_by_text("Đội hình 1, dòng 10").first).to_be_visible()
    tab.get_by_text("Nguồn dữ liệu").scroll_into_view_if_needed()
    picture(tab, "import-4-member")


def undo(tab, picture):
    open_menu(tab, "Nhập danh sách")
    tab.get_by_role("link", name="squads-2023.xlsx").click()
    tab.get_by_role("link", name="Hoàn tác").click()
    expect(tab.get_by_text("59 đoàn viên do lần nhập này thêm sẽ bị xóa.")).to_be_visible()
    picture(tab, "import-5-undo")
    tab.get_by_role("button", name="Hoàn tác 60 dòng").click()
    expect(tab.get_by_text(re.compile("Đã hoàn tác 60 dòng"))).to_be_visible(timeout=60_000)


def test_a_newcomer_imports_an_old_list_and_takes_it_back(portal, chromium, picture):
    portal.manage("create_admin", ADMIN, "Lý Thị Mai", text=f"{PASSWORD}\n")
    portal.manage("shell", "-v", "0", "-c", KNOWN.format(names=[SAME, OTHER]))
    tab = new_tab(chromium, DESKTOP)
    sign_in(tab, portal.url, ADMIN, PASSWORD)

    upload(tab, picture)
    answer(tab, picture)
    apply(tab, picture)
    find(tab, picture, SAME)
    undo(tab, picture)

    open_menu(tab, "Đoàn viên")
    expect(tab.get_by_role("link", name=SAME)).to_be_visible()
    expect(tab.get_by_text("Lý Đức Tùng")).to_have_count(0)
