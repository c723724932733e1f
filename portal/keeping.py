"""How long each table keeps what it holds about people, why it does, and what clears it every night.

A test holds this list against the models and against docs/privacy.md: no table is in neither half of it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models

from core.clearing import clear_audit, clear_orphans, clear_sessions
from events.actions import clear_scans, clear_tickets
from members.actions import (
    clear_breaches,
    clear_claim_codes,
    clear_consents,
    clear_requests,
    erase_departed,
    seal_merges,
)
from notifications.actions import forget_messages
from units.actions import clear_reset_slips, clear_support_visits

log = logging.getLogger(__name__)

STAYING = "như hồ sơ đoàn viên"
LASTING = "lâu dài"
ACCOUNT = "đến khi xóa tài khoản"
ROSTER = f"{settings.PORTAL_ROSTER_KEEP_DAYS} ngày sau khi lần nhập kết thúc"


@dataclass(frozen=True)
class Term:
    """One table: why it is held, for how long in words; `months` and `clear` when a run ends it by age.

    Tables of libraries have their `name` and `columns` in words of ours.
    """

    table: str
    why: str
    how_long: str
    months: int | None = None
    clear: Callable[..., int] | None = None
    name: str = ""
    columns: str = ""

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.table)

    @property
    def title(self) -> str:
        name = self.name or str(self.model._meta.verbose_name_plural)
        return name[:1].upper() + name[1:]

    @property
    def held(self) -> str:
        """The columns in words; those that only the portal reads are left out."""
        if self.columns:
            return self.columns
        fields = [field for field in self.model._meta.concrete_fields if not field.primary_key]
        labels = {str(field.verbose_name): field.name.replace("_", " ") for field in fields}
        return ", ".join(label for label, name in labels.items() if label not in (name, "ID"))


def _months(months: int, after: str) -> str:
    return f"{months} tháng sau khi {after}"


MANAGING = "quản lý hoạt động Đoàn theo Điều lệ"
PROOF = "chứng minh nguồn gốc dữ liệu, hoàn tác"
EVENTS = "tổ chức lớp, sự kiện; tổng hợp số liệu"
SIGNING_IN = "đăng nhập, bảo vệ tài khoản"

TERMS = [
    Term("members.member", MANAGING, _months(24, "thôi sinh hoạt Đoàn"), 24, erase_departed),
    Term(
        "members.historicalmember",
        "sửa nhầm lẫn, biết ai đã sửa",
        STAYING,
        name="các lần hồ sơ thay đổi",
        columns="giá trị trước của các mục trong hồ sơ, người sửa, lúc sửa",
    ),
    Term("members.affiliation", MANAGING, STAYING),
    Term("members.position", MANAGING, STAYING),
    Term("members.memberskill", "tìm người giúp được việc", STAYING),
    Term("members.transfer", "chuyển sinh hoạt có sự đồng ý của hai nơi", STAYING),
    Term("members.growing", "trưởng thành Đoàn theo tuổi", STAYING),
    Term("members.longerstay", "ở lại sinh hoạt khi quá tuổi theo Điều lệ", STAYING),
    Term("members.provenance", PROOF, STAYING),
    Term("members.rosterimport", PROOF, ROSTER),
    Term("members.rosterrow", PROOF, ROSTER),
    Term("members.rosterblock", PROOF, ROSTER),
    Term("members.rosterheads", PROOF, ROSTER),
    Term("members.rosteranswer", PROOF, ROSTER),
    Term("members.rosterbranch", PROOF, ROSTER),
    Term("members.headermemory", "đọc danh sách lần sau", "đến khi bỏ ghi nhớ"),
    Term("members.duplicatepair", "mỗi người một hồ sơ", STAYING),
    Term("members.membermerge", "tách lại hồ sơ gộp nhầm", _months(12, "gộp"), 12, seal_merges),
    Term("members.claimcode", "chứng minh quyền nhận hồ sơ", _months(12, "hết hạn"), 12, clear_claim_codes),
    Term("members.claim", "chứng minh quyền nhận hồ sơ", STAYING),
    Term("members.consent", "chứng minh sự đồng ý", _months(60, "rút lại"), 60, clear_consents),
    Term("members.guardian", "đồng ý thay người dưới 16 tuổi", STAYING),
    Term("members.datarequest", "chứng minh đã thực hiện quyền", _months(60, "kết thúc"), 60, clear_requests),
    Term("members.databreach", "sổ sự cố theo luật", _months(60, "kết thúc"), 60, clear_breaches),
    Term("programs.clubmember", MANAGING, STAYING),
    Term("programs.squadmember", MANAGING, STAYING),
    Term("events.registration", EVENTS, STAYING),
    Term("events.ticket", "vào cửa", _months(24, "sự kiện kết thúc"), 24, clear_tickets),
    Term("events.scan", "chống vé giả, vé dùng lại", _months(24, "sự kiện kết thúc"), 24, clear_scans),
    Term("events.attendance", EVENTS, STAYING),
    Term("events.trainingrecord", EVENTS, STAYING),
    Term("events.certificate", "để ai cũng tra cứu được", LASTING),
    Term("accounts.user", SIGNING_IN, ACCOUNT, columns="họ tên, email, mật khẩu đã băm, lần cuối đăng nhập"),
    Term("account.emailaddress", SIGNING_IN, ACCOUNT),
    Term("account.emailconfirmation", SIGNING_IN, ACCOUNT),
    Term(
        "mfa.authenticator",
        SIGNING_IN,
        ACCOUNT,
        name="xác thực hai lớp",
        columns="khóa của ứng dụng xác thực, mã dự phòng",
    ),
    Term(
        "usersessions.usersession",
        SIGNING_IN,
        "trong phiên đăng nhập",
        name="thiết bị đang đăng nhập",
        columns="địa chỉ mạng, trình duyệt, lần cuối hoạt động",
    ),
    Term(
        "sessions.session",
        SIGNING_IN,
        "trong phiên đăng nhập",
        0,
        clear_sessions,
        name="phiên đăng nhập",
        columns="tài khoản đang đăng nhập, hạn của phiên",
    ),
    Term("notifications.message", "gửi một lần, chứng minh đã gửi", _months(12, "gửi"), 12, forget_messages),
    Term("notifications.caughtmail", "dùng thử cổng thông tin", _months(12, "gửi")),
    Term(
        "socialaccount.socialaccount",
        SIGNING_IN,
        ACCOUNT,
        name="tài khoản đăng nhập chung đã nối",
        columns="số của người dùng ở hệ thống đăng nhập chung, thông tin trong thẻ đã ký",
    ),
    Term("units.resetslip", "đăng nhập khi quên mật khẩu", _months(24, "hết hạn"), 24, clear_reset_slips),
    Term("units.supportvisit", "biết ai đã xem hộ", _months(24, "kết thúc"), 24, clear_support_visits),
    Term("units.roleassignment", "phân quyền cho cán bộ", LASTING),
    Term("core.auditentry", "biết ai đã làm gì", _months(24, "ghi"), 24, clear_audit),
]

# Tables about things, units and numbers; who entered or changed a row stands there by account.
NOBODY = {
    "admin.logentry",  # the desk writes nothing there
    "auth.group",
    "auth.permission",
    "contenttypes.contenttype",
    "core.officeday",
    "members.ceremony",
    "members.duplicatescan",
    "members.skill",
    "socialaccount.socialapp",
    "socialaccount.socialtoken",  # tokens are not stored
    "units.cluster",
    "units.clusterunit",
    "units.plannedunit",
    "units.restructuringchange",
    "units.restructuringplan",
    "units.restructuringstep",  # members by key alone
    "units.unit",
    "units.unitalias",
    "units.unitarea",
    "units.unitlineage",
    "units.unitplace",
    "units.youthcount",
    "programs.campaign",
    "programs.club",
    "programs.figure",
    "programs.indicator",
    "programs.program",
    "programs.service",
    "programs.servicetally",
    "programs.squad",
    "programs.squadactivity",
    "programs.squadplace",
    "programs.target",
    "programs.historicalcampaign",
    "programs.historicalclub",
    "programs.historicalfigure",
    "programs.historicalindicator",
    "programs.historicalprogram",
    "programs.historicalsquad",
    "programs.historicalsquadactivity",
    "programs.historicaltarget",
    "events.event",
    "events.eventpart",
    "events.historicalevent",
    "events.seatquota",
    "events.session",
    "events.venue",
}


def clear_expired(*, at: datetime) -> dict[str, int]:
    """Let go of everything whose time is over; tells how many rows of each table, and files of none.

    One table that fails does not hold up the others: the log says so, the next night tries again.
    """
    cleared = {}
    for term in TERMS:
        if term.clear is None or term.months is None:
            continue
        before = at - timedelta(days=round(term.months * 365.25 / 12))
        try:
            cleared[term.table] = term.clear(before=before)
        except Exception:
            log.exception("Clearing %s failed", term.table)
    cleared["files"] = clear_orphans(at=at)
    log.info("Cleared by age: %s", {table: count for table, count in cleared.items() if count})
    return cleared
