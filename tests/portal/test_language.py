"""No English sentence reaches a user, on no page, and no key or year is written like a number to be read."""

import json
import re
from copy import deepcopy

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import AutoField
from django.test import Client
from django.urls import reverse

from tests.factories.units import make_user
from tests.pages import admin_steps, demo_admin, demo_member, every_page
from tests.words import english_in, is_english, read

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-kho-doan-2026"
# Files and figures for machines, addresses that answer only to POST, and ways of signing in that are off.
NO_PAGES = {
    "healthz",
    "readyz",
    "account_confirm_login_code",
    "events:check-in-tickets",
    "members:claim-send",
    "members:claim-slips-print",
    "members:consent-give",
    "members:consent-withdraw",
    "members:data-request-take-back",
    "members:own-data-file",
    "socialaccount_signup",
    "members:own-data-text",
    "members:ward-agree",
    "members:ward-withdraw",
    "mfa_download_recovery_codes",
    "admin:units_restructuringplan_table",
    "programs:activity-withdraw",
}


FIRST_KEY = 12_345  # keys that a page would write as 12.345 if it took them for numbers to be read
SPLIT_KEY = re.compile(r"(?<![\d.,])(12\.[3-9]|2\.0)\d\d(?!\d)")
SPLIT_YEAR = re.compile(r"(năm|tháng \d+|/) ?[12]\.\d{3}\b", re.IGNORECASE)


def start_keys_at(first: int):
    """Let every table give out keys from here on."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table, column = model._meta.db_table, model._meta.pk.column
            if not isinstance(model._meta.pk, AutoField) or model._meta.proxy:
                continue
            if connection.vendor == "postgresql":
                cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" RESTART WITH {first}')
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first - 1])


def signed_in(user) -> Client:
    """Signed in by the form, as pages that ask for the password again after a while want it."""
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def newcomer() -> Client:
    """Somebody with an account, but without a member record and without a password."""
    user = make_user(email="moi@example.vn")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def people(db):
    """The clients that open a page, by the kind of person it is for; `halfway` owes the second factor."""
    cache.clear()
    start_keys_at(FIRST_KEY)
    call_command("demo", members=200, verbosity=0)
    member, admin = demo_member().user, demo_admin()
    for user in (member, admin):
        user.set_password(PASSWORD)
        user.save()
    plain, desk, new = signed_in(member), signed_in(admin), newcomer()
    TOTP.activate(admin, generate_totp_secret())
    RecoveryCodes.activate(admin)
    return {
        "anyone": [Client()],
        "member": [plain, new],
        "staff": [desk],
        "either": [Client(), plain, new, desk],
        "halfway": [signed_in(admin)],
    }


def is_page(response) -> bool:
    return response.status_code in (200, 401, 403, 404, 422) and "text/html" in response.get(
        "Content-Type", ""
    )


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Select value", True),
        ("Please correct the errors below.", True),
        ("Đơn vị: Today", True),
        ("province.loaded", True),
        ("announced", True),
        ("Đoàn viên Nguyễn Thị Huyền, Đoàn phường Phan Đình Phùng", False),
        ("Xuất Excel, gửi tới lan@example.vn lúc 08:15 3/4/2026", False),
        ("khuya khoắt, ngoằn ngoèo, quyển, giếng, nghiêng", False),
    ],
)
def test_english_is_told_from_vietnamese(text, answer):
    assert is_english(text) is answer


def test_no_page_speaks_english_or_splits_keys_and_years(people):
    spoken, split, seen, posted = set(), set(), set(), set()
    pages = every_page()

    for page in pages + admin_steps():
        for client in people["halfway" if page.name == "mfa_authenticate" else page.person]:
            response = client.get(page.path)
            if is_page(response):
                seen.add(page.name)
                reader = read(response)
                spoken |= {(page.name, text) for text in english_in(reader.texts)}
                split |= {(page.name, mark) for mark in reader.marks if SPLIT_KEY.search(mark)}
                split |= {(page.name, text) for text in reader.texts if SPLIT_YEAR.search(text)}
                spoken |= posted_empty(client, page, reader, posted)

    assert sorted(spoken) == []
    assert sorted(split) == []
    assert demo_member().pk >= FIRST_KEY
    assert {page.name for page in pages} - seen <= NO_PAGES
    assert {"admin:units_roleassignment_grant", "admin:programs_squad_disband"} <= seen
    assert len(posted) > 60


def posted_empty(client, page, reader, posted) -> set:
    """What the page's forms answer when they are sent with nothing filled in; each form once."""
    spoken = set()
    for form in reader.forms:
        address = form["action"] or page.path
        if form["method"] != "post" or (client, address) in posted:
            continue
        posted.add((client, address))
        answer = post_and_forget(client, address, form["hidden"])
        if is_page(answer):
            spoken |= {(f"{page.name} POST", text) for text in english_in(read(answer).texts)}
    return spoken


def post_and_forget(client, address, data):
    """The answer to a form, with the database and the person's cookies as they were: some sign out."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.post(address, data)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def test_links_from_mails_that_lead_nowhere_speak_no_english(client):
    worn_out = [
        reverse("account_confirm_email", args=["cu"]),
        reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "cu-lam-roi"}),
        reverse("events:certificate-check", args=["KHONGCO"]),
        "/khong-co-trang-nay/",
    ]

    spoken = {path: english_in(read(client.get(path, follow=True)).texts) for path in worn_out}

    assert spoken == {path: [] for path in worn_out}


def test_the_scripts_of_the_web_admin_speak_no_english(people):
    [desk] = people["staff"]

    script = desk.get(reverse("admin:jsi18n")).content.decode()

    catalog = json.loads(re.search(r"const newcatalog = ({.*?});\n", script, re.DOTALL).group(1))
    sentences = [
        said for words in catalog.values() for said in ([words] if isinstance(words, str) else words)
    ]
    assert len(sentences) > 60
    assert english_in(sentences) == []
