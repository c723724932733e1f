"""Whether a text could be English, and every word a page says aloud or shows."""

import re
import unicodedata
from functools import cache
from html.parser import HTMLParser

# Whole words that stand in almost every English sentence.
ENGLISH = re.compile(
    r"\b(the|is|are|this|that|you|your|please|field|required|enter|valid|invalid|select|must|with|does|was|"
    r"has|been|cannot|error|submit|search|save|delete|home|add|change|history|view|filter|actions?|password|"
    r"sign|account|choose|remove|show|all|none|yes|next|previous|of|date|time|not|and|or|for|from|by)\b",
    re.IGNORECASE,
)
# How a Vietnamese syllable is built when its marks are taken off; "value", "today" are built otherwise.
ONSET = "b|ch?|d|gh?|gi|h|kh?|l|m|n|ngh?|nh|ph?|qu?|r|s|th?|tr|v|x"
OPEN = "a[iouy]?|e[ou]?|i|ia|ieu|iu|o|oa[ioy]?|oeo?|oi|u|ua|uay|ue|ui|uo[iu]?|uu|uya?|uyu|ye?u?"
CLOSED = "(?:a|e|i|o|u|y|ie|oa|oe|oo|ua|ue|uo|uy|uye|ye)(?:ch?|m|nh|ng?|p|t)"
SYLLABLE = re.compile(rf"(?:{ONSET})?(?:{OPEN}|{CLOSED})", re.IGNORECASE)
# Words of other languages that Vietnamese offices use every day.
ADOPTED = frozenset(
    ["email", "excel", "file", "internet", "vneid", "vietqr", "vssid"]
    # peoples of Vietnam, as the law writes them
    + ["hrê", "mnông", "glai", "xtiêng", "bru", "brâu"]
)
# Read by machines: addresses, file names, marks of a template, and the signed codes and fingerprints of
# tickets and certificates (long runs of letters with digits).
MACHINE_WORDS = re.compile(
    r"https?://\S+|[\w.+-]+@[\w.-]+|(?<!\S)/\S*|\S*\.(?:xlsx?|ods|csv|pdf|ics|json)\b|"
    r"(?=\S*\d)[A-Za-z0-9_.-]{20,}|%\(\w+\)[sd]|{{.*?}}|{%.*?%}"
)
# The source of the map and two apps, called as they are called.
NAMES = re.compile("vietnamese-provinces-database|(?:Google|Microsoft) Authenticator")

SILENT = {"script", "style", "template", "code", "svg"}
MACHINE_READ = re.compile(
    "id|for|name|value|href|action|formaction|src|aria-(describedby|labelledby|controls)|data-.*"
)
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-label", "data-placeholder", "data-confirm")


class Reader(HTMLParser):
    """What a person sees or a screen reader says, what the machine reads, and the forms to post."""

    def __init__(self):
        super().__init__()
        self.silent, self.depth, self.texts, self.forms, self.marks = "", 0, [], [], []

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if self.silent:
            self.depth += tag == self.silent
        elif tag in SILENT or is_drawn(facts):
            self.silent, self.depth = tag, 1
        self.texts += [facts[name] for name in SPOKEN if facts.get(name)]
        self.marks += [
            f'{name}="{said}"' for name, said in facts.items() if said and MACHINE_READ.fullmatch(name)
        ]
        if tag == "form":
            self.forms.append(
                {"method": facts.get("method", "get").lower(), "action": facts.get("action"), "hidden": {}}
            )
        if tag == "input" and facts.get("type") in ("submit", "button"):
            self.texts.append(facts.get("value") or "")
        if tag == "input" and facts.get("type") == "hidden" and self.forms:
            self.forms[-1]["hidden"][facts.get("name")] = facts.get("value") or ""

    def handle_endtag(self, tag):
        if tag == self.silent:
            self.depth -= 1
            self.silent = self.silent if self.depth else ""

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.texts.append(" ".join(data.split()))


def is_drawn(facts) -> bool:
    """An icon of the web admin: its English name is drawn as one picture, and desk.js mutes it."""
    return "material-symbols-outlined" in (facts.get("class") or "").split()


def read(response) -> Reader:
    reader = Reader()
    reader.feed(response.content.decode(response.charset))
    return reader


def english_in(texts) -> list[str]:
    return [text for text in texts if is_english(text)]


@cache
def is_english(text: str) -> bool:
    """Whether any word of it is English. Menus and buttons stand on every page: asked once."""
    spoken = NAMES.sub(" ", MACHINE_WORDS.sub(" ", text))
    return bool(ENGLISH.search(spoken)) or any(map(is_foreign, re.findall(r"[^\W\d_]+", spoken)))


def is_foreign(word: str) -> bool:
    """No syllable of Vietnamese. Abbreviations in capitals are names."""
    if word.isupper() or len(word) == 1 or word.lower() in ADOPTED:
        return False
    bare = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return not SYLLABLE.fullmatch("".join(sign for sign in bare if not unicodedata.combining(sign)))
