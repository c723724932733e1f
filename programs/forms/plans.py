"""The plain facts that the web admin's forms ask for."""

from django import forms

from programs.models import Campaign, Club, Figure, Indicator, Program, Squad, Target


class SluggedForm(forms.ModelForm):
    """The address may stay empty: it is then made from the name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Để trống thì lấy từ tên, ví dụ binh-dan-hoc-vu-so."


class ProgramForm(SluggedForm):
    class Meta:
        model = Program
        fields = [
            "kind",
            "name",
            "slug",
            "unit",
            "summary",
            "description",
            "slogan",
            "starts_on",
            "ends_on",
            "is_published",
        ]


class CampaignForm(forms.ModelForm):
    class Meta:
        model = Campaign
        fields = ["program", "parent", "name", "starts_on", "ends_on"]


class IndicatorForm(forms.ModelForm):
    class Meta:
        model = Indicator
        fields = ["code", "name", "measure", "aggregation", "source", "counter", "place"]


class TargetForm(forms.ModelForm):
    class Meta:
        model = Target
        fields = ["indicator", "unit", "program", "campaign", "value", "starts_on", "ends_on"]


class FigureForm(forms.ModelForm):
    class Meta:
        model = Figure
        fields = ["indicator", "unit", "day", "value", "note"]


class ClubForm(SluggedForm):
    class Meta:
        model = Club
        fields = ["name", "slug", "unit", "program", "founded_on", "decision_no", "aim", "is_published"]


class SquadForm(forms.ModelForm):
    class Meta:
        model = Squad
        fields = ["name", "unit", "program", "level", "kind", "founded_on", "decision_no"]
