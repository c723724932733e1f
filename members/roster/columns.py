"""Which field a column holds, told by the words of its header."""

import re
from enum import StrEnum
from functools import lru_cache

from core.text import fold, spelling_key


class Role(StrEnum):
    """What a column holds. OTHER: a kind of column that is known and not read."""

    ROW_NUMBER = "row_number"
    FULL_NAME = "full_name"
    FAMILY_NAME = "family_name"
    MIDDLE_NAME = "middle_name"
    GIVEN_NAME = "given_name"
    BIRTH = "date_of_birth"
    BIRTH_MALE = "date_of_birth_male"
    BIRTH_FEMALE = "date_of_birth_female"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    SEX = "sex"
    MALE = "male"
    FEMALE = "female"
    ETHNIC_GROUP = "ethnic_group"
    RELIGION = "religion"
    PHONE = "phone"
    CITIZEN_ID = "citizen_id"
    EMAIL = "email"
    JOINED = "joined_on"
    JOINED_DAY = "joined_day"
    JOINED_MONTH = "joined_month"
    JOINED_YEAR = "joined_year"
    POSITION = "position"
    POSITION_AND_UNIT = "position_and_unit"
    UNIT = "unit_code"
    BRANCH = "branch"
    DISTRICT = "district"
    STAMP = "stamp"
    MEMBER_CODE = "member_code"
    LINE = "line"
    OTHER = "other"

    __hash__ = str.__hash__  # an Enum's own hash costs a second for each hundred thousand rows


NAME_ROLES = frozenset((Role.FULL_NAME, Role.FAMILY_NAME, Role.MIDDLE_NAME, Role.GIVEN_NAME))

# Once the accents are gone these would mean two things.
_SPELLED = {
    "đt": Role.PHONE,
    "dt": Role.ETHNIC_GROUP,
    "tg": Role.RELIGION,
    "năm": None,
    "khóa": Role.OTHER,
    "đội": Role.OTHER,
    "bạn": Role.OTHER,
}

_PHRASES = {
    Role.MEMBER_CODE: "ma doan vien|ma dv|ma so dv|ma so doan vien|ma doan vien tren cong|member code",
    Role.ROW_NUMBER: "stt|s t t|tt|so tt|so thu tu|thu tu|no|so|index|s tt|st t",
    Role.STAMP: "dau thoi gian|timestamp|thoi gian gui|thoi gian dien|thoi gian dang ky|"
    "start time|completion time",
    Role.LINE: "ma dong",
    Role.FULL_NAME: "hoten|hovaten|full name|fullname|name|your name|ho ten|ten day du|"
    "student name|member name|participant name|delegate name|"
    "ten doan vien|ten dai bieu|ten hoc vien|ten hoc sinh|ten sinh vien|ten thanh vien|ten hoi vien",
    Role.FAMILY_NAME: "ho|ho dem|ho lot|ho va dem|ho va lot|ho va chu dem|ho chu dem|"
    "ho va ten dem|ho ten dem|"
    "ho va ten lot|ho ten lot|ho va chu lot|ho va ten chu dem|last name|surname|family name",
    Role.MIDDLE_NAME: "ten dem|dem|chu dem|ten lot|lot|chu lot|middle name|middle",
    Role.GIVEN_NAME: "ten|ten goi|first name|given name",
    Role.BIRTH: "ntns|ns|n sinh|ng sinh|ngsinh|dob|d o b|date of birth|birthday|birth date|"
    "birthdate|year of birth|"
    "birth year|born|nam sinh|ngay sinh|sinh|ngay th nam sinh",
    Role.SEX: "gt|gioi|phai|sex|gender|nam nu|nu nam|nam hay nu|g tinh|gtinh|gioi tinh",
    Role.MALE: "nam|male",
    Role.FEMALE: "nu|female|la nu",
    Role.ETHNIC_GROUP: "dan toc|ethnic group|ethnicity|ethnic|thanh phan dan toc|tp dan toc|d toc|dtoc|"
    "dtts|la dtts",
    Role.RELIGION: "ton giao|religion|theo ton giao",
    Role.PHONE: "so dt|s dt|sdt|dt|d thoai|dthoai|dien thoai|so dien thoai|di dong|so may|"
    "so lien he|so lien lac|tel|lien lac|lien he",
    Role.CITIZEN_ID: "id number|id no|so cc|the cc|so the cc|id card|id card no|"
    "id card number|so cccd|so can cuoc",
    Role.EMAIL: "gmail|hop thu|thu dien tu|hop thu dien tu|dia chi thu dien tu|mail",
    Role.JOINED: "ngay kn|ngay ket nap|nam ket nap|ngay vao|date joined|join date|joining date|"
    "joined on|ngay vd|ngay vao dtn|ngay vao doan",
    Role.POSITION: "cv|chuc vu|chuc danh|position|title",
    Role.UNIT: "dv|d vi|dvi|dvct|unit|commune ward|ward commune|don vi|workplace|commune|ward|xa|phuong|"
    "dia phuong|dia ban|organization|organisation",
    Role.BRANCH: "chi doan|lop|class|khoa lop|khoa|to|thon|xom|ban|ap|to dan pho|chi hoi|"
    "lien chi doan|phan doan|"
    "branch|union branch|branch name|youth union branch|truong|truong lop|"
    "lop khoa|thon xom|xom thon|thon ban|thon xom ban|thon to|thon to dan pho",
    Role.DISTRICT: "huyen|quan|thi xa|district|quan huyen|huyen thi|huyen thanh pho|huyen thi thanh|"
    "huyen thi xa thanh pho|huyen tp|huyen doan|doan cap tren|don vi cap tren|cap tren",
    Role.OTHER: "ghi chu|gc|note|notes|ky nhan|ky ten|chu ky|dang|doan|doan phi|so doan|"
    "trinh do|van hoa|llct",
}
_BY_PHRASE = {phrase: role for role, phrases in _PHRASES.items() for phrase in phrases.split("|")}
_BY_LETTERS = {phrase.replace(" ", ""): role for phrase, role in _BY_PHRASE.items()}
_FEWEST_LETTERS = 6

