"""Who agrees for a child: noted by staff from paper, or with the account that decides itself."""

from django import forms
from unfold import widgets

from accounts.models import User
from members.forms.fields import PhoneField
from members.models import Consent, Guardian

MOST_BYTES = 5 * 1024 * 1024
SHORT = {
    Consent.Purpose.ACTIVITIES: "Quản lý hoạt động Đoàn",
    Consent.Purpose.SENSITIVE: "Dữ liệu nhạy cảm",
    Consent.Purpose.PUBLICITY: "Đăng tên, ảnh công khai",
    Consent.Purpose.MESSAGES: "Nhận thông báo qua email",
}
BEGINNINGS = {"pdf": b"%PDF-", "png": b"\x89PNG", "jpg": b"\xff\xd8\xff"}


class GuardianForm(forms.Form):
    """Nothing is ticked beforehand: each purpose is what the signed paper says."""

    full_name = forms.CharField(
        label="Họ và tên người đại diện",
        max_length=120,
        widget=widgets.UnfoldAdminTextInputWidget,
        error_messages={"required": "Chưa nhập họ và tên."},
    )
    relation = forms.ChoiceField(
        label="Là", choices=Guardian.Relation, widget=widgets.UnfoldAdminSelectWidget
    )
    phone = PhoneField(label="Số điện thoại")
    account = forms.EmailField(
        label="Email tài khoản trên cổng",
        required=False,
        widget=widgets.UnfoldAdminEmailInputWidget,
        help_text="Nếu có tài khoản, người đại diện nhận thư và tự chọn điều đồng ý. Không có thì dùng giấy.",
        error_messages={"invalid": "Địa chỉ email chưa đúng."},
    )
    paper = forms.FileField(
        label="Bản quét giấy đồng ý đã ký",
        required=False,
        widget=widgets.UnfoldAdminFileFieldWidget,
        help_text="Ảnh chụp rõ hoặc bản PDF, không quá 5 MB. Không kèm ảnh thẻ căn cước.",
    )
    paper_place = forms.CharField(
        label="Hoặc nơi giữ giấy đồng ý",
        max_length=160,
        required=False,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Ví dụ: cặp hồ sơ Chi đoàn 10A1, văn phòng Đoàn xã.",
    )
    purposes = forms.MultipleChoiceField(
        label="Điều đồng ý trên giấy",
        choices=list(SHORT.items()),
        required=False,
        widget=widgets.UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="Dữ liệu nhạy cảm: dân tộc, tôn giáo. Chỉ chọn điều có ghi trên giấy.",
    )

    def clean_account(self):
        address = self.cleaned_data["account"].lower()
        if not address:
            return None
        user = User.objects.filter(email=address, is_active=True).first()
        if user is None:
            raise forms.ValidationError("Chưa có tài khoản nào trên cổng dùng địa chỉ này.")
        return user

    def clean_paper(self):
        paper = self.cleaned_data["paper"]
        if not paper:
            return None
        if paper.size > MOST_BYTES:
            raise forms.ValidationError("File lớn hơn 5 MB. Hãy quét lại với độ phân giải thấp hơn.")
        start = paper.read(8)
        paper.seek(0)
        for ending, beginning in BEGINNINGS.items():
            if start.startswith(beginning):
                paper.name = f"giay-dong-y.{ending}"
                return paper
        raise forms.ValidationError("Chỉ nhận bản PDF, ảnh JPG hoặc PNG.")

    def clean(self):
        cleaned = super().clean()
        cleaned["user"] = cleaned.pop("account", None)
        return cleaned
