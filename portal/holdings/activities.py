"""What clubs, squads, events and certificates hold about a member."""

from events.models import Certificate, Scan, Ticket
from portal.holdings.holding import Holding

PROGRAMS = [
    Holding(
        "programs.clubmember",
        "Câu lạc bộ",
        lambda member: member.club_memberships.select_related("club").order_by("pk"),
        {
            "câu lạc bộ": "club.name",
            "vai trò": "get_role_display",
            "khối đối tượng": "get_sector_display",
            "từ ngày": "starts_on",
            "đến hết ngày": "ends_on",
        },
    ),
    Holding(
        "programs.squadmember",
        "Đội hình tình nguyện",
        lambda member: member.squad_memberships.select_related("squad").order_by("pk"),
        {
            "đội hình": "squad.name",
            "vai trò": "get_role_display",
            "từ ngày": "starts_on",
            "đến hết ngày": "ends_on",
        },
    ),
]

EVENTS = [
    Holding(
        "events.registration",
        "Đăng ký sự kiện",
        lambda member: member.registrations.select_related("event").order_by("registered_at", "pk"),
        {
            "sự kiện": "event.title",
            "trạng thái": "get_state_display",
            "đăng ký lúc": "registered_at",
            "có chỗ lúc": "seated_at",
            "hủy lúc": "cancelled_at",
        },
    ),
    Holding(
        "events.ticket",
        "Vé",
        lambda member: (
            Ticket.objects.filter(registration__member=member)
            .select_related("registration__event")
            .order_by("pk")
        ),
        {
            "sự kiện": "registration.event.title",
            "mã vé": "serial",
            "cấp lúc": "issued_at",
            "thu hồi lúc": "revoked_at",
        },
    ),
    Holding(
        "events.scan",
        "Lần quét vé",
        lambda member: (
            Scan.objects.filter(registration__member=member).select_related("event").order_by("pk")
        ),
        {"sự kiện": "event.title", "kết quả": "get_outcome_display", "lúc": "server_at"},
    ),
    Holding(
        "events.attendance",
        "Điểm danh",
        lambda member: member.attendances.select_related("session__event", "unit").order_by("at", "pk"),
        {
            "sự kiện": "session.event.title",
            "buổi": "session.title",
            "đơn vị khi đó": "unit.title",
            "cách điểm danh": "get_method_display",
            "lúc": "at",
        },
    ),
    Holding(
        "events.trainingrecord",
        "Kết quả tập huấn",
        lambda member: member.training_records.select_related("unit").order_by("held_on", "pk"),
        {
            "nội dung": "title",
            "ngày": "held_on",
            "đơn vị khi đó": "unit.title",
            "số buổi": "session_count",
            "số buổi có mặt": "attended_count",
            "kết quả": "get_result_display",
        },
    ),
    Holding(
        "events.certificate",
        "Giấy chứng nhận",
        lambda member: (
            Certificate.objects.filter(record__member=member).select_related("record").order_by("pk")
        ),
        {
            "nội dung": "record.title",
            "số giấy": "number",
            "mã tra cứu": "check_code",
            "trạng thái": "get_state_display",
            "cấp lúc": "issued_at",
        },
    ),
]
