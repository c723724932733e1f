"""Fields for what rosters and people write loosely: partial dates and telephone numbers."""

import re

from django import forms
from unfold.widgets import UnfoldAdminTextInputWidget

from members.dates import PartialDate
from members.roster.phones import read_phones
from members.rules.shown import shown_phone

EXAMPLES = "Hãy nhập năm (2005), tháng (9/2005) hoặc ngày (02/09/2005)."
_PARTS = re.compile(r"(?:(?:(\d{1,2})\s*[/.\-]\s*)?(\d{1,2})\s*[/.\-]\s*)?(\d{4})")


class PartialDateField(forms.CharField):
    """A date as precise as it is known, typed day first. Its value is ISO text: "2005-09-02", "2005", ""."""

    widget = UnfoldAdminTextInputWidget

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "Biết đến đâu ghi đến đó: 2005, 9/2005 hoặc 02/09/2005.")
        super().__init__(required=False, max_length=20, **kwargs)

    def prepare_value(self, value):
        try:
            return str(PartialDate.from_iso(value)) if value else ""
        except ValueError:
            return value

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return ""
        match = _PARTS.fullmatch(text)
        if match is None:
            raise forms.ValidationError(f"Không hiểu ngày “{text}”. {EXAMPLES}")
        day, month, year = (int(part) if part else None for part in match.groups())
        known = PartialDate(year, month, day)
        try:
            known.first_day()
        except ValueError:
            raise forms.ValidationError(f"“{text}” không phải ngày có thật. {EXAMPLES}") from None
        return known.iso()


class PhoneField(forms.CharField):
    """One telephone number, typed as people write it. Its value is E.164, or blank."""

    widget = UnfoldAdminTextInputWidget

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=40, **kwargs)

    def prepare_value(self, value):
        return shown_phone(value) if value else value

    def to_python(self, value):
        text = super().to_python(value)
        found, second = read_phones(text)
        if second:
            raise forms.ValidationError("Mỗi ô chỉ ghi một số điện thoại. Ghi số thứ hai vào ô bên cạnh.")
        if text and not found.value:
            raise forms.ValidationError(
                f"“{text}” không phải số điện thoại. Hãy nhập đủ các chữ số, ví dụ 0912 345 678."
            )
        return found.value or ""
