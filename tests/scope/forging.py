"""Bodies of POSTs that name rows outside: the forms of a page with every key replaced, the rest made good."""

from datetime import date

from django import forms
from django.contrib.admin.helpers import AdminForm, InlineAdminFormSet
from django.forms.formsets import BaseFormSet
from django.utils import timezone

from tests.scope.crossing import outside_keys
from tests.scope.world import World

# Typed instead of chosen: a member is named by code and name.
TYPED = {"code": "code", "member_code": "code", "full_name": "full_name"}


def forged(world: World, context) -> dict:
    """What one would send who knows the keys of the sister unit's rows."""
    keys = {model: min(found) for model, found in outside_keys(world).items()}
    stranger = world.places["sister"].more.holder
    body: dict = {}
    for model, key in keys.items():
        name = model._meta.model_name
        body |= {name: key, f"{name}_id": key, f"{name}s": [key]}
    body |= {"unit": world.places["sister"].unit.pk, "members": [stranger.pk], "member": stranger.pk}
    body["person"] = stranger.pk
    for form in forms_in(context):
        for name, field in form.fields.items():
            body[form.add_prefix(name)] = _value(form, name, field, keys, stranger)
    return {name: "" if value is None else value for name, value in body.items()}


def forms_in(context) -> list:
    """Every form that the page was drawn with."""
    found: dict[int, forms.BaseForm] = {}
    for layer in context or ():
        for value in _values(layer):
            for form in _forms_of(value):
                found[id(form)] = form
    return list(found.values())


def _values(layer):
    if isinstance(layer, dict):
        yield from layer.values()
    else:
        for inner in layer:
            yield from _values(inner)


def _forms_of(value) -> list:
    if isinstance(value, AdminForm):
        return [value.form]
    if isinstance(value, InlineAdminFormSet):
        value = value.formset
    if isinstance(value, BaseFormSet):
        return [value.management_form, *value.forms]
    if isinstance(value, list | tuple):
        return [form for one in value for form in _forms_of(one)]
    return [value] if isinstance(value, forms.BaseForm) else []


def _value(form, name, field, keys, stranger):
    if isinstance(field, forms.ModelChoiceField):
        return _outside_key(field, keys)
    if name in TYPED:
        return getattr(stranger, TYPED[name])
    return form[name].value() or _made_good(field)


def _outside_key(field, keys):
    model = field.queryset.model
    if model not in keys:
        one = field.queryset.first()
    else:
        one = model._base_manager.get(pk=keys[model])
    value = getattr(one, field.to_field_name or "pk") if one is not None else ""
    return [value] if isinstance(field, forms.ModelMultipleChoiceField) else value


def _made_good(field):
    """Something that the field takes, so that nothing but the scope refuses the form."""
    if isinstance(field, forms.ChoiceField):
        return next((str(key) for key, _ in field.choices if key), "")
    if isinstance(field, forms.DateTimeField):
        return f"{timezone.localtime():%d/%m/%Y %H:%M}"
    if isinstance(field, forms.DateField):
        return f"{date(2026, 3, 26):%d/%m/%Y}"
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.SlugField):
        return "viec-thu"
    if isinstance(field, forms.IntegerField):
        return "1"
    return "" if isinstance(field, forms.FileField) else "Việc thử"
