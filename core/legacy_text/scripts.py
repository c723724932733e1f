"""The two ways of writing Vietnamese with 8-bit fonts, as tables.

Sources: TCVN 5712:1993 (TCVN3, fonts .VnTime); the VNI-Windows encoding (fonts VNI-Times).
"""

import re
from enum import Enum
from unicodedata import normalize


class Script(Enum):
    """How a text puts Vietnamese letters into characters."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"


_TCVN3_CODES = (
    "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ C6ặ C7ầ C8ẩ "
    "C9ẫ CAấ CBậ CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị DFò E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ "
    "E8ố E9ộ EAờ EBở ECỡ EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ"
)
TCVN3 = {int(code[:2], 16): code[2] for code in _TCVN3_CODES.split()}

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for seen, meant in (*((vowel, vowel) for vowel in "aeouy"), ("ô", "ơ"), ("ö", "ư")):
        table |= {seen + mark: normalize("NFC", meant + tone) for mark, tone in _TONES.items()}
    for vowel in "aeo":
        marks = _CIRCUMFLEX.items()
        table |= {vowel + mark: normalize("NFC", f"{vowel}\u0302{tone}") for mark, tone in marks}
    table |= {"a" + mark: normalize("NFC", f"a\u0306{tone}") for mark, tone in _BREVE.items()}
    capitals = {seen.upper(): meant.upper() for seen, meant in table.items()}
    mixed = {seen[0].upper() + seen[1:]: meant.upper() for seen, meant in table.items() if len(seen) == 2}
    return capitals | mixed | table


VNI = _vni_table()
VNI_SIGN = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
