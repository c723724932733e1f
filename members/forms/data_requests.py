"""What people ask about their data, and what staff answer."""

from django import forms
from django.utils import timezone
from unfold import widgets

from members.models import DataRequest, Member
from members.rules.replies import REFUSED, accepting_words

Kind, Channel = DataRequest.Kind, DataRequest.Channel
OWN_KINDS = {
    Kind.CORRECT: "Sửa dữ liệu chưa đúng",
    Kind.RESTRICT: "Hạn chế xử lý: vẫn giữ, nhưng không đưa vào danh sách, không gửi thư nhắc",
    Kind.DELETE: "Xóa dữ liệu: hồ sơ, tài khoản, kết quả, giấy chứng nhận không tra cứu được nữa",
}


class OwnRequestForm(forms.Form):
    """What members ask for themselves; nothing is chosen beforehand."""

    kind = forms.ChoiceField(
        label="Đề nghị",
        choices=list(OWN_KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Chưa chọn điều đề nghị.", "invalid_choice": "Hãy chọn lại."},
    )
    wish = forms.CharField(
        label="Nội dung",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ví dụ: tên đệm viết sai, số điện thoại cũ. Không ghi số căn cước.",
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Kind.CORRECT and not cleaned.get("wish", "").strip():
            self.add_error("wish", "Hãy ghi rõ chỗ nào chưa đúng và sửa thành gì.")
        return cleaned


class NotedRequestForm(forms.Form):
    """A request that came on paper, by mail or in person, with the day from which its clocks run."""

    member = forms.CharField(
        label="Mã đoàn viên",
        max_length=12,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Mã có trong hồ sơ đoàn viên, ví dụ DV7K2M9QXD.",
    )
    kind = forms.ChoiceField(label="Đề nghị", choices=Kind, widget=widgets.UnfoldAdminSelectWidget)
    channel = forms.ChoiceField(
        label="Nhận qua",
        choices=[choice for choice in Channel.choices if choice[0] != Channel.PORTAL],
        widget=widgets.UnfoldAdminSelectWidget,
    )
    received_on = forms.DateField(label="Ngày nhận", widget=widgets.UnfoldAdminDateWidget)
    wish = forms.CharField(
        label="Nội dung đề nghị",
        required=False,
        max_length=2000,
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["received_on"].initial = timezone.localdate

    def clean_member(self):
        code = self.cleaned_data["member"].strip().upper()
        member = Member.objects.within(self.scope).with_code(code).first()
        if member is None:
            raise forms.ValidationError("Không có đoàn viên mang mã này trong phạm vi của Anh/Chị.")
        return member


class _AnswerForm(forms.Form):
    answer = forms.CharField(
        label="Trả lời",
        max_length=2000,
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 6}),
        help_text="Gửi cho đoàn viên qua email, nếu hồ sơ có địa chỉ. Có thể sửa trước khi gửi.",
        error_messages={"required": "Chưa nhập câu trả lời."},
    )


class AcceptForm(_AnswerForm):
    """The ready words of acceptance, to be changed."""

    def __init__(self, *args, about, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].initial = accepting_words(about)


class RefuseForm(_AnswerForm):
    """Why not: the reason is to be written."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].initial = REFUSED

    def clean_answer(self):
        answer = self.cleaned_data["answer"].strip()
        if answer == REFUSED.strip():
            raise forms.ValidationError("Chưa ghi lý do.")
        return answer


class ExtendForm(forms.Form):
    reason = forms.CharField(
        label="Lý do gia hạn",
        max_length=500,
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        error_messages={"required": "Chưa nhập lý do."},
    )


class EraseForm(forms.Form):
    """The code of the member, typed as a sign that it is meant: erasing cannot be undone."""

    code = forms.CharField(
        label="Gõ lại mã đoàn viên để xác nhận xóa",
        max_length=12,
        widget=widgets.UnfoldAdminTextInputWidget,
        error_messages={"required": "Chưa gõ mã đoàn viên."},
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["code"].help_text = (
            f"Mã: {member.code}. Xóa hồ sơ, lịch sử, tài khoản, vé, tên trên giấy chứng nhận, thư và dòng "
            "trong danh sách đã nhập; giữ lại các con số không nêu tên. Không khôi phục được."
        )

    def clean(self):
        if self.cleaned_data.get("code", "").strip().upper() != self.member.code:
            self.add_error("code", "Mã không khớp, chưa xóa gì.")
        return {}
