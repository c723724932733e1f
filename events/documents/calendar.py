"""An event as a file every calendar reads (RFC 5545)."""

from datetime import UTC, datetime

from django.conf import settings

from events.models import Event


def calendar_file(event: Event) -> str:
    """The event as an .ics file; opening a newer one replaces the older one."""
    address = settings.SITE_URL + event.get_absolute_url()
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{settings.OFFICE_NAME}//Cong thong tin//VI",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:event-{event.pk}@{settings.SITE_URL.split('//')[-1]}",
        f"DTSTAMP:{_utc(event.published_at or event.opens_at)}",
        f"DTSTART:{_utc(event.starts_at)}",
        f"DTEND:{_utc(event.ends_at)}",
        f"SUMMARY:{_text(event.title)}",
        f"LOCATION:{_text(', '.join(filter(None, [event.place, event.place_note])))}",
        f"DESCRIPTION:{_text(address)}",
        f"URL:{address}",
        f"STATUS:{'CANCELLED' if event.cancelled_at else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    value = "".join(letter for letter in value if letter.isprintable() or letter in "\r\n")
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return value


def _folded(line: str) -> str:
    """The line cut after at most 73 bytes, never inside a letter."""
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 73:
            parts.append("")
            size = 1
        parts[-1] += letter
        size += width
    return "\r\n ".join(parts)
