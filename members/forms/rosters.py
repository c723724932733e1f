"""What staff send in while a roster is uploaded, looked through and decided on."""

from urllib.parse import urlencode

from django import forms
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminRadioSelectWidget

from members.actions.uploading import MAX_BYTES
from members.models import Member, RosterAnswer, RosterImport, RosterRow
from members.queries.preview import DATES, FIX_KINDS, KEPT, MINORS, RowFilter
from members.roster.withheld import KINDS
from members.rules.settled import KEEP, SWAP
from units.models import Unit

PARAMS = {
    "outcome": "ket-qua",
    "fix": "sua",
    "after": "sau",
    "before": "truoc",
    "asked_from": "hoi-tu",
}
POLICY = "Với đoàn viên đã có"
POLICIES = {
    RosterImport.Policy.OVERWRITE: "điền chỗ còn trống; chỗ file ghi khác thì lấy theo file, kể cả đơn vị. "
    "Ô trống trong file không xóa gì.",
    RosterImport.Policy.FILL: "điền chỗ còn trống; giá trị và đơn vị đang có được giữ, dù file ghi khác.",
    RosterImport.Policy.ONLY_NEW: "hồ sơ đang có không đổi gì.",
}
FILE_KINDS = ".xlsx,.xlsm,.xls,.ods,.csv"


def policy_choices():
    return [(policy, f"{RosterImport.Policy(policy).label}: {words}") for policy, words in POLICIES.items()]


class RosterUploadForm(forms.ModelForm):
    """The file, for whom, on what ground, what it may change, and without which columns."""

    basis = forms.ChoiceField(
        label="Căn cứ xử lý dữ liệu",
        choices=RosterImport.Basis,
        widget=UnfoldAdminRadioSelectWidget,
        help_text="Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.",
        error_messages={"required": "Chưa chọn căn cứ xử lý dữ liệu."},
    )
    policy = forms.ChoiceField(
        label=POLICY,
        choices=policy_choices,
        required=False,
        initial=RosterImport.Policy.OVERWRITE,
        widget=UnfoldAdminRadioSelectWidget,
        help_text="Đổi lại được ở trang xem trước.",
    )
    without = forms.MultipleChoiceField(
        label="Không nhập các cột này",
        choices=list(KINDS.items()),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="Chỉ nhập dữ liệu thật sự cần. Giá trị của cột được chọn không vào cổng, không vào trang "
        "xem trước và không vào file dòng cần sửa; chỉ còn trong file gốc đã mã hóa.",
    )

    class Meta:
        model = RosterImport
        fields = ["file", "unit", "basis", "legal_basis", "policy", "without"]
        labels = {"file": "File danh sách", "legal_basis": "Văn bản hoặc nguồn của căn cứ"}
        help_texts = {
            "file": "File .xlsx, .xls, .ods hoặc .csv như đơn vị gửi lên, không cần sửa mẫu. Tối đa 60 MB.",
            "unit": "Dòng nào không ghi đơn vị sẽ được nhập vào đơn vị này. "
            "Chọn Tỉnh Đoàn nếu từng dòng đã ghi đơn vị.",
            "legal_basis": "Ví dụ: phiếu đồng ý thu tháng 3/2026; "
            "Kế hoạch số 12-KH/TĐTN ngày 05/3/2026 về rà soát đoàn viên.",
        }
        error_messages = {
            "file": {"required": "Chưa chọn file.", "empty": "File trống. Hãy kiểm tra lại file."},
            "unit": {"required": "Chưa chọn đơn vị."},
            "legal_basis": {"required": "Chưa ghi văn bản hoặc nguồn của căn cứ."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = FILE_KINDS
        self.fields["legal_basis"].required = True
        for button in ("can_add_related", "can_change_related", "can_view_related"):
            setattr(self.fields["unit"].widget, button, False)

    def clean_policy(self):
        return self.cleaned_data["policy"] or RosterImport.Policy.OVERWRITE

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                "File lớn hơn 60 MB. Hãy chia thành nhiều file rồi tải lên từng file."
            )
        return file


class PreviewFilterForm(forms.Form):
    """What the address of a preview may say. A value it does not know counts as none."""

    outcome = forms.ChoiceField(
        choices=[
            *RosterRow.Outcome.choices,
            (KEPT, "Giữ lại"),
            (DATES, "Ngày tháng"),
            (MINORS, "Dưới 16 tuổi"),
        ],
        required=False,
    )
    fix = forms.ChoiceField(choices=[*FIX_KINDS.items(), ("*", "Tất cả")], required=False)
    after = forms.IntegerField(min_value=0, required=False)
    before = forms.IntegerField(min_value=0, required=False)
    asked_from = forms.IntegerField(min_value=0, required=False)

    def add_prefix(self, field_name):
        return PARAMS.get(field_name, field_name)

    def chosen(self):
        """The valid values."""
        self.is_valid()
        return RowFilter(**{name: value for name, value in self.cleaned_data.items() if value is not None})


def address_of(chosen):
    """The query of the address that shows the same choice; blank when nothing is chosen."""
    said = {PARAMS[name]: value for name, value in vars(chosen).items() if value not in ("", None)}
    return f"?{urlencode(said)}" if said else ""


class UnitAnswerForm(forms.Form):
    """Which unit a question of the file means."""

    question = forms.CharField(max_length=200, widget=forms.HiddenInput)
    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.active().within(scope)


class UnitSearchForm(forms.Form):
    """The question, and the name of the unit looked for."""

    question = forms.CharField(max_length=200, widget=forms.HiddenInput)
    text = forms.CharField(label="Tên hoặc mã đơn vị", max_length=80, required=False)


class RowForm(forms.Form):
    """One row of the import."""

    row = forms.ModelChoiceField(queryset=RosterRow.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args, roster_import, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["row"].queryset = roster_import.rows.select_related("roster_import")


class PersonAnswerForm(RowForm):
    """Who the row is; no member means somebody new."""

    member = forms.ModelChoiceField(queryset=Member.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.within(scope)


class TwinAnswerForm(RowForm):
    """Whether the row and the earlier one it was held against are one person."""

    is_same = forms.TypedChoiceField(
        choices=[("1", "Cùng một người"), ("0", "Hai người khác nhau")], coerce=lambda said: said == "1"
    )


class DatesAnswerForm(forms.Form):
    """Whether day and month of a sheet are exchanged. A file without sheets has one with a blank name."""

    sheet = forms.CharField(max_length=120, required=False, strip=False)
    order = forms.ChoiceField(choices=[(SWAP, "Đảo lại ngày và tháng"), (KEEP, "Giữ nguyên")])


class TakeBackForm(forms.Form):
    """One answer of the import."""

    answer = forms.ModelChoiceField(queryset=RosterAnswer.objects.none())

    def __init__(self, *args, roster_import, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].queryset = roster_import.answers.select_related("roster_import")


class FixForm(RowForm):
    """One repaired value of a row."""

    field = forms.CharField(max_length=40, widget=forms.HiddenInput)


class PolicyForm(forms.Form):
    """What the import may do to members who exist, and what the person saw it do until now."""

    policy = forms.ChoiceField(label=POLICY, choices=policy_choices, widget=forms.RadioSelect)
    seen = forms.ChoiceField(choices=RosterImport.Policy, widget=forms.HiddenInput)


class SkipForm(forms.Form):
    """The question whose rows are left out."""

    question = forms.CharField(max_length=200)
