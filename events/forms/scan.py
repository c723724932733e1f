"""The shape of what a device at the door sends."""

import json
import re
from dataclasses import dataclass

from django import forms
from django.utils import timezone

from events.actions import ShownCode
from events.models import Attendance

MAX_BATCH = 500
_HALF = re.compile("[\ud800-\udfff]")
_SCANNED = [(method.value, method.label) for method in (Attendance.Method.QR, Attendance.Method.TYPED)]


class ScanForm(forms.Form):
    """One scan as a device kept it. A clock beyond all reason counts as now."""

    code = forms.CharField(max_length=4000)
    nonce = forms.CharField(max_length=64)
    device = forms.CharField(max_length=64)
    device_at = forms.DateTimeField()
    method = forms.ChoiceField(choices=_SCANNED)

    def clean_device_at(self):
        device_at = self.cleaned_data["device_at"]
        return device_at if 2020 <= device_at.year <= 2100 else timezone.now()

    def shown(self):
        return ShownCode(**self.cleaned_data)


class TypedCodeForm(forms.Form):
    """A ticket code typed by hand; the page puts the nonce in, so that a double click counts once."""

    code = forms.CharField(
        label="Mã vé",
        max_length=40,
        help_text="Tám chữ và số in dưới mã QR, ví dụ K7M2-9QXD.",
        error_messages={"required": "Chưa nhập mã vé."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    nonce = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def shown(self, *, user):
        return ShownCode(
            code=self.cleaned_data["code"],
            device=f"trang-{user.pk}",
            nonce=self.cleaned_data["nonce"],
            device_at=timezone.now(),
            method=Attendance.Method.TYPED,
        )


@dataclass(frozen=True)
class ScanBatch:
    """The readable scans of a batch, and the nonces of those no form could read."""

    shown: list[ShownCode]
    unread: list[str]


def _is_text(value) -> bool:
    """Whether a form can read it: halves of letters ("\\ud800") can be written nowhere."""
    return isinstance(value, str) and not _HALF.search(value)


def read_batch(body: bytes) -> ScanBatch:
    """The batch in a request's body. Raises ValidationError when the body as a whole is no batch."""
    try:
        scans = json.loads(body)["scans"]
    except (ValueError, KeyError, TypeError, RecursionError):
        scans = None
    if not isinstance(scans, list) or not all(isinstance(scan, dict) for scan in scans):
        raise forms.ValidationError("Không đọc được các lượt quét. Các lượt vẫn giữ trên máy này.")
    if len(scans) > MAX_BATCH:
        raise forms.ValidationError(f"Mỗi lần chỉ gửi được {MAX_BATCH} lượt quét.")
    shown, unread = [], []
    for scan in scans:
        form = ScanForm({name: value for name, value in scan.items() if _is_text(value)})
        if form.is_valid():
            shown.append(form.shown())
        else:
            unread.append(str(scan.get("nonce", ""))[:64])
    return ScanBatch(shown, unread)
