"""What staff choose for the branches that a file names."""

import re

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from members.actions.branching import OPEN, TEXT

_TICKED = re.compile(r"b(\d{1,18})")
KEEP_TEXT = "Giữ là chữ, không xếp vào chi đoàn"


class Tick(forms.CheckboxInput):
    """The tick written without a template, of which a page of branches would take a hundred."""

    def render(self, name, value, attrs=None, renderer=None):
        widget = self.get_context(name, value, attrs)["widget"]
        said = {} if widget["value"] is None else {"value": widget["value"]}
        attributes = flatatt({"type": widget["type"], "name": name, **said, **widget["attrs"]})
        return format_html("<input{}>", attributes)


class Choice(forms.Select):
    """The select written without a template, of which a page of branches would take a hundred."""

    def render(self, name, value, attrs=None, renderer=None):
        widget = self.get_context(name, value, attrs)["widget"]
        options = [option for _, group, _ in widget["optgroups"] for option in group]
        told = format_html_join(
            "",
            "<option{}>{}</option>",
            ((flatatt({"value": option["value"], **option["attrs"]}), option["label"]) for option in options),
        )
        return format_html("<select{}>{}</select>", flatatt({"name": name, **widget["attrs"]}), told)


class BranchesForm(forms.Form):
    """A tick and a choice for each branch. Those without a tick are left as they are."""

    def __init__(self, *args, told, **kwargs):
        super().__init__(*args, **kwargs)
        self.told = {one.named.pk: one for one in told}
        for key, one in self.told.items():
            label = f"{one.named.text}, {one.named.commune.title}"
            self.fields[f"b{key}"] = forms.BooleanField(
                label=label, required=False, initial=not one.is_decided, widget=_ticked(label)
            )
            self.fields[f"c{key}"] = forms.ChoiceField(
                label=f"Chi đoàn cho {label}",
                choices=_choices(one),
                initial=_first_choice(one),
                widget=Choice(attrs={"class": "roster-input", "aria-label": f"Chi đoàn cho {label}"}),
            )

    @staticmethod
    def keys_in(data):
        """The keys of the branches that are ticked."""
        return [int(found[1]) for name in data if (found := _TICKED.fullmatch(name))]

    def lines(self):
        """Each branch with its tick and its choice."""
        return [(one, self[f"b{key}"], self[f"c{key}"]) for key, one in self.told.items()]

    def choices(self):
        """What was chosen for each ticked branch: OPEN, TEXT or a unit."""
        said = self.cleaned_data
        return {one.named: _meant(one, said[f"c{key}"]) for key, one in self.told.items() if said[f"b{key}"]}


def _ticked(label):
    return Tick(attrs={"class": "roster-tick", "aria-label": f"Xác nhận {label}"})


def _choices(one):
    opening = [(OPEN, f"Lập mới “{one.new_name}”")] if one.new_name and not one.standing else []
    standing = [(str(unit.pk), unit.name) for unit in one.units]
    return [*opening, *standing, (TEXT, KEEP_TEXT)]


def _first_choice(one):
    if one.named.is_text:
        return TEXT
    if one.standing:
        return str(one.standing.pk)
    return OPEN if one.new_name else TEXT


def _meant(one, said):
    if said in (OPEN, TEXT):
        return said
    return next(unit for unit in one.units if str(unit.pk) == said)
