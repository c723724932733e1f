from django.core.management.base import BaseCommand

from programs import actions


class Command(BaseCommand):
    help = "Nạp danh mục dịch vụ hướng dẫn và chỉ tiêu ban đầu. Chạy lại chỉ thêm phần còn thiếu."

    def handle(self, **_):
        count = actions.load_catalogue()
        self.stdout.write(f"Đã thêm {count} mục." if count else "Danh mục đã đủ, không có gì thay đổi.")
