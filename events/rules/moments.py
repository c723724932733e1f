"""Moments as people say them."""

from datetime import datetime

from django.utils.timezone import localtime

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def _day(local: datetime) -> str:
    return f"{local.day}/{local.month}/{local.year}"


def clock(moment: datetime) -> str:
    """The hour in local time: "7:30"."""
    return f"{localtime(moment):%-H:%M}"


def spoken(moment: datetime) -> str:
    """The moment in local time with its weekday: "17:00 thứ Ba, 24/3/2026"."""
    local = localtime(moment)
    return f"{clock(moment)} {WEEKDAYS[local.weekday()]}, {_day(local)}"


def spoken_near(moment: datetime, *, to: datetime) -> str:
    """`spoken` without the year when it is that of the other moment, which stands beside it."""
    text, year = spoken(moment), f"/{localtime(to).year}"
    return text.removesuffix(year)


def day_span(starts_at: datetime, ends_at: datetime) -> str:
    """The day with its weekday, or the first and the last day: "Thứ Sáu, 27/3/2026"."""
    first, last = localtime(starts_at), localtime(ends_at)
    if first.date() == last.date():
        weekday = WEEKDAYS[first.weekday()]
        return f"{weekday[0].upper()}{weekday[1:]}, {_day(first)}"
    return f"{_day(first)} – {_day(last)}"


def hour_span(starts_at: datetime, ends_at: datetime) -> str:
    """From which hour to which: "8:00 – 11:30"."""
    return f"{clock(starts_at)} – {clock(ends_at)}"


def time_left(until: datetime, *, at: datetime) -> str:
    """How long until then, in the largest unit that says enough: "Còn 4 ngày", "Còn 6 giờ"."""
    minutes = max(int((until - at).total_seconds() // 60), 0)
    if minutes >= 48 * 60:
        return f"Còn {minutes // (24 * 60)} ngày"
    return f"Còn {minutes // 60} giờ" if minutes >= 60 else f"Còn {minutes} phút"
