"""The main job, end to end: from a roster file as it arrived to a certificate and a leader's number.

Everything is real: gunicorn, a Celery worker with beat, Redis, PostgreSQL, SMTP, Chromium and its camera.
"""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.camera import browser_with_camera, film_of
from tests.browser.conftest import CHROMIUM_FLAGS, DESKTOP, PHONE

pytestmark = pytest.mark.browser

ROSTER = Path(__file__).resolve().parents[1] / "rosters" / "form-export.csv"
NAME, ADDRESS = "Bế Minh Kiên", "user0@example.com"
ADMIN, ADMIN_PASSWORD = "quan-tri@example.vn", "mat-khau-that-dai-19"
PASSWORD = "Thanh-nien-so-2026"
TITLE = "Kỹ năng ứng dụng công nghệ số và AI"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now():
    return datetime.now(VIETNAM).replace(second=0, microsecond=0)


def new_tab(browser, viewport):
    context = browser.new_context(viewport=viewport, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(20_000)
    return context.new_page()


def sign_in(tab, url, email, password):
    tab.goto(f"{url}/tai-khoan/login/")
    tab.get_by_label("Email").fill(email)
    tab.get_by_label("Mật khẩu", exact=True).fill(password)
    tab.get_by_role("button", name="Đăng nhập").click()
    tab.wait_for_url(lambda address: "/login/" not in address)


def mail_to(portal, address, subject, *, seconds=60):
    """The newest mail to the address whose subject holds the words; waits for it."""
    import time  # noqa: PLC0415

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = [mail for mail in portal.mail.mails if mail.to == address and subject in mail.subject]
        if found:
            return found[-1]
        time.sleep(0.2)
    raise AssertionError(f"No mail «{subject}» to {address}: {[m.subject for m in portal.mail.mails]}")


def import_roster(tab, url):
    """Staff drop the file as it was sent to them, look at the preview and apply it."""
    tab.goto(f"{url}/quan-tri/members/rosterimport/add/")
    tab.locator('input[type="file"]').set_input_files(ROSTER)
    choose(tab, "unit", "Thái Nguyên")
    tab.get_by_label("Từng người đã đồng ý").check()
    tab.locator('[name="legal_basis"]').fill("Phiếu đăng ký có đồng ý của từng người")
    tab.get_by_role("button", name="Tải lên").click()
    apply = tab.get_by_role("button", name=re.compile(r"Áp dụng \d+ dòng"))
    expect(apply).to_be_visible(timeout=60_000)
    apply.click()
    expect(tab.get_by_text("Đã áp dụng").first).to_be_visible(timeout=60_000)


def choose(tab, field, words):
    """Pick the first offer of an autocomplete field of the web admin."""
    select = tab.locator(f'select[name="{field}"]')
    is_plain = select.count() and not select.evaluate("s => s.classList.contains('admin-autocomplete')")
    if is_plain or not select.count():
        return
    tab.locator(f'select[name="{field}"] + .select2').click()
    tab.locator(".select2-search__field").last.fill(words)
    tab.locator(".select2-results__option:not(.loading-results)", has_text=words).first.click()


def set_moment(tab, name, moment):
    tab.locator(f'[name="{name}_0"]').fill(moment.strftime("%d/%m/%Y"))
    tab.locator(f'[name="{name}_1"]').fill(moment.strftime("%H:%M"))


def create_event(tab, url, starts_at):
    """A training is made and published in the web admin."""
    tab.goto(f"{url}/quan-tri/events/event/add/")
    tab.locator('[name="title"]').fill(TITLE)
    tab.locator('select[name="kind"]').select_option("training")
    choose(tab, "host", "Thái Nguyên")
    set_moment(tab, "starts_at", starts_at)
    set_moment(tab, "ends_at", starts_at + timedelta(hours=3))
    set_moment(tab, "opens_at", now() - timedelta(days=1))
    set_moment(tab, "closes_at", starts_at)
    tab.locator('[name="place"]').fill("Hội trường Tỉnh Đoàn")
    tab.locator('[name="capacity"]').fill("50")
    tab.locator('[name="gives_certificate"]').check()
    tab.get_by_role("link", name="Các buổi").click()
    tab.get_by_text("Thêm một Buổi").click()
    tab.locator('[name="sessions-0-title"]').fill("Buổi sáng")
    set_moment(tab, "sessions-0-starts_at", starts_at)
    set_moment(tab, "sessions-0-ends_at", starts_at + timedelta(hours=3))
    tab.get_by_role("button", name="Lưu", exact=True).click()
    tab.goto(f"{url}/quan-tri/events/event/")
    tab.get_by_role("link", name=TITLE).click()
    event_id = re.search(r"/event/(\d+)/", tab.url)[1]
    press(tab, "Công bố")
    return event_id


def press(tab, name):
    """A button of a record in the web admin, and the yes to its question."""
    tab.get_by_role("link", name=name, exact=True).first.click()
    tab.locator("form button[type=submit]").last.click()
    tab.wait_for_load_state()


def sign_up(tab, portal):
    """A member makes an account and proves the address."""
    tab.goto(f"{portal.url}/tai-khoan/signup/")
    tab.get_by_label("Họ và tên").fill(NAME)
    tab.get_by_label("Email").fill(ADDRESS)
    tab.locator('[name="password1"]').fill(PASSWORD)
    tab.locator('[name="password2"]').fill(PASSWORD)
    tab.get_by_role("button", name="Đăng ký").click()
    tab.wait_for_url("**/confirm-email/**")
    link = re.search(r"http\S+/confirm-email/\S+", mail_to(portal, ADDRESS, "Xác nhận").body)[0]
    tab.goto(link)
    tab.get_by_role("button", name="xác nhận").click()
    sign_in(tab, portal.url, ADDRESS, PASSWORD)


def claim_record(tab, portal):
    """They take the record the roster made, by a code sent to the address in it."""
    tab.goto(f"{portal.url}/ca-nhan/nhan-ho-so/")
    tab.get_by_role("button", name="Gửi mã tới email").click()
    code = re.search(r"Mã nhận hồ sơ: (\S+)", mail_to(portal, ADDRESS, "Mã nhận hồ sơ").body)[1]
    tab.goto(f"{portal.url}/ca-nhan/nhan-ho-so/nhap-ma/")
    tab.locator('[name="code"]').fill(code)
    tab.locator('[name="full_name"]').fill(NAME)
    tab.get_by_role("button", name="Nhận hồ sơ").click()
    expect(tab.get_by_role("heading", name=NAME)).to_be_visible()


def register(tab, portal, event_id):
    """Two taps from the event's page; the ticket's QR."""
    tab.goto(f"{portal.url}/su-kien/{event_id}/")
    tab.get_by_role("button", name="Đăng ký", exact=True).click()
    tab.goto(f"{portal.url}/ca-nhan/")
    tab.get_by_role("link", name="Mở vé").click()
    expect(tab.locator(".ticket-qr")).to_be_visible()
    return tab.url.rstrip("/").split("/")[-1]


def payload_of(portal, serial):
    """What the QR of the ticket says, as the page draws it."""
    code = (
        f"from events.models import Ticket; print('payload', Ticket.objects.get(serial={serial!r}).payload)"
    )
    return re.search(r"payload (\S+)", portal.manage("shell", "-v", "0", "-c", code))[1]


def scan(driver, portal, event_id, payload, folder):
    """The doorkeeper's phone sees the code through its camera."""
    with browser_with_camera(driver, film_of(payload, folder / "ticket.y4m"), CHROMIUM_FLAGS) as browser:
        door = new_tab(browser, PHONE)
        sign_in(door, portal.url, ADMIN, ADMIN_PASSWORD)
        session = re.search(
            r"session (\d+)",
            portal.manage(
                "shell", "-v", "0", "-c",
                "from events.models import Session; "
                f"print('session', Session.objects.get(event={event_id}).pk)",
            ),
        )[1]  # fmt: skip
        door.goto(f"{portal.url}/diem-danh/{session}/")
        expect(door.locator(".scan-band-green .scan-band-name")).to_have_text(NAME, timeout=30_000)
        expect(door.locator('[data-part="pending"]')).to_have_text("0", timeout=20_000)


def end_event(tab, portal, event_id):
    """The training ended earlier than planned: staff set the true times, then issue the certificates."""
    tab.goto(f"{portal.url}/quan-tri/events/event/{event_id}/change/")
    began, ended = now() - timedelta(hours=2), now() - timedelta(minutes=1)
    set_moment(tab, "starts_at", began)
    set_moment(tab, "ends_at", ended)
    set_moment(tab, "closes_at", began)
    tab.get_by_role("link", name="Các buổi").click()
    set_moment(tab, "sessions-0-starts_at", began)
    set_moment(tab, "sessions-0-ends_at", ended)
    tab.get_by_role("button", name="Lưu", exact=True).click()


def issue(tab, portal, event_id):
    tab.goto(f"{portal.url}/quan-tri/events/event/{event_id}/change/")
    tab.get_by_text("Việc của sự kiện").first.click()
    press(tab, "Cấp giấy chứng nhận")


def test_from_the_roster_file_to_the_certificate(portal, chromium, playwright_driver, tmp_path):
    portal.manage("create_admin", ADMIN, "Quản trị Tỉnh Đoàn", text=f"{ADMIN_PASSWORD}\n")
    staff, member = new_tab(chromium, DESKTOP), new_tab(chromium, PHONE)
    sign_in(staff, portal.url, ADMIN, ADMIN_PASSWORD)

    import_roster(staff, portal.url)
    # The reminder two hours before falls due some minutes from now: late enough for a slow machine.
    event_id = create_event(staff, portal.url, now() + timedelta(hours=2, minutes=4))
    sign_up(member, portal)
    claim_record(member, portal)
    serial = register(member, portal, event_id)
    assert TITLE in mail_to(portal, ADDRESS, "Đã giữ chỗ").body
    scan(playwright_driver, portal, event_id, payload_of(portal, serial), tmp_path)
    assert "Thời gian" in mail_to(portal, ADDRESS, "Nhắc lịch", seconds=300).body
    end_event(staff, portal, event_id)
    issue(staff, portal, event_id)

    member.goto(f"{portal.url}/ca-nhan/")
    certificate = member.get_by_role("link", name="Giấy chứng nhận số 1")
    expect(certificate).to_be_visible()
    expect(member.get_by_text("Hoàn thành").first).to_be_visible()
    pdf = member.request.get(portal.url + certificate.get_attribute("href"))
    assert (pdf.status, pdf.body()[:5]) == (200, b"%PDF-")

    stranger = new_tab(chromium, PHONE)
    stranger.goto(portal.url + certificate.get_attribute("href").replace("tep.pdf", ""))
    expect(stranger.get_by_text(NAME).first).to_be_visible()
    expect(stranger.get_by_text("Có hiệu lực").first).to_be_visible()

    staff.goto(f"{portal.url}/bang-dieu-hanh/")
    number = staff.locator('a[href*="/nguon/attendances/"]', has_text="1").last
    staff.goto(portal.url + number.get_attribute("href"))
    expect(staff.get_by_text(NAME).first).to_be_visible()
