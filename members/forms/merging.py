"""Which of two records stays, and which of two values of each fact they differ in."""

from django import forms
from django.utils.dateparse import parse_datetime

FIRST, SECOND = "first", "second"
LOST = "Lựa chọn không đầy đủ. Hãy chọn lại hồ sơ giữ lại và giá trị của từng mục."


class MergeForm(forms.Form):
    """Facts that may not be shown to the person are not asked: the better value is taken."""

    def __init__(self, *args, first, second, facts, hidden, keep=FIRST, **kwargs):
        super().__init__(*args, **kwargs)
        self.records = {FIRST: first, SECOND: second}
        self.facts = facts
        self.hidden = hidden
        sides = [(FIRST, first.full_name), (SECOND, second.full_name)]
        wrong = {"required": LOST, "invalid_choice": LOST}
        self.fields["keep"] = forms.ChoiceField(choices=sides, initial=keep, error_messages=wrong)
        for side, member in self.records.items():
            self.fields[f"seen_{side}"] = forms.CharField(
                initial=member.updated_at.isoformat(), widget=forms.HiddenInput, error_messages=wrong
            )
        for fact in facts:
            if fact.differs and fact.name not in hidden:
                better = SECOND if fact.takes_second else FIRST
                self.fields[f"fact_{fact.name}"] = forms.ChoiceField(
                    choices=sides, initial=better, error_messages=wrong
                )

    @property
    def keep_side(self):
        return self["keep"].value()

    def lines(self):
        """Each fact with the side to be chosen; facts both agree on have nothing to choose."""
        for fact in self.facts:
            name = f"fact_{fact.name}"
            chosen = self[name].value() if name in self.fields else ""
            yield {"fact": fact, "name": name, "chosen": chosen, "is_hidden": fact.name in self.hidden}

    def clean(self):
        data = super().clean()
        moments = {side: parse_datetime(data.get(f"seen_{side}") or "") for side in self.records}
        if None in moments.values():
            raise forms.ValidationError(LOST)
        self.as_seen = {self.records[side].pk: moment for side, moment in moments.items()}
        return data

    @property
    def keep(self):
        return self.records[self.cleaned_data["keep"]]

    @property
    def other(self):
        return self.records[SECOND if self.cleaned_data["keep"] == FIRST else FIRST]

    @property
    def chosen_fields(self):
        """The facts to be taken from the record that goes."""
        kept = self.cleaned_data["keep"]
        sides = {
            fact.name: self.cleaned_data.get(f"fact_{fact.name}", SECOND if fact.takes_second else FIRST)
            for fact in self.facts
            if fact.differs
        }
        return [name for name, side in sides.items() if side != kept]
