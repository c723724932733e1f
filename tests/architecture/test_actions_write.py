"""Only actions write: the edges read a request, call one action or query, and answer."""

import ast

from tests.architecture.source import modules

EDGES = (
    "views",
    "forms",
    "admin",
    "tasks",
    "receivers",
    "templatetags",
    "access",
    "resources",
    "queries",
    "rules",
)
WRITES = {
    "save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "save_m2m", "save_related", "add_root", "add_child",
}  # fmt: skip
# `.update(` and `.save(` of things that are no rows of the database.
HARMLESS_OWNERS = {"context", "kwargs", "attrs", "request", "env", "digest", "workbook", "sha256", "hasher"}


def is_edge(path):
    parts = path.removesuffix(".py").split("/")[1:]
    return any(part in EDGES for part in parts[:1])


def writes(tree):
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        name = getattr(owner, "attr", getattr(owner, "id", ""))
        if node.func.attr in WRITES and name not in HARMLESS_OWNERS:
            yield node.lineno, f"{name}.{node.func.attr}"


# ScopedAdmin alone saves: plain facts of a record, with their history. Each entry is (file, call).
ALLOWED: set[tuple[str, str]] = set()


def test_edges_never_write():
    found = {
        (path, f"{call}:{line}")
        for path, tree in modules().items()
        if is_edge(path)
        for line, call in writes(tree)
        if (path, call) not in ALLOWED
    }

    assert found == set()


def test_the_check_sees_a_write():
    tree = ast.parse("def view(request):\n    Event.objects.create(title='x')\n    event.save()\n")

    assert [call for _, call in writes(tree)] == ["objects.create", "event.save"]
