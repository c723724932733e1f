"""Addresses of members. `members:my-page` is added by portal/urls.py, for it gathers from every app."""

from django.urls import path

from members.views import (
    activation,
    ages,
    cards,
    claim_slips,
    claiming,
    consents,
    data_requests,
    reset_slips,
    transfers,
    wards,
)

app_name = "members"
urlpatterns = [
    path("kich-hoat/", activation.activate, name="activate"),
    path("dat-lai-mat-khau/", reset_slips.reset_slip_use, name="reset-slip-use"),
    path("ban-lam-viec/phieu-mat-khau/", reset_slips.reset_slips, name="reset-slips"),
    path("ban-lam-viec/phieu-mat-khau/<int:user_id>/", reset_slips.reset_slip_issue, name="reset-slip-issue"),
    path("ca-nhan/nhan-ho-so/", claiming.claim, name="claim"),
    path("ca-nhan/nhan-ho-so/gui-ma/", claiming.claim_send, name="claim-send"),
    path("ca-nhan/nhan-ho-so/nhap-ma/", claiming.claim_enter, name="claim-enter"),
    path("ca-nhan/dong-y/", consents.consent_give, name="consent-give"),
    path("ca-nhan/rut-dong-y/", consents.consent_withdraw, name="consent-withdraw"),
    path("ca-nhan/du-lieu/de-nghi/", data_requests.data_requests, name="data-requests"),
    path(
        "ca-nhan/du-lieu/de-nghi/<int:pk>/rut/",
        data_requests.data_request_take_back,
        name="data-request-take-back",
    ),
    path("ca-nhan/nguoi-dai-dien/", wards.wards, name="wards"),
    path("ca-nhan/nguoi-dai-dien/<int:pk>/dong-y/", wards.ward_agree, name="ward-agree"),
    path("ca-nhan/nguoi-dai-dien/<int:pk>/rut/", wards.ward_withdraw, name="ward-withdraw"),
    path("ban-lam-viec/phieu-nhan-ho-so/", claim_slips.claim_slips, name="claim-slips"),
    path("ban-lam-viec/phieu-nhan-ho-so/in/", claim_slips.claim_slips_print, name="claim-slips-print"),
    path("ban-lam-viec/tuoi-doan/", ages.age_list, name="age-list"),
    path("ban-lam-viec/tuoi-doan/le-truong-thanh/", ages.ceremony_hold, name="ceremony-hold"),
    path("ban-lam-viec/tuoi-doan/o-lai/", ages.longer_stay, name="longer-stay"),
    path("ban-lam-viec/le-truong-thanh/<int:pk>/", ages.ceremony_detail, name="ceremony"),
    path("ban-lam-viec/rut-khoi-le/<int:pk>/", ages.growing_withdraw, name="growing-withdraw"),
    path("ca-nhan/the/", cards.card, name="card"),
    path("the/<str:code>/<str:key>/", cards.card_check, name="card-check"),
    path("ca-nhan/chuyen-sinh-hoat/", transfers.own_transfer, name="own-transfer"),
    path("ban-lam-viec/chuyen-sinh-hoat/", transfers.transfer_list, name="transfer-list"),
    path("ban-lam-viec/chuyen-sinh-hoat/moi/", transfers.transfer_ask, name="transfer-ask"),
    path("ban-lam-viec/chuyen-sinh-hoat/<int:pk>/", transfers.transfer_detail, name="transfer"),
    path(
        "ban-lam-viec/chuyen-sinh-hoat/<int:pk>/dong-y/", transfers.transfer_release, name="transfer-release"
    ),
    path(
        "ban-lam-viec/chuyen-sinh-hoat/<int:pk>/tiep-nhan/", transfers.transfer_accept, name="transfer-accept"
    ),
    path(
        "ban-lam-viec/chuyen-sinh-hoat/<int:pk>/tu-choi/", transfers.transfer_refuse, name="transfer-refuse"
    ),
    path("ban-lam-viec/chuyen-sinh-hoat/<int:pk>/huy/", transfers.transfer_cancel, name="transfer-cancel"),
]
