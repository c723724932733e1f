"""What every template may show: whose portal this is and where one can go."""

from django.conf import settings

from portal.navigation import Navigation


def office(request):
    return {
        "office_name": settings.OFFICE_NAME,
        "embedded": settings.EMBEDDED,
        "navigation": Navigation(request),
        "support_visit": getattr(request, "support_visit", None),
        "sign_on_name": settings.OIDC_NAME if settings.OIDC_SERVER else "",
    }
