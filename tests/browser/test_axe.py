"""Every page that a GET opens is usable by everyone: no axe violation, light and dark, phone width."""

from contextlib import closing

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.core.management import call_command

from tests.browser.conftest import PHONE
from tests.browser.people import cookies_of, everyone, opener_of, pages_to_open

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
HEIGHT = "document.documentElement.scrollHeight"
# The web admin learns of the night by an event, and colours may glide: wait until they stand.
SETTLED = """async () => {
  await new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)));
  await Promise.all(document.getAnimations().map(moving => moving.finished.catch(() => {})));
}"""

pytestmark = pytest.mark.browser


def axe_faults(tab) -> list[str]:
    """What axe finds on the open page, first by day and then by night."""
    tab.evaluate(AXE_SCRIPT)
    faults = []
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        tab.evaluate(SETTLED)
        found = tab.evaluate("rules => axe.run(rules)", RULES)["violations"]
        faults += [
            f"{scheme} {fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"][:2]
        ]
    return faults


def faults_of(tab, url) -> list[str]:
    """Everything wrong with the page at the address."""
    tab.emulate_media(color_scheme="light")
    tab.set_viewport_size(PHONE)
    answer = tab.goto(url)
    if answer.status != 200 or tab.url != url:
        return [f"answers {answer.status} at {tab.url}"]
    sideways = ["scrolls sideways"] if tab.evaluate(SIDEWAYS) else []
    # As tall as the page: bars that stick to the edge of the screen would lie over what scrolls under them.
    tab.set_viewport_size({**PHONE, "height": max(PHONE["height"], tab.evaluate(HEIGHT))})
    return sideways + axe_faults(tab)


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.django_db(transaction=True)
def test_every_page_passes_axe(chromium, live_server, settings, half):
    settings.EMBEDDED = True  # the mailbox is a page of that mode only
    call_command("demo", members=300, verbosity=0)
    opened, faults = 0, []

    pages = pages_to_open()[half::2]
    for kind, come_in in everyone().items():
        with closing(chromium.new_context(locale="vi-VN", bypass_csp=True)) as context:
            context.add_cookies(cookies_of(come_in(), live_server.url))
            tab = context.new_page()
            for page in pages:
                if opener_of(page) == kind:
                    opened += 1
                    faults += [f"{page.name}: {it}" for it in faults_of(tab, live_server.url + page.path)]

    assert not faults, "\n".join(faults)
    assert opened == len(pages) > 60
