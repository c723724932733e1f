from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from core.access import public
from programs.models import Club
from programs.queries import club_page


@public
def club_detail(request, slug):
    club = get_object_or_404(Club.objects.published().select_related("unit", "program"), slug=slug)
    page = club_page(club, on=timezone.localdate())
    return render(request, "programs/club_page.html", {"club": club, "page": page})
