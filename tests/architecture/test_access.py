"""Every view says who may open it."""

from django.urls import URLPattern, URLResolver, get_resolver

# Views of libraries that bring their own door: allauth and the web admin.
FOREIGN = (
    "allauth.", "django.contrib.admin", "unfold.", "django.views.static", "django.views.i18n",
    "django.views.generic.base",  # old addresses of allauth that lead to the new ones
)  # fmt: skip


def views(patterns=None, prefix=""):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def is_foreign(view):
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    return module.startswith(FOREIGN)


def test_every_view_of_ours_says_who_may_open_it():
    silent = [
        address
        for address, view in views()
        if not hasattr(view, "access") and not is_foreign(view) and not address.startswith("quan-tri/")
    ]

    assert silent == []


def test_the_walk_sees_views():
    assert len([address for address, view in views() if hasattr(view, "access")]) > 10
