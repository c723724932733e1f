from django.core.management.base import BaseCommand, CommandError

from accounts.actions import seal_second_factors
from core.rotating import rotate_all


class Command(BaseCommand):
    help = "Mã hóa lại mọi thứ bằng DATA_KEY mới. Dừng giữa chừng thì chạy lại; cổng vẫn hoạt động."

    def handle(self, *args, **options):
        counts, secrets = rotate_all(), seal_second_factors()
        unreadable = counts.pop("unreadable") + secrets.pop("unreadable")
        counts |= secrets
        for name, count in sorted(counts.items()):
            self.stdout.write(f"{name}: {count}")
        if unreadable:
            raise CommandError(f"{unreadable} mục không mở được bằng khóa nào. Đừng bỏ khóa cũ; xem nhật ký.")
        self.stdout.write("Đã xong. Có thể bỏ OLD_DATA_KEYS; HASH_KEY phải giữ nguyên.")
