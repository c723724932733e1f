"""Everything the portal holds about one member, table by table. The list is the promise.

A test fails when a table that points at a member is missing here or in docs/privacy.md.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from allauth.account.models import EmailAddress

from events.models import Certificate, Scan, Ticket
from members.models import DuplicatePair, Member, MemberMerge, Provenance, RosterRow
from notifications.models import Message

MOST_ROWS = 1000


@dataclass(frozen=True)
class Holding:
    """One table: what it is called, how to find the member's rows, and what of a row is theirs to read."""

    table: str
    title: str
    rows: Callable[[Member], Iterable[Any]]
    shown: dict[str, str]

    def of(self, member: Member) -> list[dict[str, Any]]:
        """The member's rows as label and value, at most a thousand of a table."""
        return [
            {label: _value(row, path) for label, path in self.shown.items()}
            for row in list(self.rows(member))[:MOST_ROWS]
        ]


def _value(row: Any, path: str) -> Any:
    """What stands at the end of the path, called if it is a method; a missing step gives None."""
    try:
        value = attrgetter(path)(row)
    except AttributeError:
        return None
    value = value() if callable(value) else value
    return value if value is None or isinstance(value, str | int | float | list | dict) else _plain(value)


def _plain(value: Any) -> Any:
    """Dates and moments as they are, everything else as words."""
    return value if hasattr(value, "isoformat") else str(value)


MEMBERS = [
    Holding(
        "members.member",
        "Hồ sơ đoàn viên",
        lambda member: [member],
        {
            "mã đoàn viên": "code",
            "họ và tên": "full_name",
            "ngày sinh": "born",
            "giới tính": "get_sex_display",
            "dân tộc": "ethnic_group",
            "tôn giáo": "religion",
            "số điện thoại": "phone",
            "số điện thoại khác": "phone_other",
            "email": "email",
            "bốn số cuối căn cước": "citizen_id_last4",
            "đơn vị": "unit.title",
            "chi đoàn": "branch_name",
            "chức vụ": "position",
            "khối đối tượng": "get_sector_display",
            "ngày vào Đoàn": "joined",
            "trạng thái": "get_status_display",
            "tạo lúc": "created_at",
            "sửa lần cuối": "updated_at",
        },
    ),
    Holding(
        "members.historicalmember",
        "Các lần hồ sơ thay đổi",
        lambda member: member.history.select_related("unit").order_by("-history_date"),
        {
            "lúc": "history_date",
            "họ và tên": "full_name",
            "ngày sinh": "born_on",
            "đơn vị": "unit.title",
            "số điện thoại": "phone",
            "email": "email",
            "trạng thái": "get_status_display",
        },
    ),
    Holding(
        "members.affiliation",
        "Nơi sinh hoạt",
        lambda member: member.affiliations.select_related("unit").order_by("starts_on", "pk"),
        {
            "đơn vị": "unit.title",
            "hình thức": "get_kind_display",
            "từ ngày": "starts_on",
            "đến hết ngày": "ends_on",
        },
    ),
    Holding(
        "members.position",
        "Chức vụ",
        lambda member: member.positions.select_related("unit").order_by("starts_on", "pk"),
        {
            "chức vụ": "title",
            "đơn vị": "unit.title",
            "tổ chức khác": "organisation",
            "số quyết định": "decision_no",
            "từ ngày": "starts_on",
            "đến hết ngày": "ends_on",
        },
    ),
    Holding(
        "members.provenance",
        "Danh sách đã đưa dữ liệu vào hồ sơ",
        lambda member: (
            Provenance.objects.filter(member=member).select_related("roster_import").order_by("at")
        ),
        {
            "file": "roster_import.file_name",
            "căn cứ": "roster_import.get_basis_display",
            "văn bản của căn cứ": "roster_import.legal_basis",
            "các trường": "fields",
            "lúc": "at",
        },
    ),
    Holding(
        "members.rosterrow",
        "Dòng trong danh sách đã nhập",
        lambda member: RosterRow.objects.filter(member=member).select_related("roster_import").order_by("pk"),
        {
            "file": "roster_import.file_name",
            "trang": "sheet",
            "dòng": "row_number",
            "kết quả": "get_outcome_display",
        },
    ),
    Holding(
        "members.duplicatepair",
        "Hồ sơ có thể trùng với hồ sơ này",
        lambda member: DuplicatePair.objects.of(member).order_by("pk"),
        {"tình trạng": "get_state_display", "tìm thấy lúc": "found_at", "quyết định lúc": "decided_at"},
    ),
    Holding(
        "members.membermerge",
        "Hồ sơ khác đã gộp vào hồ sơ này",
        lambda member: MemberMerge.objects.filter(kept=member).order_by("pk"),
        {"mã đã gộp": "other_code", "gộp lúc": "merged_at", "tách lại lúc": "undone_at"},
    ),
    Holding(
        "members.claimcode",
        "Mã nhận hồ sơ",
        lambda member: member.claim_codes.order_by("pk"),
        {
            "cách gửi": "get_channel_display",
            "tạo lúc": "created_at",
            "hết hạn lúc": "expires_at",
            "đã dùng lúc": "used_at",
        },
    ),
    Holding(
        "members.claim",
        "Nhận hồ sơ",
        lambda member: member.claims.select_related("user").order_by("pk"),
        {
            "tài khoản": "user.email",
            "bằng cách": "get_channel_display",
            "lúc": "claimed_at",
            "hủy lúc": "released_at",
        },
    ),
    Holding(
        "members.consent",
        "Đồng ý",
        lambda member: member.consents.order_by("pk"),
        {
            "mục đích": "get_purpose_display",
            "bản văn": "text_version",
            "cách đồng ý": "channel",
            "đồng ý lúc": "given_at",
            "rút lại lúc": "withdrawn_at",
        },
    ),
]

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

ACCOUNT = [
    Holding(
        "accounts.user",
        "Tài khoản",
        lambda member: [member.user] if member.user else [],
        {
            "họ và tên": "full_name",
            "email": "email",
            "tạo lúc": "date_joined",
            "đăng nhập lần cuối": "last_login",
        },
    ),
    Holding(
        "account.emailaddress",
        "Địa chỉ email của tài khoản",
        lambda member: EmailAddress.objects.filter(user=member.user_id).order_by("pk"),
        {"email": "email"},
    ),
    Holding(
        "notifications.message",
        "Thư đã gửi",
        lambda member: Message.objects.filter(user=member.user_id).order_by("-pk"),
        {
            "tiêu đề": "subject",
            "gửi tới": "address",
            "trạng thái": "get_state_display",
            "gửi lúc": "sent_at",
        },
    ),
]

HOLDINGS = [*MEMBERS, *PROGRAMS, *EVENTS, *ACCOUNT]


@dataclass(frozen=True)
class HeldTable:
    """The rows of one table about one member, as label and value."""

    title: str
    rows: list[dict[str, Any]]

    @property
    def lines(self) -> list[list[tuple[str, Any]]]:
        """The rows as a page shows them: what is empty is left out."""
        return [
            [(label, value) for label, value in row.items() if value not in (None, "")] for row in self.rows
        ]


def held_about(member: Member) -> list[HeldTable]:
    """Every table that holds something about the member and its account, the empty ones left out."""
    tables = [HeldTable(holding.title, holding.of(member)) for holding in HOLDINGS]
    return [table for table in tables if table.rows]
