from django import forms
from unfold.widgets import UnfoldAdminSelectWidget

from core.text import tidy
from members.forms.fields import PartialDateField, PhoneField
from members.models import Member
from members.roster.groups import ETHNIC_GROUPS, RELIGIONS
from members.rules.facts import facts_of_member
from members.rules.sight import ABILITY_OF

UNKNOWN = [("", "Chưa rõ")]
GROWN = Member.Status.GROWN


class NameChoiceField(forms.ChoiceField):
    """One of the official names, or what the record already says."""

    def __init__(self, names, **kwargs):
        super().__init__(
            choices=UNKNOWN + [(name, name) for name in names],
            required=False,
            widget=UnfoldAdminSelectWidget,
            **kwargs,
        )

    def keep(self, said):
        if said and said not in dict(self.choices):
            self.choices = [*self.choices, (said, said)]


class MemberForm(forms.ModelForm):
    """The plain facts of one member.

    `sees`: the sensitive columns that the person sees; the form asks no other.
    """

    sees: frozenset[str] = frozenset()
    born = PartialDateField(label="Ngày sinh")
    joined = PartialDateField(label="Ngày vào Đoàn")
    phone = PhoneField(label="Số điện thoại")
    phone_other = PhoneField(label="Số điện thoại khác")
    ethnic_group = NameChoiceField(ETHNIC_GROUPS, label="Dân tộc")
    religion = NameChoiceField(RELIGIONS, label="Tôn giáo")

    class Meta:
        model = Member
        fields = [
            "full_name",
            "sex",
            "unit",
            "branch_name",
            "position",
            "sector",
            "status",
            "phone",
            "phone_other",
            "email",
            "ethnic_group",
            "religion",
        ]
        labels = {"born": "Ngày sinh", "joined": "Ngày vào Đoàn"}  # also where the record is only read
        error_messages = {
            "full_name": {"required": "Chưa nhập họ và tên."},
            "unit": {"required": "Chưa chọn đơn vị."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = facts_of_member(self.instance)
        self.initial |= {"born": known["born"], "joined": known["joined"]}
        if "status" in self.fields and self.instance.status != GROWN:  # reached by a ceremony only
            choices = self.fields["status"].choices
            self.fields["status"].choices = [choice for choice in choices if choice[0] != GROWN]
        for name in set(ABILITY_OF) & set(self.fields):
            if name not in self.sees:
                del self.fields[name]
            elif name in ("ethnic_group", "religion"):
                self.fields[name].keep(known[name])

    def clean_full_name(self):
        return tidy(self.cleaned_data["full_name"])

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def facts(self, names):
        """What the action takes of these fields: facts of the member. The unit is given to it apart."""
        facts = {*self.Meta.fields, "born", "joined"} - {"unit"}
        return {name: self.cleaned_data[name] for name in names if name in facts}
