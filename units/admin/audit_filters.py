"""By what the audit trail is narrowed. Each filter asks one question that one index answers."""

import re
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from unfold.contrib.filters.admin import DropdownFilter, TextFilter

from accounts.models import User
from units.admin.keys import as_key
from units.queries import units_at_top
from units.rules import FORM_VERBS, VERBS, form_verb_words

OURS = ("accounts", "core", "events", "members", "notifications", "programs", "reports", "units")
MOST_PEOPLE = 200
OF_ONE = re.compile(r"^.*\((\d+)\)$")


def narrowed_to(label, **query):
    """The words, leading to the list of what the query means."""
    address = reverse("admin:core_auditentry_changelist")
    return format_html('<a href="{}?{}">{}</a>', address, urlencode(query), label)


def one_person(user):
    """How the filter names one person among others of that name: "Ma Thị Đào (12)"."""
    return f"{user.full_name} ({user.pk})"


class PersonFilter(TextFilter):
    """Those whose name holds the text; with a key behind it, that one person."""

    title = "người thực hiện"
    parameter_name = "nguoi"

    def queryset(self, request, queryset):
        text = (self.value() or "").strip()
        if not text:
            return queryset
        if found := OF_ONE.match(text):
            return queryset.filter(by=as_key(found[1]) or 0)
        named = User.objects.filter(full_name__icontains=text).order_by()
        people = list(named.values_list("pk", flat=True)[: MOST_PEOPLE + 1])
        if len(people) > MOST_PEOPLE:
            return queryset.filter(by__full_name__icontains=text)
        return queryset.filter(by__in=people)


class UnitFilter(DropdownFilter):
    """A unit and everything below it. Offered are the tops of the scope and what stands right below."""

    title = "đơn vị"
    parameter_name = "don-vi"

    def lookups(self, request, model_admin):
        self.scope = model_admin.read_scope(request)
        return [(str(unit.pk), unit.title) for unit in units_at_top(self.scope)]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        paths = dict(units_at_top(self.scope, chosen=as_key(self.value())).values_list("pk", "path"))
        path = paths.get(as_key(self.value()))
        return queryset.filter(unit_path__startswith=path) if path else queryset.none()


class KindFilter(DropdownFilter):
    title = "loại đối tượng"
    parameter_name = "loai"

    def lookups(self, request, model_admin):
        return sorted(kinds().items(), key=lambda kind: kind[1])

    def queryset(self, request, queryset):
        return queryset.filter(target_type=self.value()) if self.value() else queryset


class ObjectFilter(TextFilter):
    """One object by its number; of whatever kind, unless the kind is chosen too."""

    title = "số của đối tượng"
    parameter_name = "so"

    def queryset(self, request, queryset):
        number = (self.value() or "").strip()
        if not number:
            return queryset
        return queryset.filter(target_type__in=kinds(), target_id=number)


class VerbFilter(DropdownFilter):
    title = "việc"
    parameter_name = "viec"

    def lookups(self, request, model_admin):
        return sorted({**VERBS, **self.of_forms()}.items(), key=lambda verb: verb[1])

    def queryset(self, request, queryset):
        return queryset.filter(verb=self.value()) if self.value() else queryset

    def of_forms(self):
        """What the forms of the desk note, as far as VERBS has no words of its own."""
        written = [model for model, desk in admin.site._registry.items() if not desk.is_read_only]
        return {
            f"{model._meta.model_name}.{done}": form_verb_words(done, str(model._meta.verbose_name))
            for model in written
            for done in FORM_VERBS
        }


def kinds():
    """Every kind of object of the portal in Vietnamese, by its label; earlier versions are none."""
    models = (model for label in OURS for model in apps.get_app_config(label).get_models())
    return {
        model._meta.label_lower: str(model._meta.verbose_name).capitalize()
        for model in models
        if not model.__name__.startswith("Historical")
    }
