"""The whole suite in its three parts, each timed: SQLite; PostgreSQL with Redis and a worker; browser.

Servers are throw-away ones on free ports unless TEST_DATABASE_URL and TEST_REDIS_URL name running
ones. What could not run is named at the end; with CI set, a missing piece is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from portal.secrets import MAKERS  # noqa: E402
from tests.machines import Unavailable, postgres_server, redis_server  # noqa: E402

PYTEST = [str(ROOT / ".venv" / "bin" / "python"), "-m", "pytest", "-q"]


def run_part(name: str, arguments: list[str], extra: dict[str, str]) -> tuple[str, int, float]:
    print(f"\n=== {name} ===", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="portal-test-") as data:
        env = {**os.environ, "PORTAL_DATA": data, **extra}
        code = subprocess.run([*PYTEST, *arguments], cwd=ROOT, env=env).returncode
    return name, code, time.monotonic() - started


def production_like(database: str, redis: str) -> dict[str, str]:
    made = {name: make() for name, make in MAKERS.items()}
    return {**made, "DATABASE_URL": database, "REDIS_URL": redis, "EMAIL_URL": "smtp://127.0.0.1:1"}


def main() -> int:
    results, missing = [], []
    chosen = sys.argv[1:] or ["sqlite", "postgres", "browser"]
    if "sqlite" in chosen:
        results.append(run_part("SQLite", ["-n", "2", "-m", "not browser"], {}))
    try:
        with postgres_server() as database, redis_server() as redis:
            settings = production_like(database, redis)
            if "postgres" in chosen:
                part = run_part("PostgreSQL, Redis, worker", ["-n", "2", "-m", "not browser"], settings)
                results.append(part)
            if "browser" in chosen and shutil.which("chromium"):
                results.append(run_part("Browser", ["-n", "2", "-m", "browser", "tests"], settings))
            elif "browser" in chosen:
                missing.append("the browser part: chromium is not installed")
    except Unavailable as lack:
        missing.append(f"the PostgreSQL and browser parts: {lack}")
    print()
    for name, code, seconds in results:
        print(f"{name}: {'passed' if code == 0 else f'FAILED (exit {code})'} in {seconds:.0f} s")
    for lack in missing:
        print(f"Could not run {lack}.")
    failed = any(code for _, code, _ in results) or (missing and os.environ.get("CI"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
