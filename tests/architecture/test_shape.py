"""Files and functions stay small, files are where the house wants them, transactions are actions'."""

import ast

from tests.architecture.source import PACKAGES, ROOT, modules

MAX_LINES = 400
MAX_FUNCTION_LINES = 60
BANNED_NAMES = {"utils", "helpers", "services", "managers", "common", "misc"}


def test_no_file_is_long():
    long = [
        (path, lines)
        for path in modules()
        if (lines := len((ROOT / path).read_text().splitlines())) > MAX_LINES
    ]

    assert long == []


def test_no_function_is_long():
    long = [
        (path, node.name, node.end_lineno - node.lineno)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno > MAX_FUNCTION_LINES
    ]

    assert long == []


def test_no_drawer_for_odds_and_ends():
    drawers = [path for path in modules() if BANNED_NAMES & set(path.removesuffix(".py").split("/"))]

    assert drawers == []


def test_views_forms_and_tasks_open_no_transaction():
    opened = [
        path
        for path, tree in modules().items()
        if path.split("/")[1].removesuffix(".py") in ("views", "forms", "tasks", "admin", "receivers")
        and any(isinstance(node, ast.Attribute) and node.attr == "atomic" for node in ast.walk(tree))
    ]

    assert opened == []


def test_nobody_hooks_into_saving():
    names = {"post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"}
    hooked = [
        path
        for path, tree in modules().items()
        if any(isinstance(node, ast.Name) and node.id in names for node in ast.walk(tree))
    ]

    assert hooked == []


def test_the_inside_knows_no_web():
    web = ("django.http", "django.shortcuts", "django.contrib.messages")
    inside = ("actions", "queries", "rules", "models", "roster", "documents", "roles", "scope")
    knowing = [
        (path, node.module)
        for path, tree in modules().items()
        if len(path.split("/")) > 1 and path.split("/")[1].removesuffix(".py") in inside
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(web)
    ]

    assert knowing == []


def test_every_package_says_what_it_is():
    silent = [name for name in PACKAGES if not ast.get_docstring(modules()[f"{name}/__init__.py"])]

    assert silent == []
