"""Headless Chromium, and a whole portal to drive it against: web, worker, beat, Redis, SMTP, PostgreSQL."""

import os
import subprocess
import sys
import uuid
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from playwright.sync_api import expect, sync_playwright

from tests.machines import (
    ROOT,
    find_chromium,
    free_port,
    own_redis,
    process,
    wait_for_port,
)
from tests.servers import SmtpSink, smtp_sink

# Playwright keeps an event loop in the test's thread; the ORM beside it is still used by one thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

expect.set_options(timeout=20_000)  # a busy machine draws late

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1366, "height": 768}


@pytest.fixture(scope="session")
def playwright_driver():
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright_driver):
    """One browser for all tests of a worker; each test opens contexts of its own."""
    browser = playwright_driver.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
    yield browser
    browser.close()


@dataclass
class Portal:
    """A running portal of its own: its address, its mail, and a way to run its commands."""

    url: str
    mail: SmtpSink
    env: dict[str, str]

    def manage(self, *arguments: str, text: str = "") -> str:
        """Run a management command; its standard output. Raises CalledProcessError."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**os.environ, **self.env},
            input=text,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise AssertionError(f"{arguments}: {done.stderr[-3000:]}")
        return done.stdout


@contextmanager
def fresh_database(server_url: str):
    """The URL of a new, empty database on the server, dropped at the end."""
    name = f"portal_{uuid.uuid4().hex[:12]}"
    parts = urlsplit(server_url)
    connection = psycopg2.connect(server_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        options = "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
        cursor.execute(f"CREATE DATABASE {name} {options}")
    try:
        yield parts._replace(path=f"/{name}").geturl()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        connection.close()


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """The portal as it runs in production: gunicorn, worker and beat on PostgreSQL, Redis and SMTP."""
    data = Path(tmp_path_factory.mktemp("portal-data"))
    port = free_port()
    with ExitStack() as stack:
        mail = stack.enter_context(smtp_sink())
        env = {
            "DATABASE_URL": stack.enter_context(fresh_database(os.environ["DATABASE_URL"])),
            "REDIS_URL": stack.enter_context(own_redis()),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PORTAL_DATA": str(data),
            "SITE_URL": f"http://127.0.0.1:{port}",
            "PORT": str(port),
            "STATIC_FROM_SOURCE": "1",
            "PORTAL_REQUIRE_MFA": "0",
            "LOG_LEVEL": "WARNING",
        }
        running = Portal(url=f"http://127.0.0.1:{port}", mail=mail, env=env)
        running.manage("migrate", "--verbosity", "0")
        running.manage("load_units", "--province", "19")
        web = ["-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
        stack.enter_context(process([*web, "--threads", "8", "--log-level", "warning"], env))
        worker = ["-m", "celery", "-A", "portal", "worker", "--beat", "--schedule", str(data / "beat")]
        stack.enter_context(
            process([*worker, "--pool", "threads", "--concurrency", "2", "--loglevel", "WARNING"], env)
        )
        wait_for_port(port)
        yield running
