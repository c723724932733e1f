"""The mailbox of the embedded mode. It stands here, for who may look into it depends on roles."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from notifications.models import CaughtMail
from units.access import staff
from units.roles import Can

PAGE_SIZE = 30


def _only_embedded():
    if not settings.EMBEDDED:
        raise Http404("Không có trang này.")


@staff(Can.SEE_MAILBOX)
@require_safe
def mailbox(request):
    _only_embedded()
    mails = CaughtMail.objects.order_by("-pk")
    page = Paginator(mails, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notifications/mailbox_page.html", {"page": page})


@staff(Can.SEE_MAILBOX)
@require_safe
def mailbox_mail(request, pk):
    _only_embedded()
    return render(request, "notifications/mail_page.html", {"mail": get_object_or_404(CaughtMail, pk=pk)})
