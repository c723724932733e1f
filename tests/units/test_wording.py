import ast

import pytest

from core.models import AuditEntry
from tests.architecture.source import modules
from units.rules import DETAILS, VERBS, detail_words, target_words, verb_words


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


def keys_in_source():
    """The keys of every dict given to the audit trail as detail, by its name or on the spot."""
    for path, tree in modules().items():
        named = {
            target.id: assigned.value
            for assigned in ast.walk(tree)
            if isinstance(assigned, ast.Assign)
            for target in assigned.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or ast.unparse(call.func) != "audit.record":
                continue
            for detail in (keyword.value for keyword in call.keywords if keyword.arg == "detail"):
                given = named.get(detail.id) if isinstance(detail, ast.Name) else detail
                yield from ((path, key.value) for key in getattr(given, "keys", ()))


def test_every_detail_of_the_audit_trail_has_vietnamese_words():
    noted = dict.fromkeys(key for _, key in keys_in_source())

    assert {"fields", "ends_on", "communes"} <= set(noted)
    assert [key for key in noted if key not in DETAILS] == []


@pytest.mark.parametrize(
    ("target_type", "detail", "lines"),
    [
        ("units.unit", {"fields": ["name", "gone"]}, ["Các ô đã sửa: tên, thông tin khác"]),
        ("units.roleassignment", {"role": "secretary"}, ["Vai trò: Bí thư đơn vị"]),
        ("units.roleassignment", {"ends_on": "2026-03-31"}, ["Đến hết ngày: 31/03/2026"]),
        ("members.member", {"channel": "email"}, ["Bằng: mã gửi qua email"]),
        ("members.member", {"purpose": "messages"}, ["Mục đích: nhận thông báo qua email"]),
        ("members.rosterimport", {"field": "full_name"}, ["Ô: họ và tên"]),
        ("accounts.user", {"list": "units.unit", "filters": []}, ["Danh sách: đơn vị", "Lọc: không"]),
        ("accounts.user", {"list": "units.unit", "filters": ["kind__exact", "hieu-luc"]}, [
            "Danh sách: đơn vị", "Lọc: loại, điều kiện khác"
        ]),
        ("accounts.user", {"filters": ["unit__id__exact", "tuoi", "thieu"]}, [
            "Lọc: đơn vị, điều kiện khác"
        ]),
        ("programs.squadactivity", {"before": {"1:citizens": 7, "2:elderly": 1200}}, [
            "Số lượt trước khi sửa: 1.207"
        ]),
        ("events.event", {"count": 3, "secret": "x"}, ["Số mục: 3"]),
    ],
)  # fmt: skip
def test_details_are_read_in_vietnamese(target_type, detail, lines):
    assert detail_words(AuditEntry(verb="x.y", target_type=target_type, detail=detail)) == lines
