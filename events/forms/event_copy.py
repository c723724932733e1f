from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget

from events.actions.copying import Sitting

MOST = 60
EXAMPLE = "27/3/2026 8:00, Nhà văn hóa xã Bình Yên"


class EventCopyForm(forms.Form):
    """When and where an event takes place once more, a line each."""

    sittings = forms.CharField(
        label="Thời gian và địa điểm của từng bản sao",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}),
        help_text=f"Mỗi dòng một lần tổ chức: ngày giờ bắt đầu, rồi địa điểm nếu khác. Ví dụ: {EXAMPLE}.",
    )

    def clean_sittings(self):
        lines = [line.strip() for line in self.cleaned_data["sittings"].splitlines() if line.strip()]
        if len(lines) > MOST:
            raise forms.ValidationError(
                f"Mỗi lần sao chép nhiều nhất {MOST} bản; danh sách này có {len(lines)}."
            )
        sittings = [_sitting(number, line) for number, line in enumerate(lines, start=1)]
        if len(set(sittings)) < len(sittings):
            raise forms.ValidationError("Có hai dòng giống nhau. Hãy bỏ bớt một dòng.")
        return sittings


def _sitting(number, line):
    moment, _, place = (part.strip() for part in line.partition(","))
    try:
        starts_at = forms.DateTimeField().clean(moment)
    except forms.ValidationError as error:
        raise forms.ValidationError(
            f"Dòng {number}: chưa đọc được “{moment}”. Viết như: {EXAMPLE}."
        ) from error
    if len(place) > 200:
        raise forms.ValidationError(f"Dòng {number}: địa điểm dài quá 200 chữ.")
    return Sitting(starts_at, place)
