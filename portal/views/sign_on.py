"""Going to the sign-on of the province or VNeID, and coming back from it."""

import logging
from functools import wraps

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404
from django.shortcuts import render
from requests import RequestException

from core.access import public
from portal.sign_on import CheckedTokens

log = logging.getLogger(__name__)


def _answered(view):
    """A sign-on that is not there is no page; one that is out of order gets a sentence."""

    @wraps(view)
    def wrapped(request, provider_id):
        try:
            return view(request, provider_id)
        except SocialApp.DoesNotExist:
            raise Http404("Không có trang này.") from None
        except (RequestException, KeyError) as failure:
            log.warning("The sign-on %s is out of order: %s", provider_id, failure)
            return render(request, "socialaccount/authentication_error.html", status=502)

    return wrapped


@public
@_answered
def sign_on_begin(request, provider_id):
    return OAuth2LoginView.adapter_view(CheckedTokens(request, provider_id))(request)


@public
@_answered
def sign_on_return(request, provider_id):
    return OAuth2CallbackView.adapter_view(CheckedTokens(request, provider_id))(request)
