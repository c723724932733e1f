"""Every page that a GET opens is usable by everyone: no axe violation, light and dark, phone width."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tests.browser.conftest import PHONE
from tests.pages import demo_admin, demo_member, every_page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}

pytestmark = pytest.mark.browser


def cookie_for(user, url):
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}


def faults_of(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"][:2]]


def sideways(page) -> bool:
    """Whether the page scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.django_db(transaction=True)
def test_every_page_passes_axe(chromium, live_server, scheme):
    call_command("demo", members=300, verbosity=0)
    people = {"anyone": None, "member": demo_member().user, "staff": demo_admin(), "either": None}
    faults = []

    for person, user in people.items():
        context = chromium.new_context(color_scheme=scheme, viewport=PHONE, locale="vi-VN", bypass_csp=True)
        if user:
            context.add_cookies([cookie_for(user, live_server.url)])
        tab = context.new_page()
        for page in every_page():
            if page.person != person:
                continue
            answer = tab.goto(live_server.url + page.path)
            if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
                continue
            faults += [(page.name, fault) for fault in faults_of(tab)]
            if not page.name.startswith("admin:") and sideways(tab):
                faults.append((page.name, "scrolls sideways"))
        context.close()

    assert faults == []
