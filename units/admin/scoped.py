from functools import wraps

from django.contrib import messages
from django.contrib.admin import ModelAdmin as DjangoModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin
from unfold.contrib.import_export.forms import ExportForm

from core import audit
from core.errors import DomainError
from core.text import fold
from units import actions
from units.access import request_scope
from units.admin.as_read import CheckedAsRead
from units.admin.choices import NarrowedForms
from units.admin.exporting import ExportedLists
from units.admin.history import ChangesInWords
from units.admin.keys import answerable, as_key, keyed
from units.admin.refused_forms import RefusedForms
from units.queries import describe_scope, top_unit
from units.roles import Can


class ScopedAdmin(NarrowedForms, RefusedForms, CheckedAsRead, ExportedLists, SimpleHistoryAdmin, ModelAdmin):
    """One list of the staff's desk, narrowed to the branches in which the person has the ability.

    A subclass says what it needs by name:

    `scope_ability`   who sees the list, and in which branches. The model's queryset has `within(scope)`;
                      for one that has not, `scope_path` names the way to the unit's path.
    `write_ability`   who adds and edits by form; the same as `scope_ability` when not given.
    `is_read_only`    rows that only actions may write. `can_add`, `can_delete` (False) say the rest.
    `wide_fields`     foreign keys that offer rows outside the scope, see `NarrowedForms`.
    `guarded_by`      the key to the row that is locked before this one is saved, see `CheckedAsRead`.
    `folds_search`    True when `search_fields` are folded columns (`search_name`): typing "Đại" finds "dai".
    `resource_classes` columns of the export, which holds exactly what the list shows, see `ExportedLists`.
    `paginator`       `unfold.paginator.InfinitePaginator` for tables over 50,000 rows: it does not count.

    Foreign keys with many rows go into `autocomplete_fields`; what they offer is narrowed the same way.
    Plain facts are saved by the form, with history and an audit entry; where `save_model` calls an action
    instead, its refusal comes back as an error of the form. Buttons that change more are unfold actions
    that end in `run`:

        actions_detail = ["publish"]

        @action(description="Công bố", permissions=["change"])
        def publish(self, request, object_id):
            return self.run(request, actions.publish_event, event=self.get(request, object_id))
    """

    scope_ability: Can
    write_ability: Can | None = None
    scope_path = ""
    is_read_only = False
    can_add = True
    can_delete = False
    folds_search = False

    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    list_before_template = "units/_scope_line.html"
    compressed_fields = True
    warn_unsaved_form = True
    export_form_class = ExportForm

    # --- who ---------------------------------------------------------------------------------------

    def read_scope(self, request):
        """The branches whose rows the person sees here."""
        return request_scope(request, self.scope_ability)

    def write_scope(self, request):
        """The branches in which the person adds and edits here."""
        return request_scope(request, self.write_ability or self.scope_ability)

    def has_module_permission(self, request):
        return bool(self.read_scope(request))

    def has_view_permission(self, request, obj=None):
        return self._reaches(request, self.read_scope(request), obj)

    def has_change_permission(self, request, obj=None):
        return not self.is_read_only and self._reaches(request, self.write_scope(request), obj)

    def has_add_permission(self, request):
        return self.can_add and not self.is_read_only and bool(self.write_scope(request))

    def has_delete_permission(self, request, obj=None):
        return self.can_delete and self.has_change_permission(request, obj)

    def _reaches(self, request, scope, obj):
        if obj is None or not scope:
            return bool(scope)
        pk = obj.pk if isinstance(obj, Model) else obj  # unfold asks with the key alone
        return pk is None or self.rows_in(self.model._default_manager.all(), scope).filter(pk=pk).exists()

    # --- which rows --------------------------------------------------------------------------------

    def get_queryset(self, request):
        return self.rows_in(super().get_queryset(request), self.read_scope(request))

    def rows_in(self, rows, scope):
        """The rows that lie in the scope."""
        return rows.filter(scope.as_q(self.scope_path)) if self.scope_path else rows.within(scope)

    def get_object(self, request, object_id, from_field=None):
        """Django would lead who asks for a row outside to the start page; here there is no such page."""
        row = super().get_object(request, object_id, from_field)
        if row is None:
            raise Http404("Không có trang này.")
        return row

    def view_on_site(self, row):
        """The row's own page on the portal, if it has one."""
        return row.get_absolute_url() if hasattr(row, "get_absolute_url") else None

    def get_urls(self):
        """No address opens a row whose key cannot be one or asks what nobody can answer."""
        patterns = super().get_urls()
        for pattern in patterns:
            pattern.callback = answerable(keyed(self._refused_inside_only(pattern.callback)))
        return patterns

    def _refused_inside_only(self, view):
        """The view, as 404 where a row outside would be refused: that alone says that there is one."""

        @wraps(view)
        def wrapped(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except PermissionDenied:
                if "object_id" in kwargs:
                    self.get(request, kwargs["object_id"])
                raise

        return wrapped

    def get(self, request, object_id):
        """The row, if the person may see it; otherwise it does not exist (404)."""
        return get_object_or_404(self.get_queryset(request), pk=as_key(object_id))

    def get_search_results(self, request, queryset, search_term):
        term = fold(search_term) if self.folds_search else search_term
        return super().get_search_results(request, queryset, term)

    def changelist_view(self, request, extra_context=None):
        context = {"scope_line": describe_scope(self.read_scope(request))}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    # --- writing -----------------------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        if hasattr(obj, "set_name_keys"):
            obj.set_name_keys()
        if not change:
            super().save_model(request, obj, form, change)
            self._note(request, obj, "added", {"fields": form.changed_data})
        elif actions.edit_facts(row=obj, by=request.user):
            self._note(request, obj, "edited", {"fields": form.changed_data})

    def delete_model(self, request, obj):
        self._note(request, obj, "deleted", {})
        super().delete_model(request, obj)

    def log_addition(self, request, obj, message):
        """Nothing: Django's own log would repeat the audit trail with people's names in it."""

    def log_change(self, request, obj, message):
        """Nothing, see `log_addition`."""

    def log_deletions(self, request, queryset):
        """Nothing, see `log_addition`."""

    def _note(self, request, obj, done, detail):
        verb = f"{self.opts.model_name}.{done}"
        unit = self.unit_of(obj) or top_unit(self.write_scope(request))
        audit.record(verb, by=request.user, target=obj, unit=unit, detail=detail)

    def unit_of(self, obj):
        """The unit the row hangs on, for the audit trail."""
        way = self.scope_path or self.model._default_manager.all().unit_path
        for step in way.split("__")[:-1]:
            obj = getattr(obj, step)
        return obj

    def run(self, request, action, *, done="Đã thực hiện.", form_class=None, form_kwargs=None, **facts):
        """Ask on GET, do on POST: call the action with the facts and say what came of it in Vietnamese.

        `form_class` asks for more before: its cleaned data join the facts, and a refusal is shown in
        it. `done` is the sentence of success, or a function that makes it from the action's result.
        """
        form = None
        if form_class:
            form = form_class(request.POST or None, request.FILES or None, **(form_kwargs or {}))
        if request.method != "POST" or (form and not form.is_valid()):
            return self._ask(request, facts, form)
        try:
            result = action(**facts, **(form.cleaned_data if form else {}), by=request.user)
        except DomainError as refusal:
            if form:
                form.add_error(None, str(refusal))
                return self._ask(request, facts, form)
            messages.error(request, str(refusal))
        else:
            messages.success(request, done(result) if callable(done) else done)
        return redirect(self._way_back(request))

    def _ask(self, request, facts, form):
        name = request.resolver_match.url_name.removeprefix(f"{self.opts.app_label}_{self.opts.model_name}_")
        question = getattr(getattr(self, name, None), "short_description", "Xác nhận")
        context = {
            **self.admin_site.each_context(request),
            "title": question,
            "opts": self.opts,
            "form": form,
            "targets": [fact for fact in facts.values() if isinstance(fact, Model)],
            "way_back": self._way_back(request),
            "media": self.media + form.media if form else self.media,
        }
        return TemplateResponse(request, "units/action_page.html", context)

    def _way_back(self, request):
        names = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        object_id = request.resolver_match.kwargs.get("object_id")
        if object_id and self.get_queryset(request).filter(pk=object_id).exists():
            return reverse(f"{names}_change", args=[object_id])
        return reverse(f"{names}_changelist")

    # --- history -----------------------------------------------------------------------------------

    @property
    def _keeps_history(self):
        return hasattr(self.opts, "simple_history_manager_attribute")

    def history_view(self, request, object_id, extra_context=None):
        self.get(request, object_id)
        if self._keeps_history:
            return super().history_view(request, object_id, extra_context)
        return DjangoModelAdmin.history_view(self, request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """An earlier version is read, never brought back: simple_history would save it for any reader."""
        self.get(request, object_id)
        if not self._keeps_history or request.method not in ("GET", "HEAD"):
            raise Http404("Không có trang này.")
        return super().history_form_view(request, object_id, version_id, extra_context)

    def get_historical_record_context_helper(self, request, historical_record):
        return ChangesInWords(self.model, historical_record)
