"""Two people edit one record: whoever saves second learns what the first one changed before it is lost."""

from datetime import date, datetime

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.core import signing
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.timezone import localtime

from units.admin.keys import as_key
from units.queries import last_change

TOKEN = "as_read"
OUTDATED = "Biểu mẫu này đã cũ, chưa lưu gì. Hãy xem lại các ô rồi lưu."


class Standing:
    """What a form and the rows below it would show if it were opened now."""

    def __init__(self, form, formsets):
        self.form = form
        self.facts = {name: _mark(form[name].initial) for name in form.fields}
        self.titles = {}
        for formset in formsets:
            for row in formset.initial_forms:
                key = f"{formset.prefix}:{row.instance.pk}"
                self.facts[key] = _mark([_mark(row[name].initial) for name in row.fields])
            title = str(formset.model._meta.verbose_name_plural)
            self.titles[formset.prefix] = f"“{title[:1].upper()}{title[1:]}”"

    def differing(self, read):
        """The fields whose value is another than when the form was read, rows by the name of their table."""
        names = [name for name in self.form.fields if read.get(name) != self.facts[name]]
        rows = {key for key in {*read, *self.facts} if ":" in key and read.get(key) != self.facts.get(key)}
        prefixes = {key.split(":")[0] for key in rows}
        return names, [title for prefix, title in self.titles.items() if prefix in prefixes]

    def label(self, name):
        label = str(self.form[name].label)
        return f"“{label[:1].upper()}{label[1:]}”"

    def said(self, name):
        """The value as the form would show it."""
        field, value = self.form.fields[name], self.form[name].initial
        if value in (None, ""):
            return "để trống"
        if isinstance(field, forms.ModelChoiceField):
            return str(field.queryset.model._default_manager.filter(pk=value).first() or "")
        if isinstance(value, bool):
            return "Có" if value else "Không"
        if isinstance(value, datetime):
            return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
        if isinstance(value, date):
            return date_format(value, "SHORT_DATE_FORMAT")
        return str(dict(getattr(field, "choices", ())).get(value) or field.prepare_value(value))


class CheckedAsRead:
    """Forms carry a signed mark of what they showed. When the record says something else by the time they
    are saved, they come back with everything typed and with what was changed, by whom and when.

    The check and the saving hold one lock: the row's own, or that of the row named by `guarded_by` where
    the action behind the form takes that lock first. Fields that nobody may edit are not compared.
    """

    guarded_by = ""
    change_form_before_template = "units/_as_read.html"

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST":
            self._lock(as_key(object_id))
        row = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "POST" and self.has_change_permission(request, row):
            request.standing = self._standing(request, row)
            if TOKEN in request.POST and (refusal := self._outdated(request, row)):
                request.refusal = refusal
        return row

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None and self.has_change_permission(request, obj):
            standing = getattr(request, "standing", None) or self._standing(request, obj)
            read = {"at": int(timezone.now().timestamp()), "facts": standing.facts}
            context[TOKEN] = signing.dumps(read, salt=_salt(obj), compress=True)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _lock(self, key):
        if not connection.in_atomic_block:
            return
        rows, guard = self.model._base_manager.filter(pk=key), self.guarded_by
        if guard:
            above = self.opts.get_field(guard).remote_field.model
            rows = above._base_manager.filter(pk__in=rows.values(guard))
        list(rows.select_for_update(no_key=True).values_list("pk", flat=True))

    def _standing(self, request, row):
        fields = flatten_fieldsets(self.get_fieldsets(request, row))
        form = self.get_form(request, row, change=True, fields=fields)(instance=row)
        formsets = [
            formset(instance=row, queryset=inline.get_queryset(request))
            for formset, inline in self.get_formsets_with_inlines(request, row)
            if inline.has_change_permission(request, row)
        ]
        return Standing(form, formsets)

    def _outdated(self, request, row):
        """Why the form that was read may not be saved as it is. Empty when nothing changed since."""
        try:
            read = signing.loads(request.POST[TOKEN], salt=_salt(row))
        except signing.BadSignature:
            return OUTDATED
        names, tables = request.standing.differing(read["facts"])
        if not names and not tables:
            return ""
        return _sentence(request, names, tables, by_whom=_since(row, read["at"], request.user))


def _mark(value):
    if isinstance(value, datetime):
        value = value.replace(second=0, microsecond=0)  # no form shows them
    return salted_hmac(TOKEN, str(value)).hexdigest()[:12]


def _salt(row):
    return f"{TOKEN}:{row._meta.label_lower}:{row.pk}"


def _since(row, read_at, reader):
    """Who changed the row after it was read, and when; an import of many records leaves neither with it."""
    who, at = last_change(row)
    if at is None or at.timestamp() < read_at:
        return "Có người vừa đổi {what}"
    when = f"lúc {localtime(at):%H:%M ngày %d/%m/%Y}"
    if who == reader:
        return f"Chính Anh/Chị vừa đổi {{what}} ở một trang khác {when}"
    return f"{who.full_name if who else 'Có người'} vừa đổi {{what}} {when}"


def _sentence(request, names, tables, *, by_whom):
    standing = request.standing
    what = ", ".join([*(standing.label(name) for name in names), *tables])
    now = "; ".join(f"{standing.label(name)} là {standing.said(name)}" for name in names)
    return f"{by_whom.replace('{what}', what)}; hãy xem lại rồi lưu." + (f" Hiện nay {now}." if now else "")
