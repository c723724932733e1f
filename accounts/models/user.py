from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models


class UserManager(BaseUserManager):
    """Makes users known by their e-mail address."""

    def create_user(self, email, password=None, **facts):
        user = self.model(email=self.normalize_email(email) if email else None, **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **facts):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **facts)


class User(AbstractUser):
    """One person who can sign in. What they may do hangs on the roles they hold in units.

    Without an e-mail address they sign in by the phone number or code of their member record.
    """

    names_a_person = True

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("email", unique=True, null=True, blank=True)  # type: ignore[assignment]
    full_name = models.CharField("họ và tên", max_length=120)
    session_round = models.PositiveIntegerField("lượt đăng nhập", default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    def __str__(self):
        return self.full_name or self.email or f"Tài khoản {self.pk}"

    def get_session_auth_hash(self):
        return self._of_this_round(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self):
        return map(self._of_this_round, super().get_session_auth_fallback_hash())

    def _of_this_round(self, auth_hash):
        """A new round ends every session that began before it."""
        return f"{auth_hash}.{self.session_round}" if self.session_round else auth_hash

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name.split(" ")[-1] if self.full_name else ""
