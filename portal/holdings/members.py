"""What the tables of members hold about one of them."""

from allauth.socialaccount.models import SocialAccount

from members.models import DuplicatePair, MemberMerge, Provenance, RosterRow
from portal.holdings.holding import Holding
from units.models import ResetSlip, SupportVisit

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
        "members.memberskill",
        "Kỹ năng",
        lambda member: member.skills.select_related("skill").order_by("pk"),
        {"kỹ năng": "skill.name", "mức độ": "get_level_display"},
    ),
    Holding(
        "members.transfer",
        "Chuyển sinh hoạt",
        lambda member: member.transfers.select_related("from_unit", "to_unit").order_by("asked_at", "pk"),
        {
            "nơi chuyển": "from_unit.title",
            "nơi nhận": "to_unit.title",
            "trạng thái": "get_state_display",
            "lý do chuyển": "reason",
            "lý do không chuyển": "answer",
            "đề nghị lúc": "asked_at",
            "nơi chuyển đồng ý lúc": "released_at",
            "kết thúc lúc": "ended_at",
        },
    ),
    Holding(
        "members.growing",
        "Lễ trưởng thành Đoàn",
        lambda member: member.growings.select_related("ceremony__unit").order_by("pk"),
        {
            "đơn vị tổ chức": "ceremony.unit.title",
            "ngày tổ chức": "ceremony.held_on",
            "số quyết định": "ceremony.decision_no",
            "rút lại lúc": "withdrawn_at",
            "rút gọn hồ sơ lúc": "reduced_at",
        },
    ),
    Holding(
        "members.longerstay",
        "Ở lại sinh hoạt sau 30 tuổi",
        lambda member: member.longer_stays.order_by("pk"),
        {"đồng ý lúc": "agreed_at"},
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
        "units.resetslip",
        "Phiếu đặt lại mật khẩu",
        lambda member: (
            ResetSlip.objects.filter(user__member=member).select_related("issued_by").order_by("pk")
        ),
        {
            "người cấp": "issued_by.full_name",
            "cấp lúc": "created_at",
            "hết hạn lúc": "expires_at",
            "đã dùng lúc": "used_at",
        },
    ),
    Holding(
        "units.supportvisit",
        "Các lần cán bộ hỗ trợ xem hộ tài khoản",
        lambda member: SupportVisit.objects.filter(user__member=member).select_related("by").order_by("pk"),
        {
            "người xem": "by.full_name",
            "lý do": "reason",
            "từ lúc": "started_at",
            "đến muộn nhất": "ends_at",
        },
    ),
    Holding(
        "socialaccount.socialaccount",
        "Liên kết với tài khoản bên ngoài",
        lambda member: SocialAccount.objects.filter(user__member=member).order_by("pk"),
        {"mã ở bên ngoài": "uid", "liên kết lúc": "date_joined", "dùng gần nhất lúc": "last_login"},
    ),
    Holding(
        "members.consent",
        "Đồng ý",
        lambda member: member.consents.select_related("guardian").order_by("pk"),
        {
            "mục đích": "get_purpose_display",
            "người đại diện": "guardian.full_name",
            "bản văn": "text_version",
            "cách đồng ý": "channel",
            "đồng ý lúc": "given_at",
            "rút lại lúc": "withdrawn_at",
        },
    ),
    Holding(
        "members.guardian",
        "Người đại diện",
        lambda member: member.guardians.order_by("pk"),
        {
            "họ và tên": "full_name",
            "là": "get_relation_display",
            "số điện thoại": "phone",
            "nơi giữ giấy đồng ý": "paper_place",
            "ghi lúc": "named_at",
            "thôi đại diện lúc": "ended_at",
        },
    ),
    Holding(
        "members.datarequest",
        "Đề nghị về dữ liệu",
        lambda member: member.data_requests.order_by("pk"),
        {
            "đề nghị": "get_kind_display",
            "nội dung": "wish",
            "nhận ngày": "received_on",
            "tình trạng": "get_state_display",
            "trả lời": "answer",
            "thực hiện trước hết ngày": "due_on",
            "kết thúc lúc": "closed_at",
        },
    ),
]
