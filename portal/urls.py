"""Where everything lives. Addresses are Vietnamese; names are English."""

from django.contrib import admin
from django.urls import include, path

from members import urls as members_urls
from portal.views.health import healthz, readyz
from portal.views.home import home
from portal.views.mailbox import mailbox, mailbox_mail
from portal.views.my_page import my_page, own_data, own_data_file, own_data_text, privacy, who_sees
from portal.views.processing import processing_register
from portal.views.sign_on import sign_on_begin, sign_on_return
from portal.views.support import account_log, support_end, support_start

# Pages that gather from every app bear the name of the app they belong to but are built at the top.
MEMBERS = [
    *members_urls.urlpatterns,
    path("ca-nhan/", my_page, name="my-page"),
    path("ca-nhan/du-lieu/", own_data, name="own-data"),
    path("ca-nhan/ai-xem-duoc/", who_sees, name="who-sees"),
    path("ca-nhan/du-lieu/tai-ve/", own_data_file, name="own-data-file"),
    path("ca-nhan/du-lieu/ban-doc/", own_data_text, name="own-data-text"),
]
NOTIFICATIONS = [
    path("hop-thu-thu/", mailbox, name="mailbox"),
    path("hop-thu-thu/<int:pk>/", mailbox_mail, name="mailbox-mail"),
]

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("quyen-rieng-tu/", privacy, name="privacy"),
    path("quan-tri/xem-ho/<int:user_id>/", support_start, name="support-start"),
    path("ban-lam-viec/so-xu-ly-du-lieu/", processing_register, name="processing-register"),
    path("quan-tri/", admin.site.urls),
    path("xem-ho/ket-thuc/", support_end, name="support-end"),
    path("ca-nhan/nhat-ky-tai-khoan/", account_log, name="account-log"),
    # Before allauth's own of the same addresses, which check no signature and fall when the sign-on is away.
    path("tai-khoan/oidc/<str:provider_id>/login/", sign_on_begin, name="sign-on-begin"),
    path("tai-khoan/oidc/<str:provider_id>/login/callback/", sign_on_return, name="sign-on-return"),
    path("tai-khoan/", include("allauth.urls")),
    path("", include((MEMBERS, "members"))),
    path("", include("programs.urls")),
    path("", include("events.urls")),
    path("", include("reports.urls")),
    path("", include((NOTIFICATIONS, "notifications"))),
]
