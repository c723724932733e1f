"""Everything a machine can check without running a test. Exits 1 when anything is wrong."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PY = str(BIN / "python")

CHECKS = {
    "format": [PY, "-m", "ruff", "format", "--check", "."],
    "lint": [PY, "-m", "ruff", "check", "."],
    "types": [PY, "-m", "mypy"],
    "imports": [str(BIN / "lint-imports"), "--no-cache"],
    "django": [PY, "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": [PY, "manage.py", "makemigrations", "--check", "--dry-run"],
    "templates": [PY, "-m", "djlint", "--lint", "--quiet", "templates"],
    "architecture": [PY, "-m", "pytest", "-q", "tests/architecture"],
}


def main() -> int:
    wrong = []
    for name, command in CHECKS.items():
        started = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ)
        print(
            f"{'ok ' if done.returncode == 0 else 'BAD'} {name} ({time.monotonic() - started:.0f} s)",
            flush=True,
        )
        if done.returncode:
            wrong.append(name)
            print(done.stdout[-6000:], done.stderr[-3000:], sep="\n", flush=True)
    if wrong:
        print(f"Not right: {', '.join(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
