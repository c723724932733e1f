"""What templates may ask for beyond Django's own tags: icons, numbers, panels."""

import re
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

NOT_REPORTED = "–"
NO_BREAK_SPACE = "\u00a0"
STATE_ICONS = {
    "ok": "check-circle-fill",
    "late": "exclamation-triangle-fill",
    "silent": "x-octagon-fill",
    "overdue": "exclamation-octagon-fill",
    "soon": "alarm",
    "full": "hourglass-split",
    "seats": "person-check",
    "done": "check2-all",
    "open": "clock",
    "question": "question-circle-fill",
    "error": "x-circle-fill",
    "quiet": "check-circle",
}


# What a browser says of itself, the telling word first; each names others that came before it.
BROWSERS = {
    "coc_coc": "Cốc Cốc",
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Zalo": "Zalo",
    "FBAN": "Facebook",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
MACHINES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "điện thoại Android",
    "Windows": "máy tính Windows",
    "Macintosh": "máy Mac",
    "CrOS": "Chromebook",
    "Linux": "máy tính Linux",
}


@cache
def _paths_of(name: str) -> str:
    file = Path(settings.BASE_DIR) / "static" / "vendor" / "icons" / f"{name}.svg"
    return re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", file.read_text("utf-8"), flags=re.DOTALL).strip()


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """The vendored icon drawn in place, in the colour of the text around it.

    Without a label it is hidden from screen readers, for the word stands beside it. A name that
    `scripts/vendor_icons.mjs` does not list stops the page, so that it is found at once.
    """
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 16 16" focusable="false" {}>{}</svg>',
        f" {extra}" if extra else "",
        spoken,
        mark_safe(_paths_of(name)),
    )


@register.filter
def state_icon(state: str) -> str:
    """The icon that stands for a state everywhere."""
    return STATE_ICONS[state]


@register.filter
def number(value) -> str:
    """A count as people here write it: 1.234.567. Nothing reported is a dash, never 0."""
    if value is None or value == "":
        return NOT_REPORTED
    return number_format(value, decimal_pos=0, force_grouping=True)


@register.filter
def decimal(value, places: int = 1) -> str:
    """A measured value with a comma: 68,8. Nothing reported is a dash."""
    if value is None or value == "":
        return NOT_REPORTED
    return number_format(round(float(value), places), decimal_pos=places, force_grouping=True)


@register.filter
def share(percent) -> str:
    """A percentage for an SVG length, kept between 0 and 100: "68.8%"."""
    kept = min(max(float(percent or 0), 0.0), 100.0)
    return f"{kept:.1f}%"


@register.filter
def hold(text: str) -> str:
    """The text with its last two words kept on one line, so that no heading ends in a lone syllable."""
    return NO_BREAK_SPACE.join(str(text).rsplit(" ", 1))


@register.filter
def initials(full_name: str) -> str:
    """Two letters for the round mark: Nguyễn Thị Hường is NH."""
    words = str(full_name or "").split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def device(user_agent: str) -> str:
    """What somebody signed in with, in words: "Chrome trên điện thoại Android"."""
    said = str(user_agent or "")
    browser = next((name for word, name in BROWSERS.items() if word in said), "Trình duyệt khác")
    machine = next((name for word, name in MACHINES.items() if word in said), "máy không rõ loại")
    return f"{browser} trên {machine}"


@register.simple_block_tag
def panel(content: str, title: str = "", tone: str = "ground") -> SafeString:
    """A tinted block (ground, sky, amber, red, green) around what somebody must see or act on."""
    heading = format_html('<h2 class="panel-title">{}</h2>', title) if title else ""
    return format_html('<div class="panel panel-{}">{}{}</div>', tone, heading, mark_safe(content))


@register.simple_block_tag
def section(content: str, title: str = "", tone: str = "") -> SafeString:
    """One section of a page across the whole width; tone "ground" gives it the pale ground."""
    heading = format_html('<div class="section-head"><h2>{}</h2></div>', title) if title else ""
    return format_html(
        '<section class="section{}"><div class="container">{}{}</div></section>',
        f" section-{tone}" if tone else "",
        heading,
        mark_safe(content),
    )


@register.simple_block_tag
def wide(content: str, label: str) -> SafeString:
    """A table that may be wider than the screen: it scrolls by itself, by keyboard too, and has a name."""
    return format_html(
        '<div class="table-wrap" role="region" aria-label="{}" tabindex="0">{}</div>',
        label,
        mark_safe(content),
    )
