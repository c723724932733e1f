"""What the parts of `make test` stand on: PostgreSQL and Redis on free ports, processes, Chromium.

Knows nothing of Django, so that the runner can use it before any setting is read.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Unavailable(Exception):
    """What is needed is not on this machine."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port: int, *, seconds: float = 30) -> None:
    """Return once something listens; raise TimeoutError otherwise."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"Nothing listens on port {port}.")


def find_chromium() -> str:
    """The path of a Chromium. Raises Unavailable."""
    for name in ("chromium", "chromium-browser"):
        if path := shutil.which(name):
            return path
    raise Unavailable("chromium is not installed")


def find_postgres() -> Path:
    """The folder with initdb and postgres. Raises Unavailable."""
    if found := sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return found[-1].parent
    if path := shutil.which("initdb"):
        return Path(path).parent
    raise Unavailable("PostgreSQL is not installed")


def as_postgres() -> dict:
    """PostgreSQL refuses to run as root; then it runs as its own user, or as nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            owner = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    raise Unavailable("there is no user to run PostgreSQL as")


@contextmanager
def postgres_server(*settings: str) -> Iterator[str]:
    """The URL of a PostgreSQL: the one TEST_DATABASE_URL names, else a throw-away one with these settings."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    bin_dir, owner, port = find_postgres(), as_postgres(), free_port()
    folder = tempfile.mkdtemp(prefix="portal-pg-")
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **owner}
    init = [str(bin_dir / "initdb"), "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-N"]
    subprocess.run([*init, "-E", "UTF8", "--locale=C.UTF-8"], check=True, **quiet)
    settings = ("fsync=off", "full_page_writes=off", "max_connections=200", *settings)
    options = ["-k", folder, *(part for setting in settings for part in ("-c", setting))]
    start = [str(bin_dir / "postgres"), "-D", f"{folder}/data", "-p", str(port), "-h", "127.0.0.1"]
    server = subprocess.Popen([*start, *options], **quiet)
    try:
        wait_for_port(port)
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis_server() -> Iterator[str]:
    """The URL of a Redis: the one TEST_REDIS_URL names, else a throw-away one."""
    if url := os.environ.get("TEST_REDIS_URL"):
        yield url
        return
    with own_redis() as url:
        yield url


@contextmanager
def own_redis() -> Iterator[str]:
    """The URL of a Redis that nobody else uses."""
    if not shutil.which("redis-server"):
        raise Unavailable("redis-server is not installed")
    port = free_port()
    folder = tempfile.mkdtemp(prefix="portal-redis-")
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def process(arguments: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen]:
    """A Python process of the portal with its own environment, stopped with its children at the end."""
    running = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env={**os.environ, **env}, start_new_session=True
    )
    try:
        yield running
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGTERM)
            try:
                running.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait(timeout=10)
