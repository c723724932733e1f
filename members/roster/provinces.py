"""Provinces: the codes inside citizen numbers, and which of the 63 became which of the 34.

Sources: Thông tư 59/2021/TT-BCA (codes); Nghị quyết 202/2025/QH15 (mergers).
"""

from core.text import fold

_CODES = """
001 Hà Nội|002 Hà Giang|004 Cao Bằng|006 Bắc Kạn|008 Tuyên Quang|010 Lào Cai|011 Điện Biên|012 Lai Châu
014 Sơn La
015 Yên Bái|017 Hòa Bình|019 Thái Nguyên|020 Lạng Sơn|022 Quảng Ninh|024 Bắc Giang|025 Phú Thọ|026 Vĩnh Phúc
027 Bắc Ninh|030 Hải Dương|031 Hải Phòng|033 Hưng Yên|034 Thái Bình|035 Hà Nam|036 Nam Định|037 Ninh Bình
038 Thanh Hóa|040 Nghệ An|042 Hà Tĩnh|044 Quảng Bình|045 Quảng Trị|046 Thừa Thiên Huế|048 Đà Nẵng
049 Quảng Nam
051 Quảng Ngãi|052 Bình Định|054 Phú Yên|056 Khánh Hòa|058 Ninh Thuận|060 Bình Thuận|062 Kon Tum|064 Gia Lai
066 Đắk Lắk|067 Đắk Nông|068 Lâm Đồng|070 Bình Phước|072 Tây Ninh|074 Bình Dương|075 Đồng Nai
077 Bà Rịa - Vũng Tàu
079 Hồ Chí Minh|080 Long An|082 Tiền Giang|083 Bến Tre|084 Trà Vinh|086 Vĩnh Long|087 Đồng Tháp|089 An Giang
091 Kiên Giang|092 Cần Thơ|093 Hậu Giang|094 Sóc Trăng|095 Bạc Liêu|096 Cà Mau
"""
PROVINCE_OF_CODE = dict(
    entry.split(" ", 1) for line in _CODES.strip().splitlines() for entry in line.split("|")
)
_JOINED = """
Tuyên Quang: Hà Giang|Lào Cai: Yên Bái|Thái Nguyên: Bắc Kạn|Phú Thọ: Vĩnh Phúc, Hòa Bình|Bắc Ninh: Bắc Giang
Hưng Yên: Thái Bình|Hải Phòng: Hải Dương|Ninh Bình: Hà Nam, Nam Định|Quảng Trị: Quảng Bình|Đà Nẵng: Quảng Nam
Quảng Ngãi: Kon Tum|Gia Lai: Bình Định|Khánh Hòa: Ninh Thuận|Lâm Đồng: Đắk Nông, Bình Thuận|Đắk Lắk: Phú Yên
Hồ Chí Minh: Bình Dương, Bà Rịa - Vũng Tàu|Đồng Nai: Bình Phước|Tây Ninh: Long An
Cần Thơ: Sóc Trăng, Hậu Giang
Vĩnh Long: Bến Tre, Trà Vinh|Đồng Tháp: Tiền Giang|Cà Mau: Bạc Liêu|An Giang: Kiên Giang|Huế: Thừa Thiên Huế
"""
_PARTS = {
    fold(whole): [fold(part) for part in parts.split(",")]
    for line in _JOINED.strip().splitlines()
    for whole, parts in [entry.split(":") for entry in line.split("|")]
}
PROVINCE_NAMES = frozenset(fold(name) for name in PROVINCE_OF_CODE.values()) | {"hue"}


def names_within(province: str) -> frozenset[str]:
    """The folded names a province of today answers to: its own and those of the provinces it took in."""
    own = fold(province)
    return frozenset((own, *_PARTS.get(own, ())))
