"""Members wait on their phones: one seat is taken, one passed on, one lost, and everybody reads why."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from events import actions
from events.models import Registration
from tests.browser.conftest import PHONE
from tests.factories.accounts import make_account
from tests.factories.events import make_event, make_registration
from tests.factories.members import make_member
from tests.factories.units import make_unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = {"mot": "Hoàng Thị Mai", "hai": "Lý Văn Páo", "ba": "Ma Thị Đào"}


@pytest.fixture
def event():
    return make_event(capacity=1, offer_hours=12)


@pytest.fixture
def unit():
    return make_unit()


def phone(chromium, live_server, member):
    """A phone on which the member is signed in."""
    client = Client()
    client.force_login(member.user)
    name = settings.SESSION_COOKIE_NAME
    context = chromium.new_context(viewport=PHONE, locale="vi-VN")
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return context.new_page()


def test_a_seat_is_offered_passed_on_lost_and_taken(chromium, live_server, event, unit):
    seated = make_registration(event=event)
    members = {
        key: make_member(unit=unit, full_name=name, user=make_account(email=f"{key}@example.vn"))
        for key, name in NAMES.items()
    }
    pages = {key: phone(chromium, live_server, member) for key, member in members.items()}
    for page in pages.values():
        page.goto(live_server.url + event.get_absolute_url())
        page.get_by_role("button", name="Vào danh sách chờ").click()
    expect(pages["ba"].get_by_role("heading", name="Bạn đứng thứ 3 trong danh sách chờ")).to_be_visible()
    pages["ba"].get_by_text("Vì sao tôi chưa có chỗ?").click()
    expect(pages["ba"].get_by_text("Trước bạn có 2 người, vào danh sách sớm hơn.")).to_be_visible()

    actions.cancel_registration(registration=seated, by=None)
    pages["mot"].reload()
    expect(pages["mot"].get_by_role("heading", name="Đến lượt bạn: nhận chỗ trước")).to_be_visible()
    pages["mot"].get_by_role("button", name="Nhường chỗ").click()
    expect(pages["mot"].get_by_text("Đã nhường chỗ.")).to_be_visible()

    Registration.objects.filter(state="offered").update(offer_until=timezone.now() - timedelta(seconds=1))
    actions.move_waiting_lists(at=timezone.now())
    pages["hai"].reload()
    expect(pages["hai"].get_by_text("Đăng ký lại thì bạn đứng cuối danh sách chờ.")).to_be_visible()
    expect(pages["hai"].get_by_role("button", name="Vào danh sách chờ")).to_be_visible()

    pages["ba"].reload()
    pages["ba"].get_by_role("button", name="Nhận chỗ").click()
    expect(pages["ba"].get_by_role("heading", name="Đã giữ chỗ cho bạn")).to_be_visible()
    expect(pages["ba"].get_by_role("link", name="Xem vé")).to_be_visible()
    states = event.registrations.order_by("turn").values_list("state", flat=True)
    assert list(states) == ["cancelled", "declined", "expired", "seated"]
