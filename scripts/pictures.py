"""Renews the pictures of the roster import in docs/screenshots, by walking through it in a browser."""

import sys

from test_parts import ROOT, production_like, run_part

from tests.machines import postgres_server, redis_server

JOURNEY = "tests/browser/test_import_journey.py"


def main() -> int:
    with postgres_server() as database, redis_server() as redis:
        settings = {**production_like(database, redis), "PICTURES": str(ROOT / "docs" / "screenshots")}
        _, code, _ = run_part("Pictures", ["-m", "browser", JOURNEY], settings)
    return code


if __name__ == "__main__":
    sys.exit(main())