# The first that is found decides. The text is folded: "Họ và tên" is "ho va ten".
_SIGNALS = [
    (
        Role.OTHER,
        r"\b(cha|(?<!can )bo(?! (mon|phan|doi|y|tu))|me|phu huynh|nguoi than|than nhan|gia dinh|vo|"
        r"chong|chu ho|"
        r"(?<=ten )con|nguoi gioi thieu|"
        r"nguoi lien he|"
        r"nguoi bao lanh|nguoi (huong dan|do dau|giup do)|"
        r"giao vien|gvcn|co van|nguoi lap|nguoi nhap|father|mother|parents?)\b",
    ),
    (Role.OTHER, r"^(ten|nick|link|nhom) (zalo|face ?book|fb)\b"),
    (Role.EMAIL, r"\be ?mails?\b"),
    (Role.OTHER, r"\b(ngay|noi|co quan) cap\b|\bcap ngay\b|\b(date|place) of issue\b"),
    (Role.OTHER, r"\bdinh danh (doan|hoi) vien\b"),
    (Role.OTHER, r"^(ly do|nguyen vong|da (duoc )?(vao|ket nap)|(so )?(qd|quyet dinh|nq|nghi quyet))\b"),
    (Role.CITIZEN_ID, r"\b(cccd|cmnd|cmtnd|cmt|can cuoc|dinh danh|ddcn|citizen|identity|national id)\b"),
    (Role.PHONE, r"\b(dien thoai|sdt|dtdd|di dong|zalo|phone|mobile|telephone|hotline)\b|^so dt\b"),
    (Role.FAMILY_NAME, r"^ho\b.*\b(dem|lot)$"),
    (
        Role.FULL_NAME,
        r"^ho\b.{0,16}\bten\b|^(full ?)?name of\b|^ten (cua )?(ban|nguoi|can bo|doi vien|thanh nien|dvtn)\b",
    ),
    (
        Role.OTHER,
        r"^(noi|tuoi|so|the|ma|to chuc|don vi) (the )?(vao|ket nap|chuyen)\b|^(so|the|ma|sinh hoat) (the )?d",
    ),
    (Role.JOINED, r"\b(vao|ket nap|kn|gia nhap)\b.*\bdoan\b|\bjoin(ed|ing)?\b.*\bunion\b|\bunion join"),
    (Role.OTHER, r"\bdang\b(?! (ky|cong|sinh|lam|hoc|o|giu))|\b(dcsvn?|du bi|chinh thuc)\b"),
    (
        Role.OTHER,
        r"\b(que quan|nguyen quan|noi sinh(?! hoat)|noi o|cho o|thuong tru|tam tru|ho khau|hktt|"
        r"dia chi|tru quan)\b",
    ),
    (
        Role.OTHER,
        r"\b(sinh (hoat dang|vien|con|hoc)|doan phi|hoi phi|xep loai|trinh do|khen thuong|ky luat)\b",
    ),
    (
        Role.BIRTH,
        r"\b(ngay|thang|nam|ntn)\b.*\bsinh$|\b(ngay|nam) sinh\b(?! hoat)|^sinh (ngay|nam)\b|\bbirth\b",
    ),
    (Role.FEMALE, r"^(gioi tinh|gt|gioi) (la )?nu$"),
    (Role.MALE, r"^(gioi tinh|gt|gioi) (la )?nam$"),
    (Role.SEX, r"\bgioi tinh\b"),
    (Role.ETHNIC_GROUP, r"^(thuoc |la |thanh phan |tp )?dan toc\b|\b(thanh phan|tp) dan toc$"),
    (Role.RELIGION, r"\bton giao\b"),
    (Role.POSITION_AND_UNIT, r"\b(chuc vu|chuc danh)\b.*\b(don vi|noi|co quan|dia phuong)\b"),
    (Role.POSITION_AND_UNIT, r"\b(don vi|noi cong tac)\b.*\b(chuc vu|chuc danh)\b"),
    (Role.POSITION, r"^(chuc vu|chuc danh)\b"),
    (Role.OTHER, r"^don vi (tinh|tai tro|cap|quan ly)\b|^nghe nghiep\b|^nhiem vu\b|^vai tro\b"),
    (Role.DISTRICT, r"^(doan |don vi |thuoc )?(cap tren|huyen|quan|thi xa)\b"),
    (Role.BRANCH, r"^(ten )?(lien )?chi (doan|hoi)\b|^(thon|xom|lop)\b"),
    (
        Role.UNIT,
        r"^(ten )?(don vi|co so doan|doan co so|to chuc doan|noi sinh hoat|noi cong tac|co quan|"
        r"doan truc thuoc|"
        r"(doan )?(xa|phuong)\b.{0,24}$|dang cong tac)",
    ),
    (Role.UNIT, r"^(?!.*\b(que|o|song)\b).*\b(don vi|xa|phuong|co so doan)\b.{0,12}\bnao$"),
]
_COMPILED = [(role, re.compile(pattern)) for role, pattern in _SIGNALS]
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_SIGNS = re.compile(r"[\W_]+")
_NUMBERING = re.compile(r"^\s*(\d+|[ivx]+)\s*[.)\]]\s+")
_ELSEWHERE = re.compile(
    r"\b(que quan|nguyen quan|noi o|cho o|thuong tru|tam tru|ho khau|hktt|dia chi|tru quan|trinh do|dang|"
    r"noi sinh(?! hoat)|nguoi than|gia dinh|cha|bo|me|phu huynh)\b"
)


