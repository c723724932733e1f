import ast

import pytest

from core.models import AuditEntry
from tests.architecture.source import modules
from units.rules import VERBS, target_words, verb_words


def verbs_in_source():
    for path, tree in modules().items():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or ast.unparse(call.func) not in ("audit.record", "record"):
                continue
            if call.args and isinstance(call.args[0], ast.Constant):
                yield path, call.args[0].value


def test_every_verb_of_the_audit_trail_has_vietnamese_words():
    noted = dict.fromkeys(verb for _, verb in verbs_in_source())

    assert "role.granted" in noted
    assert [verb for verb in noted if verb not in VERBS] == []


@pytest.mark.parametrize(
    ("verb", "target_type", "words", "kind"),
    [
        ("role.granted", "units.roleassignment", "Giao vai trò", "vai trò"),
        ("unit.edited", "units.unit", "Sửa đơn vị", "đơn vị"),
        ("gone.done", "gone.gone", "", ""),
    ],
)
def test_an_entry_is_read_in_vietnamese(verb, target_type, words, kind):
    entry = AuditEntry(verb=verb, target_type=target_type)

    assert (verb_words(entry), target_words(entry)) == (words, kind)
