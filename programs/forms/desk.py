"""What the buttons of the web admin ask for."""

from django import forms
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from members.models import Member
from programs.models import ClubMember, SquadMember
from units.models import Unit


class MemberByCode(forms.CharField):
    """A member named by their code, within the scope: a list of 400,000 to choose from would help nobody."""

    def __init__(self):
        super().__init__(
            label="Mã đoàn viên",
            widget=UnfoldAdminTextInputWidget,
            help_text="Ví dụ DV7K4M93QD, ghi trong hồ sơ đoàn viên.",
            error_messages={"required": "Chưa nhập mã đoàn viên."},
        )


class MemberForm(forms.Form):
    """Names one member of the scope; the cleaned data hold the member."""

    member = MemberByCode()
    starts_on = forms.DateField(
        label="Từ ngày",
        widget=UnfoldAdminDateWidget,
        error_messages={"required": "Chưa chọn ngày.", "invalid": "Ngày không có thật."},
    )

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.scope = scope

    def clean_member(self):
        code = self.cleaned_data["member"].strip().upper()
        member = Member.objects.within(self.scope).with_code(code).first()
        if member is None:
            raise forms.ValidationError("Không có đoàn viên mang mã này trong phạm vi của Anh/Chị.")
        return member


class ClubStayForm(MemberForm):
    sector = forms.ChoiceField(
        label="Khối đối tượng", choices=Member.Sector.choices, widget=UnfoldAdminSelectWidget
    )
    role = forms.ChoiceField(
        label="Vai trò",
        choices=ClubMember.Role.choices,
        initial=ClubMember.Role.MEMBER,
        widget=UnfoldAdminSelectWidget,
    )


class SquadStayForm(MemberForm):
    role = forms.ChoiceField(
        label="Vai trò",
        choices=SquadMember.Role.choices,
        initial=SquadMember.Role.MEMBER,
        widget=UnfoldAdminSelectWidget,
    )
    is_core = forms.BooleanField(label="Lực lượng nòng cốt", required=False, widget=UnfoldBooleanSwitchWidget)


class LeavingForm(forms.Form):
    """Whose stay ends, and with which day."""

    membership: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Thành viên",
        queryset=None,
        widget=UnfoldAdminSelectWidget,
        error_messages={"required": "Chưa chọn thành viên."},
    )
    ends_on = forms.DateField(
        label="Đến hết ngày",
        widget=UnfoldAdminDateWidget,
        error_messages={"required": "Chưa chọn ngày.", "invalid": "Ngày không có thật."},
    )

    def __init__(self, *args, memberships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = memberships


class DisbandForm(forms.Form):
    ends_on = forms.DateField(
        label="Ngày giải thể",
        widget=UnfoldAdminDateWidget,
        error_messages={"required": "Chưa chọn ngày.", "invalid": "Ngày không có thật."},
    )


class DeskWithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Lý do rút",
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        error_messages={"required": "Chưa ghi lý do rút hoạt động."},
    )


class SplitTargetForm(forms.Form):
    """Which units share a target equally: all communes below, or all units right below."""

    COMMUNES, CHILDREN = "communes", "children"

    to = forms.ChoiceField(
        label="Chia đều cho",
        choices=[(COMMUNES, "các xã, phường"), (CHILDREN, "mọi đơn vị trực thuộc ngay dưới")],
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = unit

    def clean(self):
        chosen = super().clean().pop("to", None)
        below = Unit.objects.active().filter(path__startswith=self.unit.path, depth=self.unit.depth + 1)
        if chosen == self.COMMUNES:
            below = below.filter(kind__in=Unit.COMMUNE_KINDS)
        return {"units": list(below.order_by("path"))} if chosen else {}
