"""What is asked before a member moves, is taken in or is not."""

from django import forms

from core.text import fold
from members.models import Member
from members.queries.transfers import branches_of, destinations
from units.models import Unit

NOBODY = "Không có đoàn viên nào mang mã và họ tên này. Hãy xem lại từng chữ trong thẻ hoặc hồ sơ."


class PlaceChoice(forms.ModelChoiceField):
    def label_from_instance(self, unit):
        return unit.place if unit.kind in Unit.COMMUNE_KINDS else unit.title


class TransferForm(forms.Form):
    """Who moves where and why. A member outside the scope is named by code and name together."""

    code = forms.CharField(
        label="Mã đoàn viên",
        max_length=12,
        help_text="Ví dụ DV7K4M93QD, ghi trên thẻ và trong hồ sơ.",
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
        error_messages={"required": "Chưa nhập mã đoàn viên."},
    )
    full_name = forms.CharField(
        label="Họ và tên",
        max_length=120,
        help_text="Để chắc là đúng người; có thể viết không dấu.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Chưa nhập họ và tên."},
    )
    to_unit = PlaceChoice(
        label="Chuyển đến",
        queryset=Unit.objects.none(),
        empty_label="Chọn nơi nhận",
        error_messages={"required": "Chưa chọn nơi nhận.", "invalid_choice": "Chưa chọn nơi nhận."},
    )
    reason = forms.CharField(
        label="Lý do chuyển",
        max_length=300,
        help_text="Ví dụ: chuyển nơi làm việc, về học tại trường, chuyển nhà.",
        error_messages={"required": "Chưa ghi lý do chuyển."},
    )

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["to_unit"].queryset = destinations()

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        found = Member.objects.with_code(cleaned["code"].strip().upper()).select_related("unit").first()
        if found is None or fold(found.full_name) != fold(cleaned["full_name"]):
            self.add_error("code", NOBODY)
            return cleaned
        lets_go = self.scope.covers(found.unit)
        if not lets_go and not self.scope.covers(cleaned["to_unit"]):
            self.add_error("to_unit", "Nơi chuyển hoặc nơi nhận phải là đơn vị của Anh/Chị.")
        return cleaned | {"member": found, "lets_go": lets_go}

    def facts(self):
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("member", "to_unit", "reason", "lets_go")}


class OwnTransferForm(forms.Form):
    """A member asks to move: both sides will be asked."""

    to_unit = PlaceChoice(
        label="Chuyển đến",
        queryset=Unit.objects.none(),
        empty_label="Chọn nơi nhận",
        error_messages={"required": "Chưa chọn nơi nhận.", "invalid_choice": "Chưa chọn nơi nhận."},
    )
    reason = forms.CharField(
        label="Lý do chuyển", max_length=300, error_messages={"required": "Chưa ghi lý do chuyển."}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_unit"].queryset = destinations()


class AcceptForm(forms.Form):
    """In which branch the new member takes part."""

    branch = PlaceChoice(
        label="Sinh hoạt tại chi đoàn",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Chưa xếp chi đoàn",
    )
    branch_name = forms.CharField(
        label="Tên chi đoàn", max_length=160, required=False, help_text="Khi chi đoàn chưa lập trên cổng."
    )

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = branches_of(unit)
        if not self.fields["branch"].queryset.exists():
            del self.fields["branch"]


class AnswerForm(forms.Form):
    """Why the member does not move."""

    answer = forms.CharField(
        label="Lý do không chuyển",
        max_length=300,
        help_text="Đoàn viên và đơn vị bên kia đọc được.",
        error_messages={"required": "Chưa ghi lý do."},
    )
