"""Coming in by the sign-on of the province or VNeID: whom it names becomes an account of the portal."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib import messages
from django.shortcuts import redirect

from accounts.models import User
from core.text import tidy

LONGEST_NAME = 120
TAKEN = (
    "Email {email} đã có tài khoản trên cổng. Hãy đăng nhập bằng tài khoản đó, rồi mở “Tài khoản, bảo mật”, "
    "mục “Liên kết” để dùng {name} từ lần sau."
)


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Takes the name, and the e-mail address only when the sign-on has confirmed it."""

    def populate_user(self, request, sociallogin, data):
        user = sociallogin.user
        confirmed = [address for address in sociallogin.email_addresses if address.verified is True]
        sociallogin.email_addresses = confirmed
        user.full_name = tidy(data.get("name") or "")[:LONGEST_NAME]
        user.email = confirmed[0].email.lower() if confirmed else None
        return user

    def pre_social_login(self, request, sociallogin):
        """An address alone opens nobody's account: its owner signs in as ever and links the two."""
        is_sign_in = sociallogin.state.get("process") != AuthProcess.CONNECT
        email = sociallogin.user.email
        if sociallogin.is_existing or not is_sign_in or not email:
            return
        if User.objects.filter(email__iexact=email).exists():
            name = sociallogin.account.get_provider(request).name
            messages.info(request, TAKEN.format(email=email, name=name))
            raise ImmediateHttpResponse(redirect("account_login"))


class CheckedTokens(OpenIDConnectOAuth2Adapter):
    """Believes nothing but a token that the sign-on signed with a key it publishes.

    Allauth trusts the connection it fetched the token over; the network of an office may not deserve it.
    """

    def complete_login(self, request, app, token, **kwargs):
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("The sign-on sent no id_token.")
        return super().complete_login(request, app, token, **kwargs)

    def _decode_id_token(self, app, id_token):
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
