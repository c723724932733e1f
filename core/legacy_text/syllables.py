"""Whether a word can be a Vietnamese syllable: an onset, a rhyme and a tone that go together."""

from functools import lru_cache
from unicodedata import normalize

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_RHYME_LIST = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung uôc uôi uôm uôn uông uôt up ut uê uêch uênh uơ uy uya uych uynh uyên uyêt uyt uyu
uân uâng uât uây ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
"""
_AFTER_QU_LIST = """
a ac ach ai an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eo et ê êch ên ênh êt
i it ich in inh ôc ơ y ych yên yêt ynh yt yn
"""
_RHYMES = _RHYME_LIST.split()
_AFTER_QU = _AFTER_QU_LIST.split()
_BEFORE_ALL = (
    "b",
    "ch",
    "d",
    "đ",
    "gi",
    "h",
    "kh",
    "l",
    "m",
    "n",
    "nh",
    "p",
    "ph",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
)
_BEFORE_BACK = ("c", "g", "ng")
_BEFORE_FRONT = ("k", "gh", "ngh")
_BY_THEMSELVES = ("gi", "gin", "gip", "giêng", "giêt", "giêc", "khuyu")


def _bases() -> frozenset[str]:
    found = {*_BY_THEMSELVES, *_RHYMES}
    found.update(onset + rhyme for onset in _BEFORE_ALL for rhyme in _RHYMES)
    found.update("qu" + rhyme for rhyme in _AFTER_QU)
    for rhyme in _RHYMES:
        onsets = _BEFORE_FRONT if rhyme[0] in "eêiy" else _BEFORE_BACK
        found.update(onset + rhyme for onset in onsets)
    return frozenset(found)


_BASES = _bases()


@lru_cache(maxsize=100_000)
def is_syllable(word: str) -> bool:
    """Whether the word could be Vietnamese. Says nothing about whether it means anything."""
    parts = normalize("NFD", word.lower())
    tones = [char for char in parts if char in _TONES]
    base = normalize("NFC", "".join(char for char in parts if char not in _TONES))
    if len(tones) > 1 or base not in _BASES:
        return False
    stopped = base.endswith(("c", "ch", "p", "t"))
    return not stopped or not tones or tones[0] in "\u0301\u0323"
