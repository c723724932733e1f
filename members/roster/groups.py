"""Ethnic groups and religions by their official names, from every way they are written.

Sources: the list of 54 groups of QĐ 121-TCTK/PPCĐ (1979) with the usual aliases; the recognised religions.
"""

import re
from functools import lru_cache

from core.text import fold, spelling_key
from members.roster.findings import NOTHING, Found, doubted, fixed, refused

_ETHNIC = """
Kinh: Việt|Tày|Thái: Thái Đen, Thái Trắng|Hoa: Hán|Khơ-me: Khmer, Khơ me, Khơme|Mường
Nùng: Nùng An, Nùng Cháo, Nùng Phàn Slình, Nùng Inh, Nùng Lòi, Nùng Giang
Mông: HMông, H'Mông, Hmong, Mèo, Hơ Mông, Miêu, Mông Trắng, Mông Hoa, Mông Đen, Mông Đỏ, Mông Xanh
Dao: Dao Đỏ, Dao Tiền, Dao Quần Chẹt, Dao Lô Gang, Dao Thanh Y, Dao Thanh Phán, Dao Áo Dài
Gia-rai: Jrai, Gia rai, Jarai|Ngái|Ê-đê: Ê đê, Rađê, Êđê|Ba-na: Ba na, Bahnar, Bana
Xơ-đăng: Xơ đăng, Xê đăng
Sán Chay: Cao Lan, Sán Chí, Sán Chỉ, Cao Lan - Sán Chí, Sán Chay - Sán Chỉ|Cơ-ho: K'Ho, Cơ ho, Kơ ho
Chăm: Chàm
Sán Dìu: Sán Dìu|Hrê|Mnông: M'Nông|Ra-glai: Raglai, Ra glai|Xtiêng: X'tiêng, Stiêng, Xtiêng
Bru-Vân Kiều: Bru Vân Kiều, Vân Kiều, Bru|Thổ|Giáy|Cơ-tu: Cơ tu, Ka tu, Cơtu
Gié-Triêng: Gié Triêng, Giẻ Triêng
Mạ|Khơ-mú: Khơ mú, Khmú|Co: Cor|Ta-ôi: Tà Ôi, Tà-ôi, Ta ôi|Chơ-ro: Chơ ro, Châu Ro|Kháng|Xinh-mun: Xinh mun
Hà Nhì|Chu-ru: Chu ru|Lào|La Chí|La Ha|Phù Lá|La Hủ|Lự|Lô Lô|Chứt|Mảng|Pà Thẻn|Cơ Lao|Cống|Bố Y|Si La
Pu Péo|Brâu
Ơ-đu: Ơ đu|Rơ-măm: Rơ măm|Người nước ngoài: Nước ngoài
"""
_RELIGIONS = """
Không: Không có, Ko, K, 0, -, Kh, KHÔNG, None, Không theo, Không tôn giáo, Không TG, Không theo đạo
Không: Không theo đạo nào, Không theo tôn giáo, Không theo tôn giáo nào, o|Phật giáo: Phật, Đạo Phật, PG
Công giáo: CG, TCG, Kitô, Thiên chúa giáo, Thiên Chúa, Đạo Thiên chúa, Ki tô giáo
Công giáo: Đạo Công giáo, Thiên chúa, Kitô giáo
Tin lành: TL, Đạo Tin lành|Cao Đài: Đạo Cao Đài|Phật giáo Hòa Hảo: Hòa Hảo, PGHH, Đạo Hòa Hảo
Hồi giáo: Hồi, Đạo Hồi, Islam
"""
_LONGEST = 100
_NOT_STATED = ("khongkhaibao", "chuaro", "khongro")
_JUNK = re.compile(r"[\W_]+")
_BEFORE = re.compile(r"^(dân tộc|người|dt|dtts|tôn giáo)\s*:?\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")


def _table(source: str, key) -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for line in source.strip().splitlines():
        for entry in line.split("|"):
            name, _, aliases = entry.partition(":")
            for text in (name, *aliases.split(",")):
                if text.strip():
                    table.setdefault(key(text), set()).add(name.strip())
    return table


def _spelled(text: str) -> str:
    return _JUNK.sub("", spelling_key(text)) or text.strip()


def _folded(text: str) -> str:
    return _JUNK.sub("", fold(text)) or text.strip()


def _names(source: str) -> tuple[str, ...]:
    entries = (entry for line in source.strip().splitlines() for entry in line.split("|"))
    return tuple(dict.fromkeys(entry.partition(":")[0].strip() for entry in entries))


ETHNIC_GROUPS, RELIGIONS = _names(_ETHNIC), _names(_RELIGIONS)
_ETHNIC_SPELLED, _ETHNIC_FOLDED = _table(_ETHNIC, _spelled), _table(_ETHNIC, _folded)
_RELIGION_SPELLED, _RELIGION_FOLDED = _table(_RELIGIONS, _spelled), _table(_RELIGIONS, _folded)


@lru_cache(maxsize=5_000)
def read_ethnic_group(text: str) -> Found:
    """The official name of the group; one that nobody knows is not used."""
    if text in ("", "-", "0") or _folded(text) in _NOT_STATED:
        return NOTHING
    return _look_up(text, _ETHNIC_SPELLED, _ETHNIC_FOLDED, "ethnic", "dân tộc")


@lru_cache(maxsize=5_000)
def read_religion(text: str) -> Found:
    """The name of the religion. "Không" is an answer; a blank cell is none."""
    if not text:
        return NOTHING
    return _look_up(text, _RELIGION_SPELLED, _RELIGION_FOLDED, "religion", "tôn giáo")


def _look_up(text: str, spelled: dict, folded: dict, code: str, label: str) -> Found:
    if len(text) > _LONGEST:
        return refused(f"{code}_unknown", f"không nhận ra {label} '{text[:_LONGEST]}…'")
    for candidate in (text, _BRACKETS.sub("", _BEFORE.sub("", text))):
        if names := spelled.get(_spelled(candidate)):
            (name,) = names
            same = candidate == name
            return (
                Found(name)
                if same
                else fixed(name, f"{code}_alias", f"{label} '{text}' được ghi là '{name}'")
            )
    names = folded.get(_folded(_BRACKETS.sub("", _BEFORE.sub("", text))), set())
    if len(names) != 1:
        return refused(f"{code}_unknown", f"không nhận ra {label} '{text}'")
    (name,) = names
    sentence = f"{label} '{text}' được hiểu là '{name}'"
    if text.isascii():
        return fixed(name, f"{code}_unaccented", sentence)
    return doubted(name, f"{code}_misspelt", sentence)
