"""No mail and no message after a step speaks English: neither ours nor one left to a library."""

from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.template.loader import get_template

from tests.words import english_in

OURS = settings.BASE_DIR / "templates"
THEIRS = Path(allauth.__file__).parent / "templates"
FOLDERS = ("account/email", "account/messages", "mfa/email", "mfa/messages", "usersessions/messages")
FACTS = {
    "email": "lan@example.vn",
    "recipient": "lan@example.vn",
    "phone": "0912345678",
    "name": "Hoàng Thị Lan",
    "user_display": "Hoàng Thị Lan",
    "current_site": {"name": "Tỉnh Đoàn", "domain": "127.0.0.1:8000"},
}


def texts_under(root):
    return [str(path.relative_to(root)) for path in root.rglob("*.txt")]


def theirs():
    """What allauth may send or show that no template of ours replaces."""
    names = [name for name in texts_under(THEIRS) if name.startswith(FOLDERS)]
    return sorted(name for name in names if not (OURS / name).exists())


def lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", sorted(texts_under(OURS)))
def test_our_text_speaks_no_english_in_any_branch(name):
    assert english_in(lines((OURS / name).read_text())) == []


@pytest.mark.parametrize("name", theirs())
@pytest.mark.parametrize("code", ["", "123456"])
def test_a_text_of_the_library_speaks_no_english(name, code):
    said = get_template(name).render(FACTS | {"code": code})

    assert english_in(lines(said)) == []


def test_notices_and_mails_of_the_account_are_among_them():
    assert {
        "events/notices/registered.txt",
        "members/notices/claim_code.txt",
        "account/email/password_reset_key_message.txt",
        "mfa/email/totp_activated_subject.txt",
    } <= set(texts_under(OURS))
