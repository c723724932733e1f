"""What stands before every view of the portal."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from units.access import sits_at_desk

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class NulMiddleware:
    """Answers 404 to addresses and forms with a NUL: no page of ours has one, and PostgreSQL refuses it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        told = [request.path, *_values(request.GET), *_values(request.POST)]
        if any("\0" in text for text in told):
            raise Http404("Không có trang này.")
        return self.get_response(request)


def _values(data):
    return (text for name, texts in data.lists() for text in (name, *texts))


class SecondFactorMiddleware:
    """Opens the web admin and the slips of others only to desk staff with a second factor.

    Those without are sent to set one up: an app on the phone or a passkey. Spare codes alone are none.

    PORTAL_REQUIRE_MFA turns it off for the embedded mode, whose accounts are printed for trying out.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.PORTAL_REQUIRE_MFA and self._must_stop(request):
            messages.warning(request, "Hãy bật xác thực hai lớp để vào trang quản trị.")
            return redirect("mfa_index")
        return self.get_response(request)

    def _must_stop(self, request):
        guarded = (reverse("admin:index"), reverse("members:reset-slips"))
        if not request.path.startswith(guarded) or not request.user.is_authenticated:
            return False
        return sits_at_desk(request) and not is_mfa_enabled(request.user, SECOND_FACTORS)
