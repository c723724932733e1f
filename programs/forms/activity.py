from uuid import uuid4

from django import forms
from django.utils import timezone

from programs.models import Service, ServiceTally
from programs.rules import MOST_HELPED, MOST_VOLUNTEERS


class DayInput(forms.DateInput):
    """Text, day first: a browser's own calendar writes the month first wherever its language is English."""

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "inputmode": "numeric", **(attrs or {})})


class ActivityForm(forms.Form):
    """One outing: facts, then for each audience how many turns of each service, blank meaning none."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    done_on = forms.DateField(
        label="Ngày",
        help_text="Ngày trước, tháng sau, ví dụ 26/03/2026.",
        widget=DayInput,
        error_messages={"required": "Chưa ghi ngày hoạt động.", "invalid": "Ngày không có thật."},
    )
    title = forms.CharField(
        label="Nội dung",
        max_length=200,
        error_messages={"required": "Chưa ghi nội dung hoạt động."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "next"}),
    )
    place = forms.CharField(label="Địa điểm", max_length=200, required=False)
    volunteer_count = forms.IntegerField(
        label="Số đoàn viên tham gia",
        min_value=1,
        max_value=MOST_VOLUNTEERS,
        localize=False,
        error_messages={
            "required": "Chưa ghi số đoàn viên tham gia.",
            "invalid": "Số đoàn viên tham gia phải là số.",
            "min_value": "Số đoàn viên tham gia ít nhất là 1.",
            "max_value": "Số đoàn viên tham gia nhiều nhất là 5.000.",
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args, activity=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.services = list(_offered(activity))
        self.fields["form_id"].initial = uuid4
        self.fields["done_on"].initial = timezone.localdate
        self.fields["done_on"].widget.attrs["max"] = f"{timezone.localdate():%Y-%m-%d}"
        for audience in ServiceTally.Audience:
            for service in self.services:
                self.fields[_name(service, audience)] = _count_field(service, audience)

    def audience_groups(self):
        """What the page draws: each audience with its services, its count so far, whether it is open."""
        groups = []
        for place, audience in enumerate(ServiceTally.Audience):
            fields = [self[_name(service, audience)] for service in self.services]
            filled = [field for field in fields if field.value() or field.errors]
            groups.append({"label": audience.label, "fields": fields, "is_open": place == 0 or bool(filled)})
        return groups

    def fact_fields(self):
        return [self[name] for name in ("done_on", "title", "place", "volunteer_count")]

    def facts(self):
        """The cleaned facts as the actions take them, without the form's own number."""
        names = ("done_on", "title", "place", "volunteer_count")
        return {name: self.cleaned_data[name] for name in names} | {"tallies": self._tallies()}

    def _tallies(self):
        counts = {
            (service, audience.value): self.cleaned_data.get(_name(service, audience))
            for audience in ServiceTally.Audience
            for service in self.services
        }
        return {key: count for key, count in counts.items() if count}


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Lý do rút", max_length=300, error_messages={"required": "Chưa ghi lý do rút hoạt động."}
    )


def facts_of(activity):
    """What the form shows first when an activity is mended."""
    counts = {
        f"luot-{tally.service_id}-{tally.audience}": tally.helped_count for tally in activity.tallies.all()
    }
    names = ("form_id", "done_on", "title", "place", "volunteer_count")
    return {name: getattr(activity, name) for name in names} | counts


def _offered(activity):
    """Services in use, and those the activity already counted."""
    services = Service.objects.filter(is_active=True)
    if activity is not None:
        services = services | Service.objects.filter(tallies__activity=activity)
    return services.distinct().order_by("place", "pk")


def _name(service, audience):
    return f"luot-{service.pk}-{audience.value}"


def _count_field(service, audience):
    return forms.IntegerField(
        label=service.name,
        required=False,
        min_value=0,
        max_value=MOST_HELPED,
        error_messages={
            "invalid": "Số lượt phải là số.",
            "min_value": "Số lượt không được nhỏ hơn 0.",
            "max_value": "Số lượt nhiều nhất là 20.000.",
        },
        widget=forms.NumberInput(
            attrs={"inputmode": "numeric", "aria-label": f"{service.name}, {audience.label.lower()}, số lượt"}
        ),
    )
