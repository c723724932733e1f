from http import HTTPStatus

from core import audit
from members.admin.member_history import MemberChanges
from members.resources import SENSITIVE
from units.access import request_scope
from units.admin.filters import filter_words
from units.queries import top_unit
from units.roles import Can

NEVER_ASKED = {*SENSITIVE, "citizen_id_hash"}


class SensitiveFacts:
    """Ethnic group, religion and the citizen number's end: who sees them, and the trace that it leaves."""

    def sensitive_scope(self, request):
        return request_scope(request, Can.SEE_SENSITIVE)

    def sees_sensitive(self, request, member=None):
        """Of this member; without one, wherever the person may add members."""
        scope = self.sensitive_scope(request)
        if member is not None:
            return scope.covers(member.unit)
        return bool(scope) and all(path.startswith(scope.paths) for path in self.write_scope(request).paths)

    def lookup_allowed(self, lookup, value, request=None):
        """An address of the list may not sort people by what is not shown to everyone."""
        return lookup.split("__")[0] not in NEVER_ASKED and super().lookup_allowed(lookup, value, request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        page = super().change_view(request, object_id, form_url, extra_context)
        return self._noted(request, object_id, page)

    def history_view(self, request, object_id, extra_context=None):
        page = super().history_view(request, object_id, extra_context)
        return self._noted(request, object_id, page)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        page = super().history_form_view(request, object_id, version_id, extra_context)
        return self._noted(request, object_id, page)

    def _noted(self, request, object_id, page):
        """The page; that it shows the values is noted, also where it only comes back with an error."""
        if page.status_code != HTTPStatus.OK:
            return page
        member = self.get_queryset(request).select_related("unit").filter(pk=object_id).first()
        told = member and any(getattr(member, name) for name in SENSITIVE)
        if told and self.sees_sensitive(request, member):
            audit.record("sensitive.seen", by=request.user, target=member, unit=member.unit)
        return page

    def get_historical_record_context_helper(self, request, historical_record):
        hidden = () if self.sees_sensitive(request, historical_record.instance) else SENSITIVE
        return MemberChanges(self.model, historical_record, hidden=hidden)

    def get_export_resource_kwargs(self, request, **kwargs):
        kwargs = super().get_export_resource_kwargs(request, **kwargs)
        return kwargs | {"sensitive_scope": self.sensitive_scope(request)}

    def exports_sensitive(self, request):
        return bool(self.sensitive_scope(request))

    def get_export_data(self, file_format, request, queryset, **kwargs):
        if unit := top_unit(self.sensitive_scope(request)):
            detail = {"narrowed": filter_words(request, self)}
            audit.record("sensitive.exported", by=request.user, target=request.user, unit=unit, detail=detail)
        return super().get_export_data(file_format, request, queryset, **kwargs)
