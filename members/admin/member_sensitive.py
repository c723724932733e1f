from http import HTTPStatus

from core import audit
from members.access import sight_of
from members.admin.member_history import MemberChanges
from members.rules.sight import ABILITY_OF
from units.queries import top_unit
from units.scope import Scope

NEVER_ASKED = {*ABILITY_OF, "citizen_id_hash"}


class SensitiveFacts:
    """Sensitive columns: who sees which of them where, and the trace that it leaves."""

    def sees(self, request, member=None):
        """The columns seen of this member; without one, of everybody whom the person may add."""
        sight = sight_of(request)
        return sight.shown_in(member.unit) if member else sight.shown_throughout(self.write_scope(request))

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
        if member and (columns := sight_of(request).told_of(member)):
            detail = {"columns": columns}
            audit.record("sensitive.seen", by=request.user, target=member, unit=member.unit, detail=detail)
        return page

    def get_historical_record_context_helper(self, request, historical_record):
        hidden = set(ABILITY_OF) - self.sees(request, historical_record.instance)
        return MemberChanges(self.model, historical_record, hidden=hidden)

    # --- files -------------------------------------------------------------------------------------

    def get_export_resource_kwargs(self, request, **kwargs):
        return super().get_export_resource_kwargs(request, **kwargs) | {"sight": sight_of(request)}

    def exports_sensitive(self, request):
        return bool(sight_of(request).shown_somewhere())

    def note_taken(self, request, detail):
        """What sensitive columns the file has, and of how many people, where the taker sees them."""
        sight = sight_of(request)
        if columns := sight.shown_somewhere():
            unit = top_unit(Scope.of(path for column in columns for path in sight.of(column).paths))
            told = {name: detail[name] for name in ("list", "narrowed", "rows", "format")} | {
                "columns": columns
            }
            audit.record("sensitive.exported", by=request.user, target=request.user, unit=unit, detail=told)
