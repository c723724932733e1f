"""How the audit trail is read aloud: every verb and every kind of target in Vietnamese."""

from django.apps import apps

VERBS = {
    "activity.corrected": "Sửa hoạt động đội hình",
    "activity.logged": "Ghi hoạt động đội hình",
    "activity.withdrawn": "Rút hoạt động đội hình",
    "attendance.marked": "Điểm danh",
    "attendance.withdrawn": "Rút điểm danh",
    "campaign.created": "Tạo chiến dịch",
    "campaign.updated": "Sửa chiến dịch",
    "certificate.reissued": "Cấp lại giấy chứng nhận",
    "certificate.revoked": "Thu hồi giấy chứng nhận",
    "certificates.issued": "Cấp giấy chứng nhận",
    "claim.refused": "Nhập sai mã nhận hồ sơ",
    "claim_code.printed": "In mã nhận hồ sơ",
    "claim_code.sent": "Gửi mã nhận hồ sơ",
    "club.founded": "Thành lập câu lạc bộ",
    "club.joined": "Vào câu lạc bộ",
    "club.left": "Rời câu lạc bộ",
    "consent.given": "Đồng ý xử lý dữ liệu",
    "consent.withdrawn": "Rút đồng ý xử lý dữ liệu",
    "duplicates.reopened": "Xem lại một cặp hồ sơ có thể trùng",
    "duplicates.said_different": "Xác nhận hai hồ sơ là hai người khác nhau",
    "duplicates.scan_asked": "Yêu cầu quét hồ sơ trùng",
    "event.cancelled": "Hủy sự kiện",
    "event.changed": "Sửa sự kiện",
    "event.created": "Tạo sự kiện",
    "event.published": "Công bố sự kiện",
    "event.registered": "Đăng ký sự kiện",
    "figure.declared": "Khai số liệu",
    "indicator.created": "Tạo chỉ tiêu",
    "list.exported": "Xuất danh sách ra file",
    "member.created": "Thêm đoàn viên",
    "member.merged": "Gộp hai hồ sơ đoàn viên",
    "member.parted": "Tách lại hồ sơ đã gộp",
    "member.updated": "Sửa hồ sơ đoàn viên",
    "member_book.taken": "Tải sổ đoàn viên của đơn vị",
    "program.created": "Tạo chương trình",
    "program.updated": "Sửa chương trình",
    "province.loaded": "Nạp đơn vị hành chính",
    "record.claimed": "Nhận hồ sơ",
    "record.released": "Hủy nhận hồ sơ",
    "registration.cancelled": "Hủy đăng ký",
    "registration.promoted": "Được chuyển từ danh sách chờ",
    "role.ended": "Kết thúc vai trò",
    "role.granted": "Giao vai trò",
    "roster.applied": "Áp dụng danh sách nhập",
    "roster.branches_confirmed": "Xác nhận chi đoàn trong danh sách",
    "roster.policy_changed": "Đổi cách xử lý đoàn viên đã có trong danh sách",
    "roster.cancelled": "Hủy lần nhập danh sách",
    "roster.errors_taken": "Tải các dòng cần sửa của danh sách",
    "roster.fix_dropped": "Bỏ một cách sửa tự động",
    "roster.header_forgotten": "Quên cách đọc đã nhớ",
    "roster.person_decided": "Quyết định về người trong danh sách",
    "roster.purged": "Xóa nội dung lần nhập đã quá hạn lưu",
    "roster.read_again": "Cho đọc lại danh sách",
    "roster.rows_skipped": "Bỏ qua dòng trong danh sách",
    "roster.undone": "Hoàn tác lần nhập danh sách",
    "roster.answer_taken_back": "Đổi lại một câu trả lời về danh sách",
    "roster.unit_decided": "Quyết định về đơn vị trong danh sách",
    "roster.uploaded": "Tải danh sách lên",
    "sensitive.exported": "Xuất dữ liệu nhạy cảm",
    "sensitive.seen": "Xem dữ liệu nhạy cảm",
    "squad.disbanded": "Giải thể đội hình",
    "squad.founded": "Thành lập đội hình",
    "squad.joined": "Vào đội hình",
    "squad.left": "Rời đội hình",
    "target.assigned": "Giao chỉ tiêu",
    "target.changed": "Sửa chỉ tiêu giao",
    "target.split": "Chia chỉ tiêu cho đơn vị",
    "training.recorded": "Ghi kết quả tập huấn",
    "unit.opened": "Lập đơn vị",
}
# What the forms of the web admin note: the model's name with one of these.
FORM_VERBS = {"added": "Thêm", "edited": "Sửa", "deleted": "Xóa"}


def verb_words(entry) -> str:
    """What was done: "Giao vai trò", "Sửa đơn vị"."""
    done = FORM_VERBS.get(entry.verb.rpartition(".")[2], "")
    return VERBS.get(entry.verb) or f"{done} {target_words(entry)}".strip()


def target_words(entry) -> str:
    """What kind of thing it was done to: "đơn vị", "sự kiện"; nothing for kinds that are gone."""
    try:
        return str(apps.get_model(entry.target_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return ""
