"""Names, ethnic groups and places of life as they are heard in the north-eastern highlands.

Sources: docs/domain.md, ethnic groups of the province and the family names to expect.
"""

from collections.abc import Mapping
from random import Random

from members.models import Member

Weights = Mapping[str, float]

MINORITIES: Weights = {
    "Tày": 52,
    "Nùng": 21,
    "Dao": 11,
    "Sán Dìu": 6,
    "Sán Chay": 5,
    "Mông": 4,
    "Hoa": 0.7,
    "Ngái": 0.3,
}
FAMILIES: dict[str, Weights] = {
    "Kinh": {
        "Nguyễn": 36, "Trần": 11, "Lê": 9, "Phạm": 7, "Hoàng": 5, "Vũ": 5, "Dương": 4, "Đặng": 3, "Bùi": 3,
        "Đỗ": 3, "Ngô": 2, "Trương": 2, "Phan": 1, "Đào": 1, "Tạ": 1, "Hà": 1, "Đinh": 1, "Trịnh": 1,
    },
    "Tày": {
        "Hoàng": 20, "Nông": 16, "Ma": 15, "Triệu": 9, "Lường": 7, "Hà": 6, "Đàm": 5, "Bế": 4, "Lộc": 4,
        "La": 4, "Lục": 3, "Hứa": 3, "Chu": 2, "Mạc": 2,
    },
    "Nùng": {
        "Nông": 22, "Hoàng": 18, "Lý": 12, "Chu": 9, "Hứa": 8, "Vi": 7, "Lương": 7, "Lục": 6, "Triệu": 5,
    },
    "Dao": {"Triệu": 28, "Bàn": 22, "Đặng": 16, "Phùng": 13, "Lý": 11, "Dương": 6, "Trương": 4},
    "Sán Dìu": {"Lưu": 20, "Lê": 18, "Diệp": 14, "Từ": 12, "Trương": 12, "Dương": 10, "Trần": 8},
    "Sán Chay": {"Hoàng": 24, "La": 18, "Ninh": 16, "Lâm": 14, "Trần": 12, "Đàm": 8},
    "Mông": {"Giàng": 18, "Thào": 16, "Vàng": 14, "Sùng": 14, "Hoàng": 12, "Lý": 10, "Dương": 8, "Lò": 3},
    "Hoa": {"Lý": 20, "Trần": 18, "Hoàng": 15, "Lâm": 12, "Chu": 8},
    "Ngái": {"Thẩm": 20, "Trần": 18, "Hoàng": 14, "Sầm": 8},
}  # fmt: skip
MIDDLES: dict[str, Weights] = {
    Member.Sex.MALE: {
        "Văn": 34, "Đức": 8, "Minh": 7, "Quang": 6, "Xuân": 5, "Hữu": 4, "Anh": 4, "Ngọc": 4, "Thanh": 4,
        "Mạnh": 4, "Đình": 3, "Quốc": 3, "Trung": 3, "Tiến": 3, "Công": 3, "Tuấn": 3, "Hoàng": 2,
    },
    Member.Sex.FEMALE: {
        "Thị": 44, "Thu": 8, "Ngọc": 6, "Phương": 6, "Thanh": 5, "Minh": 4, "Hồng": 4, "Thùy": 4, "Khánh": 4,
        "Bích": 3, "Mai": 3, "Kim": 3, "Lan": 2, "Diệu": 2,
    },
}  # fmt: skip
GIVENS: dict[str, list[str]] = {
    Member.Sex.MALE: [
        "Anh", "Bình", "Chiến", "Chung", "Công", "Cường", "Dũng", "Duy", "Đại", "Đạt", "Đông", "Đức",
        "Giang", "Hải", "Hiếu", "Hiệp", "Hoàng", "Huy", "Hùng", "Hưng", "Khánh", "Kiên", "Lâm", "Linh",
        "Long", "Lộc", "Mạnh", "Minh", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Quang", "Quyết", "Sơn",
        "Tài", "Tân", "Thái", "Thắng", "Thành", "Thịnh", "Thuận", "Tiến", "Toàn", "Trung", "Trường", "Tú",
        "Tuấn", "Tùng", "Ước", "Việt", "Vinh", "Vũ",
    ],
    Member.Sex.FEMALE: [
        "An", "Anh", "Ánh", "Bích", "Chi", "Chinh", "Diễm", "Dung", "Duyên", "Đào", "Giang", "Hà", "Hạnh",
        "Hằng", "Hiền", "Hoa", "Hòa", "Hồng", "Huế", "Huệ", "Huyền", "Hương", "Hường", "Lan", "Lệ", "Liên",
        "Linh", "Loan", "Ly", "Mai", "My", "Nga", "Ngân", "Ngọc", "Nguyệt", "Nhung", "Oanh", "Phương",
        "Quỳnh", "Tâm", "Thảo", "Thu", "Thúy", "Thủy", "Thư", "Thương", "Trang", "Trinh", "Tuyết", "Uyên",
        "Vân", "Vui", "Xuân", "Yến",
    ],
}  # fmt: skip


def drawn(rng: Random, weights: Weights) -> str:
    """One of the keys, each as likely as its weight says."""
    return rng.choices(list(weights), list(weights.values()))[0]


def drawn_group(rng: Random, kinh_share: float) -> str:
    """An ethnic group of a place where that share of the people are Kinh."""
    return "Kinh" if rng.random() < kinh_share else drawn(rng, MINORITIES)


def drawn_name(rng: Random, group: str, sex: str) -> str:
    """A full name of three words, sometimes of four or two."""
    middles = [drawn(rng, MIDDLES[sex])]
    lot = rng.random()
    if lot < 0.22:
        second = drawn(rng, MIDDLES[sex])
        first = [word for word in ("Văn", "Thị") if word in (second, *middles)]
        middles = list(dict.fromkeys([*first, *middles, second]))
    elif lot > 0.97:
        middles = []
    given = rng.choice([name for name in GIVENS[sex] if name not in middles])
    return " ".join([drawn(rng, FAMILIES[group]), *middles, given])
