from django.db.models import Q

from members.models import Affiliation, Position
from units.admin import ScopedStackedInline, ScopedTabularInline
from units.models import Unit


class PositionInline(ScopedStackedInline):
    model = Position
    fields = [("title", "unit"), ("organisation", "source"), "decision_no", ("starts_on", "ends_on")]
    autocomplete_fields = ["unit"]
    ordering = ["starts_on", "pk"]

    def choices_for(self, db_field, request):
        """Units of the branch, and those of posts the record already has."""
        offered = super().choices_for(db_field, request)
        object_id = request.resolver_match.kwargs.get("object_id")
        if not object_id:
            return offered
        held = Position.objects.filter(member=object_id, unit__isnull=False)
        return Unit.objects.filter(Q(pk__in=offered.values("pk")) | Q(pk__in=held.values("unit"))).order_by(
            "path"
        )


class AffiliationInline(ScopedTabularInline):
    model = Affiliation
    is_read_only = True
    fields = ["unit", "kind", "starts_on", "ends_on"]
    ordering = ["starts_on", "pk"]
