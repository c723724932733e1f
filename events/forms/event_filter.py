from django import forms

from events.models import Event


class EventFilterForm(forms.Form):
    """What the address of the list may say. A value it does not know counts as none."""

    when = forms.ChoiceField(
        choices=[("open", "Đang mở đăng ký"), ("coming", "Sắp tới"), ("past", "Đã qua")], required=False
    )
    kind = forms.ChoiceField(choices=[("", "Tất cả"), *Event.Kind.choices], required=False)
    after = forms.IntegerField(min_value=1, required=False)
    before = forms.IntegerField(min_value=1, required=False)

    def chosen(self):
        """The valid values, with the open events as the usual view."""
        self.is_valid()
        return {"when": "open", "kind": "", "after": None, "before": None} | {
            name: value for name, value in self.cleaned_data.items() if value
        }
