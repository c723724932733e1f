from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F

from accounts.models import User
from core import audit


@transaction.atomic
def sign_out_everywhere(*, user: Any, by: Any, unit: Any = None) -> None:
    """End every session of the account on every device, whether the portal knows of it or not.

    A session carries the account's round in its hash: one of an earlier round is no session any more.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    UserSession.objects.filter(user=user).delete()
    audit.record("account.signed_out", by=by, target=user, unit=unit)
