"""What the web admin asks before a line is added to a restructuring plan."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.utils.html import format_html
from unfold import widgets

from units.models import PlannedUnit, RestructuringChange, RestructuringPlan, Unit
from units.roster import read_new_units

Kind = RestructuringChange.Kind
NEW_KINDS = [
    Unit.Kind.COMMUNE,
    Unit.Kind.WARD,
    Unit.Kind.SPECIAL_ZONE,
    Unit.Kind.AFFILIATED,
    Unit.Kind.BASE,
    Unit.Kind.BASE_BRANCH,
    Unit.Kind.SECTION,
    Unit.Kind.BRANCH,
]
MOST_BYTES = 5 * 1024 * 1024


def _units(label, *, many=False, required=True, help_text=""):
    """A pick-list of standing units, narrowed like the unit of a plan."""
    field = RestructuringPlan._meta.get_field("unit")
    kind = forms.ModelMultipleChoiceField if many else forms.ModelChoiceField
    widget = AutocompleteSelectMultiple if many else AutocompleteSelect
    return kind(
        label=label,
        queryset=Unit.objects.none(),
        required=required,
        help_text=help_text,
        widget=widget(field, admin.site),
    )


class PlanFactsForm(forms.ModelForm):
    """What a plan is called, by which decision, from which day."""

    class Meta:
        model = RestructuringPlan
        fields = ["title", "decision_no", "effective_on"]
        widgets = {
            "title": widgets.UnfoldAdminTextInputWidget,
            "decision_no": widgets.UnfoldAdminTextInputWidget,
            "effective_on": widgets.UnfoldAdminDateWidget,
        }


class LineForm(forms.Form):
    """One line or several of the same kind. Its cleaned data are what `add_changes` takes."""

    kind = ""

    def __init__(self, *args, plan, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        offered = Unit.objects.active().within(scope).order_by("path")
        for name in ("source", "sources", "target", "targets", "parent"):
            if name in self.fields:
                self.fields[name].queryset = offered
        if "planned" in self.fields:
            self.fields["planned"].queryset = plan.planned_units.order_by("name", "pk")

    def clean(self):
        said = super().clean()
        if self.errors:
            return said
        sources = said.get("sources") or [said["source"]]
        facts = {"kind": self.kind_of(said), "sources": list(sources)}
        return facts | {"targets": self.targets_of(said), "opens": self.opened_by(said)}

    def kind_of(self, said):
        return self.kind

    def targets_of(self, said):
        return [said["target"]] if said.get("target") else []

    def opened_by(self, said):
        return [said["planned"]] if said.get("planned") else []

    def _new(self, said):
        parent = said.get("parent") or self.plan.unit
        return PlannedUnit(parent=parent, kind=said["new_kind"], name=said["new_name"], code=said["new_code"])


class NewUnitFields(forms.Form):
    planned = forms.ModelChoiceField(
        label="Hoặc đơn vị sẽ lập đã có trong phương án",
        queryset=PlannedUnit.objects.none(),
        empty_label="Không chọn",
        required=False,
        widget=widgets.UnfoldAdminSelectWidget,
    )
    new_name = forms.CharField(
        label="Hoặc lập đơn vị mới, tên",
        max_length=120,
        required=False,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Ví dụ: Bình Yên.",
    )
    new_kind = forms.ChoiceField(
        label="Loại của đơn vị mới",
        choices=[(kind.value, kind.label) for kind in NEW_KINDS],
        required=False,
        widget=widgets.UnfoldAdminSelectWidget,
    )
    new_code = forms.CharField(
        label="Mã của đơn vị mới",
        max_length=24,
        required=False,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Mã hành chính mới (5 chữ số) hoặc mã do Tỉnh Đoàn đặt.",
    )
    parent = _units(
        "Đơn vị mới thuộc", required=False, help_text="Để trống nếu thuộc thẳng đơn vị của phương án."
    )


class MergeForm(LineForm, NewUnitFields):
    kind = Kind.MERGE
    sources = _units("Các đơn vị sáp nhập", many=True)
    target = _units("Vào đơn vị đang có", required=False)
    field_order = ["sources", "target", "planned", "new_name", "new_kind", "new_code", "parent"]

    def clean(self):
        said = self.cleaned_data
        chosen = [name for name in ("target", "planned", "new_name") if said.get(name)]
        if len(chosen) != 1:
            self.add_error(None, "Chọn một trong ba: đơn vị đang có, đơn vị sẽ lập, hoặc tên đơn vị mới.")
        if said.get("new_name") and not said.get("new_code"):
            self.add_error("new_code", "Chưa ghi mã của đơn vị mới.")
        return super().clean()

    def opened_by(self, said):
        return [self._new(said)] if said.get("new_name") else super().opened_by(said)


class SplitForm(LineForm):
    kind = Kind.SPLIT
    source = _units("Đơn vị chia tách")
    targets = _units("Vào các đơn vị đang có", many=True, required=False)
    planned = forms.ModelMultipleChoiceField(
        label="Vào các đơn vị sẽ lập đã có trong phương án",
        queryset=PlannedUnit.objects.none(),
        required=False,
        widget=widgets.UnfoldAdminSelectMultipleWidget,
    )
    new_units = forms.CharField(
        label="Vào các đơn vị lập mới",
        required=False,
        widget=widgets.UnfoldAdminTextareaWidget,
        help_text="Mỗi dòng một đơn vị: mã; loại; tên. Ví dụ: 05587; Xã; Bình Yên.",
    )

    def clean_new_units(self):
        return read_new_units(self.cleaned_data["new_units"], parent=self.plan.unit)

    def clean(self):
        said = self.cleaned_data
        count = sum(len(said.get(name) or []) for name in ("targets", "planned", "new_units"))
        if count < 2 and not self.errors:
            self.add_error(None, "Chia tách cần ít nhất hai đơn vị nhận.")
        return super().clean()

    def targets_of(self, said):
        return list(said["targets"])

    def opened_by(self, said):
        return [*said["planned"], *said["new_units"]]


class RenameForm(LineForm):
    source = _units("Đơn vị")
    new_name = forms.CharField(label="Tên mới", max_length=120, widget=widgets.UnfoldAdminTextInputWidget)
    new_kind = forms.ChoiceField(
        label="Loại",
        choices=[(kind.value, kind.label) for kind in NEW_KINDS],
        widget=widgets.UnfoldAdminSelectWidget,
    )
    new_code = forms.CharField(
        label="Mã mới",
        max_length=24,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Mã của đơn vị sau khi đổi; phải khác mọi mã đang dùng.",
    )

    def kind_of(self, said):
        return Kind.RENAME if said["source"].kind == said["new_kind"] else Kind.UPGRADE

    def opened_by(self, said):
        above = Unit.objects.get_parent(said["source"]) or self.plan.unit
        return [self._new(said | {"parent": above})]


class MoveForm(LineForm):
    kind = Kind.MOVE
    sources = _units("Các đơn vị chuyển", many=True)
    target = _units("Về đơn vị cấp trên đang có", required=False)
    planned = NewUnitFields.base_fields["planned"]

    def clean(self):
        if bool(self.cleaned_data.get("target")) == bool(self.cleaned_data.get("planned")):
            self.add_error(None, "Chọn một đơn vị cấp trên: đang có, hoặc sẽ lập trong phương án.")
        return super().clean()


class CloseForm(LineForm):
    kind = Kind.CLOSE
    sources = _units(
        "Các đơn vị kết thúc",
        many=True,
        help_text="Chỉ đơn vị không còn đoàn viên, đội hình, đơn vị cấp dưới.",
    )


class TableForm(forms.Form):
    file = forms.FileField(
        label="File bảng phương án",
        help_text="File .xlsx, .xls, .ods hoặc .csv; mỗi dòng một đơn vị cũ và đơn vị nhận. Tối đa 5 MB.",
        error_messages={"required": "Chưa chọn file.", "empty": "File trống. Hãy kiểm tra lại file."},
        widget=widgets.UnfoldAdminFileFieldWidget,
    )

    def __init__(self, *args, table, **kwargs):
        super().__init__(*args, **kwargs)
        said = self.fields["file"].help_text
        link = '{} <a href="{}" class="text-primary-600 underline dark:text-primary-500">{}</a>'
        self.fields["file"].help_text = format_html(link, said, table, "Tải bảng mẫu để ghi")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("File lớn hơn 5 MB. Hãy chỉ giữ bảng phương án trong file.")
        return file
