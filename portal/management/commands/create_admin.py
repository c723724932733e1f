"""The first account of a new portal: somebody who may give roles to everybody else."""

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from units.actions import grant_role
from units.queries import province
from units.roles import Role


class Command(BaseCommand):
    help = "Tạo tài khoản quản trị tỉnh đầu tiên. Mật khẩu đọc từ đầu vào chuẩn."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("full_name")

    @transaction.atomic
    def handle(self, *args, email, full_name, **options):
        unit = province()
        if unit is None:
            raise CommandError("Chưa có đơn vị nào. Hãy chạy: manage.py load_units")
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError(f"Đã có tài khoản {email}.")
        password = input("Mật khẩu (ít nhất 12 ký tự): ").strip()
        if len(password) < 12:
            raise CommandError("Mật khẩu phải có ít nhất 12 ký tự.")
        user = User.objects.create_user(email, password, full_name=full_name, is_staff=True)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        grant_role(user=user, role=Role.PROVINCE_ADMIN, unit=unit, starts_on=timezone.localdate(), by=user)
        self.stdout.write(self.style.SUCCESS(f"Đã tạo tài khoản {email}, {Role.PROVINCE_ADMIN.label}."))
