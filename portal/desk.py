"""The web admin as one site: who gets in, and what its pick-lists may show."""

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.apps import apps
from django.conf import settings
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from unfold.sites import UnfoldAdminSite

from units.access import sits_at_desk

# What unfold cannot do without; the reasons are in docs/decisions/0002-admin-csp.md.
UNFOLD_POLICY = {"script-src": [UNSAFE_EVAL], "style-src": [UNSAFE_INLINE]}

ASKED = ("app_label", "model_name", "field_name")


class NarrowedChoices(AutocompleteJsonView):
    """Offers what the form or filter that asks may choose from, not what the other list may show.

    It answers pick-lists that stand on some page; any other key is refused, whoever asks.
    """

    def process_request(self, request):
        app_label, model_name, path = (request.GET.get(name, "") for name in ASKED)
        try:
            source_model = apps.get_model(app_label, model_name)
        except (LookupError, ValueError):
            raise PermissionDenied from None
        self.source_admin = self.admin_site.admin_with(source_model)
        field = self.source_admin and self.source_admin.picked_field(path)
        if field is None:
            raise PermissionDenied
        target = self.admin_site.get_model_admin(field.remote_field.model)
        return request.GET.get("term", ""), target, field, target.opts.pk.attname

    def has_perm(self, request, obj=None):
        return self.source_admin.has_view_permission(request)

    def get_queryset(self):
        choices = self.source_admin.choices_for(self.source_field, self.request)
        choices = choices.complex_filter(self.source_field.get_limit_choices_to())
        if not choices.ordered:
            choices = choices.order_by(*self.model_admin.get_ordering(self.request))
        choices, repeats = self.model_admin.get_search_results(self.request, choices, self.term)
        return choices.distinct() if repeats else choices


class DeskSite(UnfoldAdminSite):
    """Open to people who hold a desk role today; signing in happens on the portal's own page."""

    index_title = "Tổng quan"

    def has_permission(self, request):
        return request.user.is_authenticated and sits_at_desk(request)

    def get_urls(self):
        """Without Django's address that leads to the page of any row, of whatever unit, by its key."""
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", "") != "view_on_site"]

    def admin_view(self, view, cacheable=False):
        return csp_update(UNFOLD_POLICY)(super().admin_view(view, cacheable))

    def login(self, request, extra_context=None):
        if request.user.is_authenticated:
            raise Http404("Không có trang này.")
        return redirect_to_login(request.GET.get("next") or request.get_full_path(), settings.LOGIN_URL)

    def autocomplete_view(self, request):
        return NarrowedChoices.as_view(admin_site=self)(request)

    def admin_with(self, model):
        """The page or the part of a page on which rows of the model are edited, or None."""
        if model in self._registry:
            return self._registry[model]
        for desk in self._registry.values():
            for inline in desk.inlines:
                if inline.model is model:
                    return inline(desk.model, self)
        return None