_OF_THE_UNION = re.compile(r"\b(don vi|doan|cong tac)\b")
# Only the brackets tell whose mark it is: "Giới tính (Nữ)".
_ONE_SEX = re.compile(r"\s*(giới tính|gt|giới)\s*[(\[]\s*(nam|nữ)\s*[x:]?\s*[)\]]\s*", re.IGNORECASE)
# "Năm sinh (Nam)" beside "Năm sinh (Nữ)".
_BORN_OF_ONE_SEX = re.compile(
    r"\s*(năm sinh|ngày sinh|ngày,? tháng,? năm sinh|ntns|sinh năm)[\s:–-]*[(\[]?\s*(nam|nữ)\s*[)\]]?\s*",
    re.IGNORECASE,
)
# A column about somebody else: the columns to its right may be that person's too.
_OF_OTHERS = re.compile(_SIGNALS[0][1])


def is_of_others(text: str) -> bool:
    """Whether a header names a relative, a teacher or another person who is not on the list."""
    return bool(_OF_OTHERS.search(header_words(text)))


def header_words(text: str) -> str:
    """A header reduced to its folded words: "Họ và tên (viết hoa) *:" is "ho va ten"."""
    bare = _BRACKETS.sub(" ", text)
    bare = bare if _SIGNS.sub("", bare) else text
    return " ".join(_SIGNS.sub(" ", fold(_NUMBERING.sub("", bare))).split())


