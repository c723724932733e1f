"""Where everything lives. Addresses are Vietnamese; names are English."""

from django.contrib import admin
from django.urls import include, path

from members import urls as members_urls
from portal.views.health import healthz, readyz
from portal.views.home import home
from portal.views.mailbox import mailbox, mailbox_mail
from portal.views.my_page import my_page, own_data, own_data_file, privacy

# Pages that gather from every app bear the name of the app they belong to but are built at the top.
MEMBERS = [
    *members_urls.urlpatterns,
    path("ca-nhan/", my_page, name="my-page"),
    path("ca-nhan/du-lieu/", own_data, name="own-data"),
    path("ca-nhan/du-lieu/tai-ve/", own_data_file, name="own-data-file"),
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
    path("quan-tri/", admin.site.urls),
    path("tai-khoan/", include("allauth.urls")),
    path("", include((MEMBERS, "members"))),
    path("", include("programs.urls")),
    path("", include("events.urls")),
    path("", include("reports.urls")),
    path("", include((NOTIFICATIONS, "notifications"))),
]
