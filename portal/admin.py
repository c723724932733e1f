"""The outbox in the web admin, and what the desk leaves out.

The outbox stands here, for `ScopedAdmin` lies above notifications.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from unfold.paginator import InfinitePaginator

from notifications.models import Message
from units.admin import ScopedAdmin
from units.queries import is_whole
from units.roles import Can

# Tables the libraries register for superusers; people manage their own on the pages of their account.
admin.site.unregister(
    [EmailAddress, Authenticator, UserSession, Group, SocialAccount, SocialApp, SocialToken]
)


@admin.register(Message)
class MessageAdmin(ScopedAdmin):
    """What waits, went out and failed. The words are not shown: they may hold codes and links.

    Messages belong to no unit, so only people who see the audit of the whole province see them.
    """

    scope_ability = Can.SEE_AUDIT
    is_read_only = True
    paginator = InfinitePaginator
    list_display = ["subject", "address", "state", "due_at", "sent_at", "try_count", "last_error"]
    list_filter = ["state", ("due_at", admin.DateFieldListFilter)]
    search_fields = ["address", "subject", "key"]
    ordering = ["-due_at", "-pk"]
    fields = [
        "subject",
        "address",
        "user",
        "state",
        "created_at",
        "due_at",
        "stale_at",
        "sent_at",
        "try_count",
        "lease_until",
        "last_error",
    ]

    def rows_in(self, rows, scope):
        """Everything for a scope that reaches the whole tree, nothing for a smaller one."""
        return rows if is_whole(scope) else rows.none()

    def has_module_permission(self, request):
        return is_whole(self.read_scope(request))

    def unit_of(self, obj):
        return None
