from time import monotonic

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import number_format

from events.models import Attendance, Certificate, Event
from members.models import Member
from portal.demo.accounts import accounts_table
from portal.demo.filling import DemonstrationRefused, fill
from portal.demo.world import FULL_SIZE
from programs.models import Program, Squad, SquadActivity
from units.models import Unit

COUNTED = {
    "xã, phường": Unit.objects.communes,
    "đoàn viên": Member.objects.all,
    "chương trình": Program.objects.all,
    "đội hình": Squad.objects.all,
    "hoạt động đội hình": SquadActivity.objects.all,
    "sự kiện": Event.objects.all,
    "lượt dự": Attendance.objects.all,
    "giấy chứng nhận": Certificate.objects.all,
}


class Command(BaseCommand):
    help = "Nạp dữ liệu mẫu vào cổng còn trống: một tỉnh với đoàn viên, chương trình, đội hình, sự kiện."

    def add_arguments(self, parser):
        parser.add_argument("--members", type=int, default=FULL_SIZE, help="số đoàn viên")
        parser.add_argument("--seed", type=int, default=2026, help="cùng số này cho cùng dữ liệu")

    def handle(self, *args, members, seed, verbosity, **options):
        started = monotonic()
        try:
            world = fill(members=members, seed=seed)
        except DemonstrationRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if verbosity:
            counts = [f"{number_format(rows().count())} {noun}" for noun, rows in COUNTED.items()]
            seconds = number_format(monotonic() - started, decimal_pos=0)
            self.stdout.write(f"Đã nạp dữ liệu mẫu {world.province.place} trong {seconds} giây:")
            self.stdout.write(f"  {', '.join(counts)}.")
            self.stdout.write(accounts_table())
