"""Which waiting members go to which unit: one from the list, or many by their codes."""

import re

from django import forms
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from core.spreadsheets import SpreadsheetUnreadable, read_spreadsheet
from units.models import Unit

CODE = re.compile(r"\bDV[0-9A-Z]{8}\b")
MOST_BYTES = 5 * 1024 * 1024


class AssignForm(forms.Form):
    """Codes typed, pasted or in a file, and the unit they go to. Only units of the scope can be chosen."""

    unit = forms.ModelChoiceField(
        label="Về đơn vị",
        queryset=Unit.objects.none(),
        empty_label="Chọn đơn vị",
        widget=UnfoldAdminSelectWidget,
        error_messages={"required": "Chưa chọn đơn vị.", "invalid_choice": "Không có đơn vị này."},
    )
    codes = forms.CharField(
        label="Mã đoàn viên",
        required=False,
        widget=UnfoldAdminTextareaWidget,
        help_text="Dán các mã, mỗi dòng một mã; hoặc tải lên file có cột mã.",
    )
    file = forms.FileField(
        label="Hoặc file có mã đoàn viên",
        required=False,
        widget=UnfoldAdminFileFieldWidget,
        help_text="File .xlsx, .xls, .ods hoặc .csv. Tối đa 5 MB.",
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = offered

    def clean_codes(self):
        return CODE.findall(self.cleaned_data["codes"].upper())

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is None:
            return []
        if file.size > MOST_BYTES:
            raise forms.ValidationError("File lớn hơn 5 MB. Hãy chỉ giữ cột mã trong file.")
        try:
            sheets = read_spreadsheet(file.read())
        except SpreadsheetUnreadable as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        cells = (str(cell).upper() for sheet in sheets for _, row in sheet.rows() for cell in row)
        return [code for cell in cells for code in CODE.findall(cell)]

    def clean(self):
        said = super().clean()
        codes = list(dict.fromkeys([*said.get("codes", []), *said.get("file", [])]))
        if not self.errors and not codes:
            self.add_error("codes", "Chưa có mã đoàn viên nào. Mã có dạng DV và 8 chữ số, chữ cái.")
        return {"unit": said.get("unit"), "codes": codes}
