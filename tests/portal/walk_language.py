"""No English sentence reaches a user: not on a page, not after an empty form."""

import re
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from tests.pages import demo_admin, demo_member, every_page

# Whole words that are no Vietnamese syllable and stand in almost every English sentence.
ENGLISH = re.compile(
    r"\b(the|is|are|this|that|you|your|please|field|required|enter|valid|invalid|select|must|with|does|was|"
    r"has|been|cannot|error|submit|search|save|delete|home|add|change|history|view|filter|actions?|password|"
    r"sign|account|choose|remove|show|all|none|yes|next|previous|of)\b",
    re.IGNORECASE,
)
SILENT = {"script", "style", "template", "code", "svg"}
SPOKEN = ("title", "aria-label", "placeholder", "alt")


class Reader(HTMLParser):
    """What a person sees or a screen reader says, and the forms to post."""

    def __init__(self):
        super().__init__()
        self.depth, self.texts, self.forms = 0, [], []

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.depth += tag in SILENT
        self.texts += [facts[name] for name in SPOKEN if facts.get(name)]
        if tag == "form":
            self.forms.append(
                {"method": facts.get("method", "get").lower(), "action": facts.get("action"), "hidden": {}}
            )
        if tag == "input" and facts.get("type") in ("submit", "button"):
            self.texts.append(facts.get("value") or "")
        if tag == "input" and facts.get("type") == "hidden" and self.forms:
            self.forms[-1]["hidden"][facts.get("name")] = facts.get("value") or ""

    def handle_endtag(self, tag):
        self.depth -= tag in SILENT

    def handle_data(self, data):
        if not self.depth and data.strip():
            self.texts.append(data.strip())


def read(response) -> Reader:
    reader = Reader()
    reader.feed(response.content.decode(response.charset))
    return reader


def english_in(reader) -> list[str]:
    return [text for text in reader.texts if ENGLISH.search(text) and not re.search(r"[@/]|https?:", text)]


@pytest.fixture
def people(db):
    call_command("demo", members=300, verbosity=0)
    anyone, member, staff = Client(), Client(), Client()
    member.force_login(demo_member().user)
    staff.force_login(demo_admin())
    return {"anyone": [anyone], "member": [member], "staff": [staff], "either": [anyone, member]}


def is_page(response) -> bool:
    return response.status_code in (200, 403, 404, 422) and "text/html" in response.get("Content-Type", "")


def test_no_page_and_no_refused_form_speaks_english(people):
    spoken = []
    seen = 0

    for page in every_page():
        for client in people[page.person]:
            response = client.get(page.path)
            if not is_page(response):
                continue
            seen += 1
            reader = read(response)
            spoken += [(page.name, text) for text in english_in(reader)]
            spoken += posted_empty(client, page, reader)

    assert sorted(set(spoken)) == []
    assert seen > 60


def posted_empty(client, page, reader):
    """What the page's forms answer when they are sent with nothing filled in."""
    for form in reader.forms:
        if form["method"] != "post":
            continue
        address = form["action"] or page.path
        with transaction.atomic():
            answer = client.post(address, form["hidden"])
            transaction.set_rollback(True)
        if is_page(answer):
            yield from ((f"{page.name} POST", text) for text in english_in(read(answer)))
