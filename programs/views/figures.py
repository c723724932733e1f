from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from programs import actions
from programs.forms import FiguresForm
from programs.queries import asked_figures
from units.access import staff
from units.models import Unit
from units.roles import Can


@staff(Can.REPORT_FIGURES)
def figure_create(request, code):
    unit = get_object_or_404(Unit.objects.active().within(request.scope), code=code)
    asked = asked_figures(unit, on=timezone.localdate())
    form = FiguresForm(request.POST if request.method == "POST" else None, asked=asked)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("day", "note")}
        try:
            figures = actions.declare_figures(unit=unit, values=form.values(), by=request.user, **facts)
        except actions.FigureRefused as refusal:
            form.add_error(None, refusal.problems)
        else:
            messages.success(request, f"Đã gửi {len(figures)} số liệu của {unit}.")
            return redirect("reports:workspace")
    return render(request, "programs/figure_form_page.html", {"form": form, "unit": unit, "asked": asked})
