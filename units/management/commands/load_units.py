import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from units import actions


class Command(BaseCommand):
    help = "Nạp đơn vị hành chính của một tỉnh từ bản đồ 34 tỉnh, 3.321 xã. Chạy lại không làm thay đổi gì."

    def add_arguments(self, parser):
        parser.add_argument("--province", default=settings.PROVINCE_CODE, help="mã tỉnh gồm 2 chữ số")

    def handle(self, *, province, **_):
        try:
            loaded = actions.load_province(code=province)
        except actions.UnknownProvince as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        if loaded.is_unchanged:
            self.stdout.write(f"{loaded.province.place}: đã đủ đơn vị, không có gì thay đổi.")
            return
        self.stdout.write(
            f"{loaded.province.place}: thêm {loaded.communes} xã, phường, đặc khu; "
            f"{loaded.districts} huyện cũ; {loaded.old_communes} xã cũ; {loaded.lineages} dòng kế thừa."
        )
