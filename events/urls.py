"""Addresses of events."""

from django.urls import path

from events.views import certificates, check_in, events, nominations, registrations, tickets

app_name = "events"
urlpatterns = [
    path("su-kien/", events.event_list, name="event-list"),
    path("su-kien/<int:pk>/", events.event_detail, name="event-detail"),
    path("su-kien/<int:pk>/dang-ky/", registrations.registration_create, name="registration-create"),
    path("su-kien/<int:pk>/cu-dai-bieu/", nominations.nomination, name="nomination"),
    path(
        "su-kien/<int:pk>/cu-dai-bieu/<int:member_pk>/",
        nominations.nomination_create,
        name="nomination-create",
    ),
    path("dang-ky/<int:pk>/huy/", registrations.registration_cancel, name="registration-cancel"),
    path("dang-ky/<int:pk>/nhan-cho/", registrations.offer_accept, name="offer-accept"),
    path("dang-ky/<int:pk>/nhuong-cho/", registrations.offer_decline, name="offer-decline"),
    path("su-kien/<int:pk>/lich.ics", tickets.event_calendar, name="event-calendar"),
    path(
        "su-kien/<int:pk>/giay-chung-nhan.pdf",
        certificates.event_certificates_file,
        name="event-certificates-file",
    ),
    path("ve/<str:serial>/", tickets.ticket_detail, name="ticket-detail"),
    path("ve/<str:serial>/<str:key>/", tickets.ticket_open, name="ticket-open"),
    path("diem-danh/<int:pk>/", check_in.check_in, name="check-in"),
    path("diem-danh/<int:pk>/nhap-ma/", check_in.check_in_typed, name="check-in-typed"),
    path("diem-danh/<int:pk>/luot-quet/", check_in.scan_batch, name="scan-batch"),
    path("diem-danh/<int:pk>/ve/", check_in.check_in_tickets, name="check-in-tickets"),
    path("diem-danh/<int:pk>/danh-sach/", check_in.attendance_list, name="check-in-list"),
    path(
        "diem-danh/<int:pk>/danh-sach/<int:registration_pk>/",
        check_in.attendance_mark,
        name="attendance-mark",
    ),
    path("tra-cuu/", certificates.certificate_search, name="certificate-search"),
    path("chung-nhan/<str:code>/", certificates.certificate_check, name="certificate-check"),
    path("chung-nhan/<str:code>/tep.pdf", certificates.certificate_file, name="certificate-file"),
]
