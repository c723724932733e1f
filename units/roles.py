"""What a person can be allowed to do, and which role brings which abilities.

Roles are held in a unit between two dates; they reach that unit and everything below it.
"""

from django.db import models


class Can(models.TextChoices):
    """One ability. Views, admin and actions ask for abilities, never for roles."""

    SEE_MEMBERS = "see_members", "xem đoàn viên"
    EDIT_MEMBERS = "edit_members", "sửa đoàn viên"
    SEE_PHONES = "see_phones", "xem số điện thoại"
    SEE_ETHNIC_GROUP = "see_ethnic_group", "xem dân tộc"
    SEE_RELIGION = "see_religion", "xem tôn giáo"
    SEE_CITIZEN_ID = "see_citizen_id", "xem bốn số cuối căn cước"
    IMPORT_ROSTERS = "import_rosters", "nhập danh sách"
    HANDLE_DATA = "handle_data", "xử lý đề nghị và sự cố về dữ liệu"
    ISSUE_CLAIM_CODES = "issue_claim_codes", "cấp mã nhận hồ sơ"
    RUN_UNITS = "run_units", "quản lý đơn vị"
    RUN_PROGRAMS = "run_programs", "quản lý chương trình"
    REPORT_FIGURES = "report_figures", "báo cáo số liệu"
    RUN_SQUADS = "run_squads", "quản lý đội hình, câu lạc bộ"
    LOG_ACTIVITIES = "log_activities", "ghi hoạt động đội hình"
    RUN_EVENTS = "run_events", "quản lý sự kiện"
    NOMINATE = "nominate", "đăng ký thay"
    CHECK_IN = "check_in", "điểm danh"
    ISSUE_CERTIFICATES = "issue_certificates", "cấp giấy chứng nhận"
    SEE_DASHBOARD = "see_dashboard", "xem bảng điều hành"
    SEE_AUDIT = "see_audit", "xem nhật ký"
    SEE_MAILBOX = "see_mailbox", "xem hộp thư thử"
    GRANT_ROLES = "grant_roles", "giao vai trò"
    RESET_ACCOUNTS = "reset_accounts", "đặt lại mật khẩu hộ"
    SUPPORT_ACCOUNTS = "support_accounts", "xem hộ tài khoản"


class Role(models.TextChoices):
    """A named set of abilities, as a Youth Union office speaks of it."""

    PROVINCE_ADMIN = "province_admin", "Quản trị tỉnh"
    PROVINCE_LEADER = "province_leader", "Lãnh đạo tỉnh"
    OFFICER = "officer", "Chuyên viên"
    SECRETARY = "secretary", "Bí thư đơn vị"
    BRANCH_SECRETARY = "branch_secretary", "Bí thư chi đoàn"
    SQUAD_LEADER = "squad_leader", "Đội trưởng"
    DOORKEEPER = "doorkeeper", "Phụ trách điểm danh"


# Each sensitive column of a member has an ability of its own, besides that to see members.
SEE_SENSITIVE = frozenset({Can.SEE_PHONES, Can.SEE_ETHNIC_GROUP, Can.SEE_RELIGION, Can.SEE_CITIZEN_ID})

ABILITIES: dict[str, frozenset[Can]] = {
    Role.PROVINCE_ADMIN: frozenset(Can),
    Role.PROVINCE_LEADER: frozenset({Can.SEE_DASHBOARD, Can.SEE_MEMBERS, Can.SEE_AUDIT}),
    Role.OFFICER: frozenset(Can)
    - {Can.RUN_UNITS, Can.GRANT_ROLES, Can.SEE_AUDIT, Can.SEE_MAILBOX, Can.SUPPORT_ACCOUNTS},
    Role.SECRETARY: frozenset(
        {
            Can.SEE_MEMBERS,
            Can.EDIT_MEMBERS,
            *SEE_SENSITIVE,
            Can.IMPORT_ROSTERS,
            Can.ISSUE_CLAIM_CODES,
            Can.REPORT_FIGURES,
            Can.RUN_SQUADS,
            Can.LOG_ACTIVITIES,
            Can.RUN_EVENTS,
            Can.NOMINATE,
            Can.CHECK_IN,
            Can.ISSUE_CERTIFICATES,
            Can.SEE_DASHBOARD,
            Can.RESET_ACCOUNTS,
        }
    ),
    Role.BRANCH_SECRETARY: frozenset(
        {
            Can.SEE_MEMBERS,
            Can.EDIT_MEMBERS,
            Can.SEE_PHONES,
            Can.ISSUE_CLAIM_CODES,
            Can.NOMINATE,
            Can.LOG_ACTIVITIES,
            Can.RESET_ACCOUNTS,
        }
    ),
    Role.SQUAD_LEADER: frozenset({Can.LOG_ACTIVITIES}),
    Role.DOORKEEPER: frozenset({Can.CHECK_IN}),
}

# What nobody gets by looking at the portal as somebody else: personal data and the keys of others.
NEVER_SEEN_FOR_OTHERS = SEE_SENSITIVE | {Can.SEE_MAILBOX}

# Roles whose holders work in the web admin; they need a second factor.
DESK_ROLES = frozenset({Role.PROVINCE_ADMIN, Role.PROVINCE_LEADER, Role.OFFICER, Role.SECRETARY})


def roles_with(ability: Can) -> list[str]:
    """The roles that bring this ability."""
    return [role for role, abilities in ABILITIES.items() if ability in abilities]
