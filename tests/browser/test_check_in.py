"""The page at the door in a real browser, its camera looking at a ticket."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from events.models import Attendance, Scan
from tests.browser.camera import browser_with_camera, film_of
from tests.browser.conftest import CHROMIUM_FLAGS, PHONE
from tests.factories.attendance import make_ticket
from tests.factories.events import make_event
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session():
    event = make_event(starts_at=timezone.now() - timedelta(minutes=10))
    return event.sessions.get()


@pytest.fixture
def seen(session):
    """The ticket the camera looks at."""
    member = make_member(full_name="Lý Thị Xuân", unit=make_unit(parent=session.event.host, name="Bình Yên"))
    return make_ticket(event=session.event, member=member)


@pytest.fixture
def camera(playwright_driver, seen, tmp_path):
    film = film_of(seen.payload, tmp_path / "ticket.y4m")
    with browser_with_camera(playwright_driver, film, CHROMIUM_FLAGS) as browser:
        yield browser


@pytest.fixture
def blind(playwright_driver, tmp_path):
    """A camera that looks at a white wall."""
    film = film_of(None, tmp_path / "wall.y4m")
    with browser_with_camera(playwright_driver, film, CHROMIUM_FLAGS) as browser:
        yield browser


def door(browser, live_server, session, *, cut=None):
    """The check-in page of the session, opened by its doorkeeper, and what its console complained about.

    Requests to the address `cut` never arrive.
    """
    keeper = make_staff(unit=session.event.host, role=Role.DOORKEEPER)
    client = Client()
    client.force_login(keeper)
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    context = browser.new_context(viewport=PHONE, locale="vi-VN")
    context.add_cookies([cookie | {"url": live_server.url}])
    if cut:
        context.route(cut, lambda route: route.abort())
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.goto(f"{live_server.url}/diem-danh/{session.pk}/")
    return page, complaints


def part(page, name):
    return page.locator(f'[data-part="{name}"]')


def type_code(page, code):
    if not page.locator(".check-in-typing[open]").count():
        page.locator(".check-in-typing summary").click()
    page.get_by_label("Mã vé").fill(code)
    page.get_by_role("button", name="Điểm danh").click()


def test_the_camera_reads_a_ticket_and_admits_its_holder(camera, live_server, session, seen):
    page, complaints = door(camera, live_server, session)

    expect(page.locator(".scan-band-green .scan-band-name")).to_have_text("Lý Thị Xuân", timeout=20000)
    expect(part(page, "present")).to_have_text("1")
    expect(part(page, "ready-text")).to_contain_text("Sẵn sàng: 1/1")

    present = Attendance.objects.get()
    assert (present.member.full_name, present.method) == ("Lý Thị Xuân", "qr")
    assert list(Scan.objects.values_list("outcome", flat=True)) == ["admitted"]
    assert complaints == []


def test_scans_without_network_wait_here_and_go_out_once(blind, live_server, session):
    tickets = [make_ticket(event=session.event) for _ in range(2)]
    page, _ = door(blind, live_server, session)
    expect(part(page, "ready-text")).to_contain_text("Sẵn sàng: 2/2")
    page.context.set_offline(True)

    for ticket in tickets:
        type_code(page, ticket.code)
        name = ticket.registration.member.full_name
        expect(page.locator(".scan-band-green .scan-band-name")).to_have_text(name)
    type_code(page, tickets[0].code)
    expect(page.locator(".scan-band-amber .scan-band-head")).to_contain_text("Đã có mặt lúc")
    expect(part(page, "pending")).to_have_text("3")
    assert Scan.objects.count() == 0
    page.context.set_offline(False)

    expect(part(page, "pending")).to_have_text("0", timeout=15000)
    expect(part(page, "present")).to_have_text("2")
    assert list(Scan.objects.order_by("pk").values_list("outcome", flat=True)) == [
        "admitted", "admitted", "repeated",
    ]  # fmt: skip


def test_pending_scans_survive_closing_the_page(blind, live_server, session):
    ticket = make_ticket(event=session.event)
    page, _ = door(blind, live_server, session)
    expect(part(page, "ready-text")).to_contain_text("Sẵn sàng")
    page.context.set_offline(True)
    type_code(page, ticket.code)
    expect(part(page, "pending")).to_have_text("1")
    page.close()

    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(f"{live_server.url}/diem-danh/{session.pk}/")

    expect(part(again, "present")).to_have_text("1")
    assert Attendance.objects.count() == 1


def test_a_slow_list_does_not_forget_a_scan_that_overtook_it(blind, live_server, session):
    ticket = make_ticket(event=session.event)
    page, _ = door(blind, live_server, session)
    expect(part(page, "ready-text")).to_contain_text("Sẵn sàng")
    held = []
    page.context.route("**/ve/", lambda route: held.append((route, route.fetch())), times=1)
    page.reload()
    page.wait_for_timeout(200)
    type_code(page, ticket.code)
    expect(part(page, "present")).to_have_text("1")
    [(route, answered_before)] = held
    assert answered_before.json()["present"] == 0

    route.fulfill(response=answered_before)

    expect(part(page, "ready-text")).to_contain_text("Sẵn sàng")
    expect(part(page, "present")).to_have_text("1")


@pytest.mark.parametrize(
    ("is_forged", "band", "head"), [(False, "green", "Có mặt, chờ gửi"), (True, "red", "Mã không hợp lệ")]
)
def test_the_page_checks_the_signature_by_itself(
    playwright_driver, live_server, session, seen, tmp_path, is_forged, band, head
):
    start, _, signature = seen.payload.rpartition(".")
    shown = f"{start}.{signature[::-1]}" if is_forged else seen.payload
    film = film_of(shown, tmp_path / "ticket.y4m")

    with browser_with_camera(playwright_driver, film, CHROMIUM_FLAGS) as browser:
        page, _ = door(browser, live_server, session, cut="**/luot-quet/")
        expect(page.locator(f".scan-band-{band} .scan-band-head")).to_contain_text(head, timeout=20000)
        expect(part(page, "pending")).to_have_text("1")

    assert Scan.objects.count() == 0


def test_without_a_camera_the_page_says_what_to_do(chromium, live_server, session):
    page, _ = door(chromium, live_server, session)

    expect(part(page, "camera-hint")).to_contain_text("nhập mã vé")
