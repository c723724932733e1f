"""The whole portal with one command, on one machine, with nothing but Python."""

import os
import shlex
import signal
import socket
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from honcho.manager import Manager

from members.models import Member
from portal.demo.accounts import accounts_table


class Command(BaseCommand):
    help = "Chạy cổng trên một máy: trang web, tiến trình nền và lịch hẹn giờ."

    def add_arguments(self, parser):
        parser.add_argument("--members", type=int, default=20_000, help="số đoàn viên của dữ liệu mẫu")

    def handle(self, *args, **options):
        port = int(os.environ.get("PORT", "8000"))
        if not settings.EMBEDDED:
            raise CommandError("Lệnh này chỉ dùng khi chưa đặt DATABASE_URL; xem docs/operations.md.")
        self.refuse_taken_port(port)
        is_new = self.prepare(options["members"])
        if not is_new:  # loading the demonstration printed it already
            self.stdout.write(accounts_table())
        self.stdout.write(self.style.SUCCESS(f"Cổng đang chạy tại http://127.0.0.1:{port} (Ctrl-C để dừng)"))
        self.stdout.flush()
        sys.exit(self.start(port))

    def refuse_taken_port(self, port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as taken:
                raise CommandError(
                    f"Cổng mạng {port} đang có chương trình khác dùng. Hãy chạy: PORT=8001 make run"
                ) from taken

    def prepare(self, members) -> bool:
        """Make folders and tables, and fill an empty portal. Returns whether it was empty."""
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        for folder in ("queue", "control"):
            (settings.BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if Member.objects.exists():
            return False
        self.stdout.write("Đang nạp dữ liệu mẫu, mất khoảng một phút …")
        self.stdout.flush()
        call_command("demo", members=members)
        return True

    def start(self, port) -> int:
        python = shlex.quote(sys.executable)
        beat = shlex.quote(str(settings.DATA_DIR / "beat"))
        manager = Manager()
        env = {**os.environ, "PYTHONUNBUFFERED": "1"}
        manager.add_process(
            "web",
            f"exec {python} -m gunicorn portal.wsgi --bind 127.0.0.1:{port} "
            "--worker-class gthread --workers 1 --threads 8 --log-level warning",
            env=env,
        )
        manager.add_process(
            "worker",
            f"exec {python} -m celery --quiet -A portal worker --beat --schedule {beat} "
            "--pool threads --concurrency 4 --loglevel WARNING",
            env=env,
        )
        manager.loop()
        # Stopped by the person at the keyboard is not a failure.
        return (
            0
            if manager.returncode in (-signal.SIGINT, -signal.SIGTERM, 130, 143)
            else manager.returncode or 0
        )
