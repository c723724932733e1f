"""Addresses of members. `members:my-page` is added by portal/urls.py, for it gathers from every app."""

from django.urls import path

from members.views import claim_slips, claiming, consents

app_name = "members"
urlpatterns = [
    path("ca-nhan/nhan-ho-so/", claiming.claim, name="claim"),
    path("ca-nhan/nhan-ho-so/gui-ma/", claiming.claim_send, name="claim-send"),
    path("ca-nhan/nhan-ho-so/nhap-ma/", claiming.claim_enter, name="claim-enter"),
    path("ca-nhan/dong-y/", consents.consent_give, name="consent-give"),
    path("ca-nhan/rut-dong-y/", consents.consent_withdraw, name="consent-withdraw"),
    path("ban-lam-viec/phieu-nhan-ho-so/", claim_slips.claim_slips, name="claim-slips"),
    path("ban-lam-viec/phieu-nhan-ho-so/in/", claim_slips.claim_slips_print, name="claim-slips-print"),
]
