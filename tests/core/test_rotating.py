"""A new key: what was sealed before still opens, is sealed anew, and hashes stay as they were."""

import pytest
from cryptography.fernet import InvalidToken
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.crypto import decrypt, encrypt, keyed_hash
from core.rotating import rotate_all
from members.models import Guardian, RosterBlock, RosterImport, RosterRow
from portal.secrets import new_fernet_key
from tests.factories.imports import make_import
from tests.factories.members import make_member
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db

PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005", "citizen": "019205001234"}


@pytest.fixture
def sealed(own_files, settings):
    """An import, its file and a paper, sealed under the key of before; the new key is set."""
    roster_import = make_import(PHONG, unit=make_unit())
    Guardian.objects.create(
        member=make_member(),
        full_name="Ma Thị Sáu",
        relation="mother",
        named_at=timezone.now(),
        paper=ContentFile(b"da ky", name="giay.pdf"),
    )
    settings.OLD_DATA_KEYS = [settings.DATA_KEY]
    settings.DATA_KEY = new_fernet_key()
    return roster_import


def said(roster_import):
    row = RosterRow.objects.get(roster_import=roster_import)
    stored = RosterImport.objects.get(pk=roster_import.pk)
    return (
        row.content["fields"]["citizen_id"],
        stored.file.read().decode()[:3],
        Guardian.objects.get().paper.read(),
    )


def test_the_old_key_opens_until_everything_is_sealed_anew(sealed, settings):
    before = said(sealed)
    counts = rotate_all()
    settings.OLD_DATA_KEYS = []

    assert before == said(sealed)
    assert before[::2] == ("019205001234", b"da ky")
    assert (counts["members.rosterblock"], counts["files"], counts["unreadable"]) == (1, 2, 0)


def test_without_turning_the_old_key_is_needed(sealed, settings):
    settings.OLD_DATA_KEYS = []

    with pytest.raises(InvalidToken):
        said(sealed)


def test_a_run_that_was_stopped_goes_on_and_a_second_changes_nothing(sealed, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("core.rotating._rotate_file", stopped)
        with pytest.raises(KeyboardInterrupt):
            rotate_all()
    half = RosterBlock.objects.get().sealed

    again, third = rotate_all(), rotate_all()

    assert bytes(RosterBlock.objects.get().sealed) == bytes(half)
    assert (again.get("members.rosterblock"), "members.rosterblock" in third) == (None, False)
    assert (third["files"], third["unreadable"]) == (0, 0)


def stopped(path, counts):
    raise KeyboardInterrupt


def test_what_opens_under_no_key_is_told_and_left(sealed, capsys):
    block = RosterBlock.objects.get()
    RosterBlock.objects.update(sealed=b"khong phai")

    with pytest.raises(CommandError, match="1 mục không mở được"):
        call_command("rotate_keys")

    assert bytes(RosterBlock.objects.get(pk=block.pk).sealed) == b"khong phai"
    assert "members.rosterheads: 1" in capsys.readouterr().out


def test_hashes_stay_when_the_key_changes(settings):
    before = keyed_hash("citizen-id", "019205001234")
    sealed = encrypt(b"x")
    settings.OLD_DATA_KEYS, settings.DATA_KEY = [settings.DATA_KEY], new_fernet_key()

    assert keyed_hash("citizen-id", "019205001234") == before
    assert decrypt(sealed) == b"x"
