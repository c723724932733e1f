"""What proves that a record is one's own, and which members get a printed code."""

from django import forms

from core.codes import looks_like_code, typed_code
from core.text import fold
from members.actions.claiming import CODE_LENGTH
from members.models import Consent, Member
from units.models import Unit

MOST_SLIPS = 100
CONSENT_LABELS = {
    Consent.Purpose.ACTIVITIES: "Đồng ý để tổ chức Đoàn dùng dữ liệu trong hồ sơ khi quản lý hoạt động Đoàn.",
    Consent.Purpose.SENSITIVE: "Đồng ý để tổ chức Đoàn xử lý dữ liệu nhạy cảm: dân tộc, tôn giáo.",
    Consent.Purpose.PUBLICITY: "Đồng ý đăng tên, ảnh của tôi trên trang công khai của tổ chức Đoàn.",
    Consent.Purpose.MESSAGES: "Đồng ý nhận thư nhắc lịch, thư mời về hoạt động Đoàn qua email.",
}
CONSENT_HINTS = {
    Consent.Purpose.MESSAGES: (
        "Khi rút lại, không còn thư nhắc lịch, thư mời. Vẫn có thư về việc của chính mình: mã, tài khoản, "
        "đăng ký và vé, danh sách chờ, thay đổi hoặc hủy sự kiện đã đăng ký, giấy chứng nhận."
    ),
}


class ClaimForm(forms.Form):
    """A code and a name or birth date; below them, unticked, one box for each purpose."""

    code = forms.CharField(
        label="Mã nhận hồ sơ",
        max_length=20,
        help_text="8 chữ và số, trong thư hoặc trên phiếu. Không phân biệt chữ hoa, chữ thường.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        error_messages={"required": "Chưa nhập mã."},
    )
    full_name = forms.CharField(
        label="Họ và tên",
        required=False,
        max_length=120,
        help_text="Có thể viết không dấu.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    born_on = forms.DateField(
        label="Ngày sinh",
        required=False,
        help_text="Ví dụ 26/03/2004. Đã nhập họ tên thì có thể bỏ trống.",
        widget=forms.DateInput(attrs={"autocomplete": "bday", "inputmode": "numeric"}),
        error_messages={"invalid": "Ngày sinh phải viết theo ngày/tháng/năm, ví dụ 26/03/2004."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for purpose, label in CONSENT_LABELS.items():
            self.fields[f"consent_{purpose}"] = forms.BooleanField(
                label=label, required=False, help_text=CONSENT_HINTS.get(purpose, "")
            )

    def clean_code(self):
        code = typed_code(self.cleaned_data["code"])
        if not looks_like_code(code, CODE_LENGTH):
            raise forms.ValidationError("Mã gồm đúng 8 chữ và số, ví dụ K7M2-9QXD.")
        return code

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned["full_name"] and not cleaned["born_on"]:
            self.add_error("full_name", "Chưa nhập họ tên hoặc ngày sinh.")
        return cleaned

    @property
    def consent_fields(self):
        """The boxes, to be drawn together."""
        return [self[f"consent_{purpose}"] for purpose in CONSENT_LABELS]

    @property
    def proof(self):
        """What the claim is tried with."""
        return {name: self.cleaned_data[name] for name in ("code", "full_name", "born_on")}

    @property
    def purposes(self):
        """The purposes whose box was ticked."""
        return [purpose for purpose in CONSENT_LABELS if self.cleaned_data[f"consent_{purpose}"]]


class SlipFilter(forms.Form):
    """Which members without an account the sheet's page lists."""

    q = forms.CharField(label="Họ và tên", required=False, max_length=120)
    unit = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Mọi đơn vị",
        error_messages={"invalid_choice": "Không có đơn vị này. Hãy chọn lại."},
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    def narrow(self, members):
        """The members left by the filter."""
        if not self.is_valid():
            return members
        if unit := self.cleaned_data["unit"]:
            members = members.filter(unit__path__startswith=unit.path)
        if text := self.cleaned_data["q"]:
            members = members.filter(search_name__contains=fold(text))
        return members


class SlipForm(forms.Form):
    """The members to print a slip for, among those the person may see."""

    members = forms.ModelMultipleChoiceField(
        queryset=Member.objects.none(),
        label="Đoàn viên",
        error_messages={
            "required": "Chưa chọn đoàn viên nào.",
            "invalid_choice": "Có đoàn viên không còn trong danh sách. Hãy chọn lại.",
            "invalid_pk_value": "Có đoàn viên không còn trong danh sách. Hãy chọn lại.",
        },
    )

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = Member.objects.claimable().leaving().within(scope)

    def clean_members(self):
        members = self.cleaned_data["members"]
        if len(members) > MOST_SLIPS:
            raise forms.ValidationError(f"Mỗi lần in nhiều nhất {MOST_SLIPS} phiếu.")
        return members
