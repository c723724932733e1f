"""The environment, read in one place; `.env.example` lists every name used here."""

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()
if (ROOT / ".env").exists():
    env.read_env(ROOT / ".env")
