"""An account that names nobody any more; its row stays, for what it did stands in the audit trail."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.models import User

ERASED_NAME = "Tài khoản đã xóa"


@transaction.atomic
def erase_account(*, user: User) -> User:
    """Take out name, addresses, password, second factor and sessions. Nobody signs in with it again."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    sessions = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    sessions.delete()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.full_name, user.email = ERASED_NAME, None
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
    return user
