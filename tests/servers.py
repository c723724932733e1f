"""Throw-away servers for tests that need the outside world: Redis, an SMTP sink, a Celery worker.

Each is a context manager. The fault tests kill what they start here and nothing else.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from threading import Condition
from urllib.parse import quote

import redis
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, *, seconds=60, what="the condition"):
    """Ask every 20 ms; fail with what was waited for. For the outside world only."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if answer := condition():
            return answer
        time.sleep(0.02)
    raise AssertionError(f"Waited {seconds} s for {what} in vain.")


@dataclass(frozen=True)
class SunkMail:
    """One mail as it came over the wire."""

    to: str
    subject: str
    body: str
    message_id: str


@dataclass
class SmtpSink:
    """Takes every mail and keeps it. `refused` maps an address to the answer it gets instead."""

    port: int
    pause: float = 0.0
    mails: list[SunkMail] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    connection_count: int = 0
    open_count: int = 0
    _came: Condition = field(default_factory=Condition)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connection_count += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if answer := self.refused.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        sunk = SunkMail(
            to=envelope.rcpt_tos[0],
            subject=str(mail["Subject"]),
            body=mail.get_content().replace("\r\n", "\n"),
            message_id=str(mail["Message-ID"]),
        )
        if self.pause:
            await asyncio.sleep(self.pause)
        with self._came:
            self.mails.append(sunk)
            self._came.notify_all()
        return "250 OK"

    def wait_for(self, count: int, *, seconds: float = 60) -> None:
        """Return when that many mails have come; fail when they do not."""
        with self._came:
            if not self._came.wait_for(lambda: len(self.mails) >= count, timeout=seconds):
                raise AssertionError(f"Only {len(self.mails)} of {count} mails came within {seconds} s.")

    def repeats(self) -> dict[str, int]:
        """The Message-IDs that came more than once, with how often."""
        counts = Counter(mail.message_id for mail in self.mails)
        return {message_id: count for message_id, count in counts.items() if count > 1}

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


class _CountingServer(SMTP):
    def connection_made(self, transport):
        self.event_handler.open_count += 1
        super().connection_made(transport)

    def connection_lost(self, error):
        super().connection_lost(error)
        self.event_handler.open_count -= 1

    def eof_received(self):
        """Close our side too: aiosmtpd leaves it half open when the client was quick to go."""
        super().eof_received()
        return False


class _Counting(Controller):
    def factory(self):
        return _CountingServer(self.handler, **self.SMTP_kwargs)


@contextmanager
def smtp_sink(*, pause=0.0):
    """An SMTP server in this process that keeps what it gets."""
    sink = SmtpSink(port=free_port(), pause=pause)
    controller = _Counting(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        wait_until(lambda: sink.open_count == 0, seconds=10, what="the last connection to close")
        controller.stop(no_assert=True)


@contextmanager
def throwaway_redis(folder: Path):
    """A Redis of our own on a free port that keeps nothing on disk. Yields its address."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    log = (folder / f"redis-{port}.log").open("wb")
    server = subprocess.Popen([*command, "--dir", str(folder)], stdout=log, stderr=log)
    client = redis.Redis(port=port)
    try:
        wait_until(lambda: _answers(client), what="Redis")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        client.close()
        server.terminate()
        server.wait(timeout=10)
        log.close()


def _answers(client) -> bool:
    try:
        return client.ping()
    except redis.ConnectionError:
        return False


def empty_redis(url: str) -> None:
    """FLUSHALL, as after a Redis that lost everything."""
    with closing(redis.Redis.from_url(url)) as client:
        client.flushall()


def portal_environment(*, redis_url: str, email_url: str, folder: Path, **more: str) -> dict[str, str]:
    """The environment of a portal process that shares this test's PostgreSQL database and secrets."""
    database = connection.settings_dict
    user = quote(database["USER"]) + (f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else "")
    address = f"{database['HOST'] or '127.0.0.1'}:{database['PORT'] or 5432}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": f"postgres://{user}@{address}/{database['NAME']}",
        "REDIS_URL": redis_url,
        "EMAIL_URL": email_url,
        "SECRET_KEY": settings.SECRET_KEY,
        "DATA_KEY": settings.DATA_KEY,
        "TICKET_KEY": settings.TICKET_KEY,
        "SITE_URL": settings.SITE_URL,
        "PORTAL_DATA": str(folder),
        "PYTHONPATH": str(ROOT),
        **more,
    }


class Worker:
    """One Celery worker process with its own beat, in a process group of its own."""

    def __init__(self, environment: dict[str, str], folder: Path):
        self._environment, self._folder, self._process = environment, folder, None
        self._log = (folder / "worker.log").open("ab")

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--beat", "--concurrency=1"]
        command += ["--schedule", str(self._folder / "beat"), "--without-gossip", "--without-mingle"]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self._environment,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )

    def kill(self) -> None:
        """SIGKILL for the worker and its children: nothing gets a chance to clean up."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(timeout=10)

    def stop(self) -> None:
        """SIGTERM, then SIGKILL for what is left."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()
        self._log.close()


@contextmanager
def celery_worker(environment: dict[str, str], folder: Path):
    """A running worker; what it printed lies in `folder/worker.log`."""
    worker = Worker(environment, folder)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()
