"""Telling at one glance that a name is written just as the portal shows names."""

import re
from unicodedata import normalize

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = [normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES]
_SMALL = "".join([*_VOWELS, *"bcdđfghjklmnpqrstvwxz"])
_GREAT = _SMALL.upper()
# What a form of address, a title, words that name nobody, or a mark for "as above" begin with.
_NOT_FIRST = (
    "Đồng|Đ|Ông|Bà|Anh|Chị|Em|Ths|Ts|Bs|Ks|Cn|Thạc|Tiến|Bác|Trung|Hạ|Thượng|Binh|Thiếu|Đại"
    "|Đang|Chưa|Trống|Khuyết|Không|Null|None|Nt|Như|Nhu"
)
# Letters that only Unicode has and no encoding of 8 bits; or others that only Unicode has, and none with
# which UTF-8 taken for 8 bits begins; or no accents at all.
_TELLING = "(?=.*[\u1ea0-\u1ef9]|[^ÃÄÅÆáÂĂÌ]*[ăđĐơƠưƯĩĨũŨ][^ÃÄÅÆáÂĂÌ]*$|[\x00-\x7f]*$)"
_WELL_WRITTEN = (
    f"(?!(?:{_NOT_FIRST})(?: |$))(?=.{{2,120}}$)(?:[{_GREAT}][{_SMALL}]*+ )*+[{_GREAT}][{_SMALL}]*+"
)

# Gives a match for a name in Unicode that is shown as it stands, with nothing to say about it.
is_well_written = re.compile(_WELL_WRITTEN).fullmatch

# The same for a cell in whatever column, of which nobody has to ask in which script it is written.
is_plain_name = re.compile(_TELLING + _WELL_WRITTEN).fullmatch
