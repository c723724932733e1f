from core.errors import DomainError


class RefusedForm:
    """Put before a form whose facts an action refused: it says why, with everything typed kept."""

    refusal = ""

    def clean(self):
        cleaned = super().clean()
        self.add_error(None, self.refusal)
        return cleaned


class RefusedForms:
    """What an action refuses while a form is saved comes back as an error of that form."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refusal:
            request.refusal = str(refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if refusal := getattr(request, "refusal", ""):
            return type(form)(form.__name__, (RefusedForm, form), {"refusal": refusal})
        return form
