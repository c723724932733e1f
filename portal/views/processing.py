"""The register of processing: what is held about people, why and for how long, as the law wants it kept."""

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.keeping import TERMS
from units.access import staff
from units.roles import Can


@staff(Can.HANDLE_DATA)
@require_safe
def processing_register(request):
    context = {"terms": TERMS, "made_at": timezone.localtime(), "office_name": settings.OFFICE_NAME}
    return render(request, "portal/processing_register.html", context)
