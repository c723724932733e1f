"""The buttons on a member's page that begin and end what they do beside their home unit."""

from django.utils import timezone
from unfold.decorators import action

from members import actions
from members.forms.stays import EndOneStayForm, StayForm
from members.models import Affiliation, Member
from members.rules.transfers import MOVING


class MemberStays:
    """Living elsewhere, working elsewhere for a while: one button each to begin and to end it."""

    def has_begin_stay_permission(self, request, object_id=None):
        own = Member.objects.within(self.write_scope(request)).filter(status__in=MOVING)
        return own.filter(pk=object_id).exists()

    @action(description="Thêm nơi sinh hoạt", permissions=["begin_stay"], url_path="ghi-noi-sinh-hoat")
    def begin_stay(self, request, object_id):
        return self.run(
            request,
            actions.begin_stay,
            member=self.get(request, object_id),
            form_class=StayForm,
            done=lambda stay: f"Đã ghi {stay.get_kind_display()} tại {stay.unit}.",
        )

    def _running(self, request, object_id):
        own = Member.objects.within(self.write_scope(request)).filter(pk=object_id)
        return Affiliation.objects.stays().running(timezone.localdate()).filter(member__in=own)

    def has_end_stay_permission(self, request, object_id=None):
        return self._running(request, object_id).exists()

    @action(
        description="Kết thúc nơi sinh hoạt",
        permissions=["end_stay"],
        url_path="ket-thuc-noi-sinh-hoat",
    )
    def end_stay(self, request, object_id):
        self.get(request, object_id)
        return self.run(
            request,
            actions.end_stay,
            form_class=EndOneStayForm,
            form_kwargs={"stays": self._running(request, object_id)},
            done=lambda stay: f"Kết thúc {stay.get_kind_display()} hết ngày {stay.ends_on:%d/%m/%Y}.",
        )