@lru_cache(maxsize=20_000)
def role_of(text: str) -> Role | None:
    """The role that a header names by itself; None when its words say nothing known."""
    if len(text) > 200:
        return None
    if text.strip() == "#":
        return Role.ROW_NUMBER
    if one := _ONE_SEX.fullmatch(text):
        return Role.FEMALE if one[2].lower() == "nữ" else Role.MALE
    if one := _BORN_OF_ONE_SEX.fullmatch(text):
        return Role.BIRTH_FEMALE if one[2].lower() == "nữ" else Role.BIRTH_MALE
    spelled = " ".join(_SIGNS.sub(" ", spelling_key(_BRACKETS.sub(" ", text))).split())
    if spelled in _SPELLED:
        return _SPELLED[spelled]
    words = header_words(text)
    if role := _BY_PHRASE.get(words):
        return _unless_elsewhere(role, text)
    found = next((role for role, pattern in _COMPILED if pattern.search(words)), None) if words else None
    return _unless_elsewhere(found or _by_letters(words), text)


def _unless_elsewhere(role: Role | None, text: str) -> Role | None:
    """ "Xã/phường (nơi thường trú)" says where somebody lives, not which unit they belong to."""
    is_place = role in (Role.UNIT, Role.BRANCH, Role.DISTRICT) and not _OF_THE_UNION.search(fold(text))
    if is_place and any(_ELSEWHERE.search(fold(aside)) for aside in _BRACKETS.findall(text)):
        return Role.OTHER
    return role


def _by_letters(words: str) -> Role | None:
    """The role of words run together or spaced out: "Dântộc", "H Ọ  V À  T Ê N"."""
    letters = words.replace(" ", "")
    is_spaced = len(letters) > 2 and len(words) == 2 * len(letters) - 1
    return _BY_LETTERS.get(letters) if is_spaced or len(letters) >= _FEWEST_LETTERS else None


def deciding_words(text: str) -> str:
    """The words of a header that name its role, as they are written; blank when none is known."""
    bare = _BRACKETS.sub(" ", text)
    bare = bare if _SIGNS.sub("", bare) else text
    written = _SIGNS.sub(" ", _NUMBERING.sub("", bare)).split()
    words = header_words(text)
    if role_of(text) is None or len(words.split()) != len(written):
        return ""
    found = next((match for _, pattern in _COMPILED if (match := pattern.search(words))), None)
    if words in _BY_PHRASE or found is None:
        return " ".join(written)
    first = len(words[: found.start()].split())
    return " ".join(written[first : first + max(1, len(found[0].split()))])


_JOINED_PARTS = {
    spelling_key("ngày"): Role.JOINED_DAY,
    spelling_key("tháng"): Role.JOINED_MONTH,
    spelling_key("năm"): Role.JOINED_YEAR,
}


@lru_cache(maxsize=5_000)
def role_under(parent: str, text: str) -> Role | None:
    """The role of a header cell under a wider one: "Nam" under "Năm sinh" is a man's year of birth."""
    above, own = role_of(parent), role_of(text)
    if not text:
        return above
    if above is Role.BIRTH:
        return _role_under_birth(text, own)
    if above is Role.JOINED and (part := _JOINED_PARTS.get(spelling_key(text))):
        return part
    if above is Role.JOINED and own is None and header_words(text).startswith("noi"):
        return Role.OTHER
    if _ELSEWHERE.search(header_words(parent)):
        return Role.OTHER
    if own is not None and own not in (Role.JOINED, Role.OTHER, Role.ROW_NUMBER):
        return own
    joined = (role_of(f"{text} {parent}"), role_of(f"{parent} {text}"))
    return next((role for role in joined if role not in (None, Role.OTHER)), own or joined[0])


def _role_under_birth(text: str, own: Role | None) -> Role | None:
    parts = {"ngay": Role.BIRTH_DAY, "thang": Role.BIRTH_MONTH}
    if role := parts.get(header_words(text)):
        return role
    if spelling_key(text).startswith("năm"):
        return Role.BIRTH_YEAR
    halves = {Role.MALE: Role.BIRTH_MALE, Role.FEMALE: Role.BIRTH_FEMALE}
    return halves.get(own, own) if own is not None else None
