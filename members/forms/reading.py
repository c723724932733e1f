"""What staff send in to have a file read in another way."""

from django import forms

from members.models import HeaderMemory
from members.roster.columns import Role
from members.roster.corrections import MOST_DEPTH, SheetCorrection, TaughtHeader, role_problems
from members.roster.how_read import MOST_COLUMNS, Looked, role_choices

DEPTHS = [(number, f"{number} dòng") for number in range(1, MOST_DEPTH + 1)]
NOT_TICKED = "Đã chọn cột nhưng chưa đánh dấu “Đọc trang tính này”."
NO_COLUMNS = "Dòng này không có cột nào. Hãy chọn dòng khác."
INPUT = {"class": "roster-input"}


class SheetReadForm(forms.Form):
    """How one sheet is to be read: at all or not, which header, and what each column holds."""

    is_read = forms.BooleanField(label="Đọc trang tính này", required=False)
    row = forms.TypedChoiceField(label="Dòng tiêu đề", coerce=int, widget=forms.Select(attrs=INPUT))
    depth = forms.TypedChoiceField(
        label="Số dòng của tiêu đề", choices=DEPTHS, coerce=int, widget=forms.Select(attrs=INPUT)
    )

    def __init__(self, *args, told, **kwargs):
        initial = {"is_read": told.is_read, "row": told.header_row, "depth": told.depth}
        super().__init__(*args, prefix=f"s{told.place}", initial=initial, **kwargs)
        self.told = told
        self.fields["row"].choices = [
            (choice.row, f"Dòng {choice.row}: {choice.words}") for choice in told.choices
        ]
        for column in told.columns:
            self.fields[f"c{column.number}"] = forms.ChoiceField(
                label=f"Cột {column.letter} là",
                choices=role_choices(),
                initial=column.role.value,
                widget=forms.Select(attrs=INPUT),
            )

    def columns(self):
        """Each column with the field that says what it holds."""
        return [(column, self[f"c{column.number}"]) for column in self.told.columns]

    def clean(self):
        said = super().clean()
        if self.errors:
            return said
        if not said.get("is_read"):
            if not self.told.is_read and self.roles() != self._shown_roles():
                raise forms.ValidationError(NOT_TICKED)
            return said
        if not self.told.columns:
            raise forms.ValidationError(NO_COLUMNS)
        if problems := role_problems(self.roles()):
            raise forms.ValidationError(problems)
        return said

    def roles(self):
        """What each column holds."""
        return {column.number: Role(self.cleaned_data[f"c{column.number}"]) for column in self.told.columns}

    def is_as_read(self):
        """Whether it says of the sheet what the reader did."""
        told, said = self.told, self.cleaned_data
        if said["is_read"] != told.is_read:
            return False
        header = (said["row"], said["depth"]) == (told.taken_row, told.taken_depth)
        return not said["is_read"] or (header and self.roles() == self._shown_roles())

    def _shown_roles(self):
        return {column.number: column.role for column in self.told.columns}

    def correction(self, earlier):
        """What it says, after what was said of the sheet before."""
        said = self.cleaned_data
        if not said["is_read"]:
            return SheetCorrection(is_read=False)
        wrong = {*earlier.not_headers, self.told.taken_row} - {None, said["row"]}
        header = TaughtHeader(said["depth"], self.roles())
        return SheetCorrection(True, said["row"], header, tuple(sorted(wrong)))


class LookForm(forms.Form):
    """The row named as the header of a sheet, and the one whose columns the page showed."""

    row = forms.IntegerField(min_value=1)
    depth = forms.IntegerField(min_value=1, max_value=MOST_DEPTH)
    shown_row = forms.IntegerField(required=False)
    shown_depth = forms.IntegerField(required=False)

    @property
    def is_another(self):
        """Whether the row named is not the one whose columns were shown."""
        said = self.cleaned_data
        return (said["row"], said["depth"]) != (said["shown_row"], said["shown_depth"])

    def looked(self):
        """The row named."""
        return Looked(self.cleaned_data["row"], self.cleaned_data["depth"])


class RereadForm(forms.Form):
    """Which reading the person saw, and the sheets whose columns the page showed."""

    mark = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    own = forms.BooleanField(required=False)


class SheetPlaceForm(forms.Form):
    """The one sheet to be shown, by its place."""

    trang = forms.IntegerField(min_value=0, required=False)

    def place(self):
        """The place; None when none is chosen."""
        return self.cleaned_data["trang"] if self.is_valid() else None


class ForgetForm(forms.Form):
    """One remembered header of those the import may use."""

    memory = forms.ModelChoiceField(queryset=HeaderMemory.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args, memories, **kwargs):
        super().__init__(*args, **kwargs)
        keys = [memory.pk for memory in memories]
        self.fields["memory"].queryset = HeaderMemory.objects.filter(pk__in=keys)


def shown_sheets(told, *, place=None):
    """The sheets whose columns fit on one page; with `place` that sheet alone."""
    if place is not None:
        return [sheet for sheet in told if sheet.place == place]
    shown, columns = [], 0
    for sheet in told:
        columns += len(sheet.columns)
        if shown and columns > MOST_COLUMNS:
            break
        shown.append(sheet)
    return shown
