"""The portal's own source, parsed once for the machine checks."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = [
    "core", "accounts", "notifications", "units", "members", "programs", "events", "reports", "portal",
]  # fmt: skip


@cache
def modules() -> dict[str, ast.Module]:
    """Every module outside migrations, by its path from the root."""
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text())
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
    }
