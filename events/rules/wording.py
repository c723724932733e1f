"""The words of a certificate, settled once at its issue."""

import hashlib
import json
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from events.models import Event, TrainingRecord
from members.dates import PartialDate
from units.models import Unit

LAYOUT = "giay-chung-nhan-1"
_COURSES: dict[str, str] = {
    Event.Kind.TRAINING: "chương trình tập huấn",
    Event.Kind.CLASS: "lớp học số",
}
_OFFICES: dict[str, str] = {Unit.Kind.PROVINCE: "Tỉnh Đoàn", Unit.Kind.CITY: "Thành Đoàn"}


def letter_date(day: date) -> str:
    """A day as official letters write it: "ngày 02 tháng 9 năm 2026"."""
    return f"ngày {day.day:02d} tháng {_month(day.month)} năm {day.year}"


def held_dates(starts_at: datetime, ends_at: datetime) -> str:
    """When it was held: one day, or from one day to another."""
    first, last = timezone.localdate(starts_at), timezone.localdate(ends_at)
    if first == last:
        return letter_date(first)
    return f"từ {letter_date(first)} đến {letter_date(last)}"


def birth_line(born: PartialDate | None) -> str:
    """The birth date as precisely as it is known, or nothing."""
    if born is None:
        return ""
    if born.month is None:
        return f"Sinh năm: {born.year}"
    if born.day is None:
        return f"Sinh tháng: {_month(born.month)}/{born.year}"
    return f"Sinh ngày: {born.day:02d}/{_month(born.month)}/{born.year}"


def certificate_number(serial: int, signer: Unit) -> str:
    """The number in the signer's own series of the year: "187/GCN-TĐTN"."""
    return f"{serial}/GCN-{settings.OFFICE_SIGN if signer.is_root() else 'ĐTN'}"


def deed_of(event: Event) -> str:
    """What the certificate says the member did."""
    if course := _COURSES.get(event.kind):
        return f"Đã hoàn thành {course}"
    return f"Đã tham dự {event.get_kind_display().lower()}"


def certificate_content(record: TrainingRecord, *, signer: Unit, number: str, code: str, on: date) -> dict:
    """Every word the paper shows, and nothing it has to look up later."""
    event, member = record.event, record.member
    office = signer.title
    return {
        "layout": LAYOUT,
        "issuer": office,
        "authority": f"Ban Thường vụ {office} chứng nhận",
        "name": member.full_name,
        "born": birth_line(member.born),
        "unit": member.unit.title,
        "deed": deed_of(event),
        "title": record.title,
        "held": held_dates(event.starts_at, event.ends_at),
        "held_on": record.held_on.isoformat(),
        "place": event.place,
        "signed": f"{signer.name}, {letter_date(on)}",
        "signer": [f"TM. Ban Thường vụ {_short(signer)}", "Bí thư"],
        "number": number,
        "code": code,
    }


def content_hash(content: dict) -> str:
    """SHA-256 over the canonical JSON: equal words give equal hashes on every machine."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _short(signer: Unit) -> str:
    return _OFFICES.get(signer.kind, signer.title)


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)
