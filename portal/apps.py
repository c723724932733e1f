from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "cổng thông tin"


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with `portal.desk.DeskSite` as its one site."""

    default = False
    default_site = "portal.desk.DeskSite"
