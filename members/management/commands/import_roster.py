"""Read a roster from the command line: what it holds, as JSON, and apply it when asked to."""

import json
import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from members import actions
from members.queries.places import read_places
from members.roster import RosterUnreadable, UnitBook, read_roster
from members.roster.trying import try_reading
from units.models import Unit


class Command(BaseCommand):
    help = "Đọc một danh sách đoàn viên; thêm --apply để ghi vào cổng."

    def add_arguments(self, parser):
        parser.add_argument("file", help="file .xlsx, .xls, .ods hoặc .csv")
        parser.add_argument("--unit", help="mã đơn vị mà danh sách thuộc về, khi từng dòng không ghi")
        parser.add_argument("--apply", action="store_true", help="ghi vào cổng những dòng đã rõ")
        parser.add_argument("--json", dest="out", help="ghi kết quả đọc ra file này")

    def handle(self, *args, file, unit, apply, out, **options):
        content = self.content_of(Path(file))
        home = self.unit_of(unit) if unit else None
        try:
            if apply:
                imported = actions.import_now(content=content, file_name=Path(file).name, unit=home, by=None)
                answer = actions.answer_of(imported)
            else:
                book = UnitBook.load(branch=home)
                reading = read_roster(content, Path(file).name, book=book, unit=home)
                answer = try_reading(reading, read_places())
        except (RosterUnreadable, actions.ImportRefused) as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        if out:
            write_private(Path(out), answer)
        self.stdout.write(sentence(answer["totals"]))

    def content_of(self, path):
        try:
            return path.read_bytes()
        except OSError as lack:
            raise CommandError(f"Không mở được file '{path}'. Hãy kiểm tra tên file.", returncode=2) from lack

    def unit_of(self, code):
        named = Unit.objects.active()
        unit = named.filter(code=code).first() or named.filter(official_code=code).first()
        if unit is None:
            raise CommandError(f"Không có đơn vị nào mang mã '{code}'.", returncode=2)
        return unit


def write_private(path: Path, answer: dict) -> None:
    """Write the answer so that only its owner can read it: it holds citizen numbers."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(answer, file, ensure_ascii=False, indent=1)


def sentence(totals: dict) -> str:
    return (
        f"Đã đọc {totals['read']} dòng: {totals['new']} mới, {totals['updated']} cập nhật, "
        f"{totals['unchanged']} không đổi, {totals['needs_decision']} cần quyết định, "
        f"{totals['rejected']} không dùng được."
    )
