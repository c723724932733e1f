from django.contrib import admin
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from unfold.decorators import action, display

from events import actions
from events.admin.event_day import EventDayButtons
from events.admin.event_filters import StageFilter
from events.admin.event_inlines import EventPartInline, SeatQuotaInline, SessionInline, VenueInline
from events.forms import EventAdminForm, EventCancelForm, EventCopyForm
from events.models import Event, Registration
from units.admin import ScopedAdmin
from units.roles import Can

STAGE_COLOURS = {
    Event.Stage.DRAFT: "warning",
    Event.Stage.CANCELLED: "danger",
    Event.Stage.ANNOUNCED: "info",
    Event.Stage.OPEN: "success",
    Event.Stage.CLOSED: "quiet",
    Event.Stage.RUNNING: "success",
    Event.Stage.OVER: "quiet",
}


@admin.register(Event)
class EventAdmin(EventDayButtons, ScopedAdmin):
    scope_ability = Can.RUN_EVENTS
    wide_fields = ("program", "campaign")
    form = EventAdminForm
    inlines = [SessionInline, EventPartInline, SeatQuotaInline, VenueInline]
    list_display = ["title", "kind", "host", "starts_at", "seats", "stage"]
    list_filter = [StageFilter, "kind", "mode", "program"]
    list_select_related = ["host"]
    search_fields = ["title"]
    ordering = ["-starts_at", "-pk"]
    readonly_fields = ["shown_stage", "published_at", "cancelled_at", "cancel_reason"]
    autocomplete_fields = ["host"]
    actions_detail = [
        "publish",
        {
            "title": "Việc của sự kiện",
            "items": ["list_registrations", "check_in", "list_attendance", "issue", "print_certificates"],
        },
        "copy",
        "cancel",
    ]
    fieldsets = [
        (
            None,
            {"fields": ["title", ("kind", "mode"), "host", ("program", "campaign"), "theme", "description"]},
        ),
        (
            "Thời gian, địa điểm",
            {"fields": [("starts_at", "ends_at"), "doors_at", "place", "place_note"]},
        ),
        ("Đăng ký", {"fields": [("opens_at", "closes_at"), ("capacity", "offer_hours"), "shares_until"]}),
        ("Giấy chứng nhận", {"fields": [("gives_certificate", "pass_percent")]}),
        ("Tình trạng", {"fields": [("shown_stage", "published_at"), ("cancelled_at", "cancel_reason")]}),
    ]

    def get_queryset(self, request):
        states = Registration.State
        return (
            super()
            .get_queryset(request)
            .annotate(
                taken=Count("registrations", filter=Q(registrations__state__in=Registration.HOLDING)),
                queue=Count("registrations", filter=Q(registrations__state=states.WAITING)),
            )
        )

    @display(description="Chỗ")
    def seats(self, event):
        waiting = f", {event.queue} chờ" if event.queue else ""
        return f"{event.taken}/{event.capacity}{waiting}"

    @display(description="Tình trạng", label=STAGE_COLOURS)
    def stage(self, event):
        stage = event.stage_at(timezone.now())
        return stage.value, stage.label

    @display(description="Tình trạng")
    def shown_stage(self, event):
        return (event.stage_at(timezone.now()) if event.pk else Event.Stage.DRAFT).label

    def view_on_site(self, event):
        """Drafts have no public page yet."""
        return event.get_absolute_url() if event.published_at else None

    # --- writing: plain facts and rows in one go, settled by one action -----------------------------

    def save_model(self, request, obj, form, change):
        """Made by an action; changed only after its rows, so that the whole is checked as it will stand."""
        if change:
            actions.hold_event(event=obj)
        else:
            obj.pk = actions.create_event(by=request.user, **form.cleaned_data).pk

    def save_related(self, request, form, formsets, change):
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)
        if change:
            facts = {name: form.cleaned_data[name] for name in form.changed_data}
            actions.update_event(event=form.instance, by=request.user, **facts)

    # --- buttons -----------------------------------------------------------------------------------

    def _stage(self, request, object_id):
        event = self.get_queryset(request).filter(pk=object_id).first()
        return event and event.stage_at(timezone.now())

    def has_publish_permission(self, request, object_id=None):
        may = self.has_change_permission(request, object_id)
        return may and self._stage(request, object_id) == Event.Stage.DRAFT

    def has_cancel_permission(self, request, object_id=None):
        done = (None, Event.Stage.CANCELLED, Event.Stage.OVER)
        may = self.has_change_permission(request, object_id)
        return may and self._stage(request, object_id) not in done

    @action(description="Công bố", permissions=["publish"])
    def publish(self, request, object_id):
        event = self.get(request, object_id)
        return self.run(request, actions.publish_event, event=event, done="Đã công bố sự kiện.")

    @action(description="Sao chép", permissions=["change"])
    def copy(self, request, object_id):
        return self.run(
            request,
            actions.copy_event,
            event=self.get(request, object_id),
            form_class=EventCopyForm,
            done=lambda made: f"Đã tạo {len(made)} bản nháp. Xem lại từng bản rồi công bố.",
        )

    @action(description="Hủy sự kiện", permissions=["cancel"])
    def cancel(self, request, object_id):
        return self.run(
            request,
            actions.cancel_event,
            event=self.get(request, object_id),
            form_class=EventCancelForm,
            done="Đã hủy sự kiện và báo cho mọi người đã đăng ký.",
        )

    @action(description="Danh sách đăng ký", permissions=["view"])
    def list_registrations(self, request, object_id):
        event = self.get(request, object_id)
        return redirect(f"{reverse('admin:events_registration_changelist')}?event__id__exact={event.pk}")
