"""The vocabulary a new portal starts with; the province adds to it in the web admin.

Sources: docs/domain.md, services taught in "Bình dân học vụ số" and the indicators of the Youth
Union's programs; the counted ones name their records.
"""

from django.db import transaction

from programs.models import Indicator, Service

SERVICES = [
    "Cài đặt, kích hoạt VNeID mức 2",
    "Lấy lại mật khẩu VNeID",
    "Tích hợp giấy tờ vào VNeID",
    "Đăng ký, đăng nhập Cổng Dịch vụ công quốc gia",
    "Nộp hồ sơ trực tuyến",
    "Tra cứu hồ sơ",
    "Thanh toán lệ phí trực tuyến",
    "Cài ứng dụng của tỉnh",
    "Chữ ký số cá nhân",
    "Ví điện tử, ngân hàng số, VietQR",
    "An toàn mạng, nhận diện lừa đảo",
    "Sổ sức khỏe điện tử, VssID",
    "Thương mại điện tử, bán nông sản",
    "Tra cứu đất đai, quy hoạch",
    "Công cụ AI cơ bản",
    "Kỹ năng điện thoại, internet, email",
    "Học trên nền tảng Bình dân học vụ số",
    "Cài ứng dụng Thanh niên Việt Nam",
    "Xác thực sinh trắc học ngân hàng",
    "Hỗ trợ khác",
]

_AUTOMATIC = [
    ("luot-ho-tro", "Lượt người dân được hỗ trợ", "lượt", "sum", "people_helped"),
    ("nguoi-hoc-xong", "Người hoàn thành tập huấn", "người", "distinct", "trained_members"),
    ("luot-tinh-nguyen", "Lượt đoàn viên tham gia tình nguyện", "lượt", "sum", "squad_turns"),
    ("luot-du-su-kien", "Lượt dự sự kiện, tập huấn", "lượt", "sum", "attendances"),
    ("doi-hinh", "Đội hình tình nguyện", "đội hình", "last", "squads"),
    ("xa-co-doi-hinh", "Xã, phường có đội hình", "đơn vị", "last", "units_with_squad"),
]
_DECLARED = [
    ("lop-hoc-so", "Lớp học số cộng đồng đang mở", "lớp", "last"),
    ("giao-vien-so", "Giáo viên số được phân công", "người", "last"),
    ("so-hoa-di-tich", "Công trình số hóa di tích", "công trình", "sum"),
    ("y-tuong", "Ý tưởng, sáng kiến được hỗ trợ", "ý tưởng", "sum"),
    ("cay-xanh", "Cây xanh trồng mới", "cây", "sum"),
    ("xa-nong-thon-moi", "Xã được hỗ trợ đạt tiêu chí nông thôn mới", "xã", "sum"),
    ("von-vay", "Vốn vay khởi nghiệp, lập nghiệp", "triệu đồng", "sum"),
    ("du-an-khoi-nghiep", "Dự án khởi nghiệp được hỗ trợ", "dự án", "sum"),
]


@transaction.atomic
def load_catalogue() -> int:
    """Add the services and indicators that are missing; what staff changed stays. Gives how many."""
    services = [Service(name=name, place=place) for place, name in enumerate(SERVICES, start=1)]
    indicators = [
        Indicator(code=code, name=name, measure=measure, aggregation=how, source="automatic", counter=counter)
        for code, name, measure, how, counter in _AUTOMATIC
    ] + [
        Indicator(code=code, name=name, measure=measure, aggregation=how, source="declared")
        for code, name, measure, how in _DECLARED
    ]
    for place, indicator in enumerate(indicators, start=1):
        indicator.place = place
    known_names = set(Service.objects.values_list("name", flat=True))
    known_codes = set(Indicator.objects.values_list("code", flat=True))
    new_services = [service for service in services if service.name not in known_names]
    new_indicators = [indicator for indicator in indicators if indicator.code not in known_codes]
    Service.objects.bulk_create(new_services)
    Indicator.objects.bulk_create(new_indicators)
    return len(new_services) + len(new_indicators)
