"""What the web admin asks before a role is given or ended, or a unit opened."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils import timezone
from unfold import widgets

from accounts.models import User
from units.models import RoleAssignment, Unit
from units.queries import accounts_within
from units.roles import Role

OPENED_KINDS = [
    Unit.Kind.BRANCH,
    Unit.Kind.AFFILIATED,
    Unit.Kind.BASE,
    Unit.Kind.BASE_BRANCH,
    Unit.Kind.SECTION,
]


def _pick(field_name):
    """A pick-list that asks the server while one types, narrowed like the form of `RoleAssignment`."""
    field = RoleAssignment._meta.get_field(field_name)
    return AutocompleteSelect(field, admin.site)


class GrantForm(forms.Form):
    user = forms.ModelChoiceField(label="Tài khoản", queryset=User.objects.none())
    role = forms.ChoiceField(label="Vai trò", choices=Role, widget=widgets.UnfoldAdminSelectWidget)
    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none())
    starts_on = forms.DateField(label="Từ ngày", widget=widgets.UnfoldAdminDateWidget)
    ends_on = forms.DateField(
        label="Đến hết ngày",
        required=False,
        widget=widgets.UnfoldAdminDateWidget,
        help_text="Để trống nếu chưa biết.",
    )

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("user", "unit"):
            self.fields[name].widget = _pick(name)
        self.fields["user"].queryset = accounts_within(scope).filter(is_active=True).order_by("email")
        self.fields["unit"].queryset = Unit.objects.active().within(scope).order_by("path")
        self.fields["starts_on"].initial = timezone.localdate

    def clean_ends_on(self):
        return self.cleaned_data["ends_on"] or None


class EndForm(forms.Form):
    ends_on = forms.DateField(
        label="Đến hết ngày", initial=timezone.localdate, widget=widgets.UnfoldAdminDateWidget
    )


class HandOverForm(forms.Form):
    """Who takes the role over, and from when."""

    successor = forms.ModelChoiceField(
        label="Người nhận bàn giao",
        queryset=User.objects.none(),
        error_messages={"required": "Chưa chọn người nhận bàn giao."},
    )
    starts_on = forms.DateField(
        label="Nhận từ ngày",
        initial=timezone.localdate,
        widget=widgets.UnfoldAdminDateWidget,
    )

    def __init__(self, *args, scope, leaving, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].help_text = f"{leaving.full_name} còn giữ vai trò thêm 14 ngày."
        self.fields["successor"].widget = _pick("user")
        self.fields["successor"].queryset = accounts_within(scope).filter(is_active=True).order_by("email")


class OpenUnitForm(forms.Form):
    parent = forms.ModelChoiceField(label="Thuộc", queryset=Unit.objects.none())
    kind = forms.ChoiceField(
        label="Loại",
        choices=[(kind.value, kind.label) for kind in OPENED_KINDS],
        widget=widgets.UnfoldAdminSelectWidget,
    )
    name = forms.CharField(
        label="Tên đầy đủ",
        max_length=120,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Ví dụ: Chi đoàn xóm Yên Thái, Đoàn trường Đại học Sư phạm.",
    )
    code = forms.CharField(
        label="Mã",
        max_length=24,
        required=False,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Để trống để hệ thống tự đặt.",
    )
    valid_from = forms.DateField(label="Hiệu lực từ", required=False, widget=widgets.UnfoldAdminDateWidget)

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].widget = _pick("unit")
        self.fields["parent"].queryset = (
            Unit.objects.active().within(scope).exclude(kind=Unit.Kind.BRANCH).order_by("path")
        )
