from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.access import public, signed_in
from events.documents import certificates_pdf
from events.forms.certificate import CertificateSearchForm
from events.models import Certificate, Event
from events.queries.certificates import certificate_check as check_of
from events.queries.certificates import find_certificate
from units.access import staff
from units.queries import scope_for
from units.roles import Can

NOT_FOUND = "Không có giấy chứng nhận nào mang mã này. Kiểm tra lại từng ký tự của mã tra cứu."


def _may_open(user, certificate):
    """The member it names and the staff of the unit that signed it."""
    if not user.is_authenticated:
        return False
    is_own = certificate.record.member.user_id == user.pk
    return is_own or scope_for(user, Can.ISSUE_CERTIFICATES).covers(certificate.signer)


def _pdf(certificates, *, name):
    answer = HttpResponse(certificates_pdf(certificates), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _search_page(request, form, *, problems=(), status=200):
    context = {"form": form, "problems": problems}
    answer = render(request, "events/certificate_search_page.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@public
def certificate_search(request):
    form = CertificateSearchForm(request.GET or None)
    if not form.is_valid():
        return _search_page(request, form)
    certificate = find_certificate(form.cleaned_data["ma"])
    if certificate is None:
        return _search_page(request, form, problems=[NOT_FOUND], status=404)
    return redirect(certificate)


@public
def certificate_check(request, code):
    certificate = find_certificate(code)
    if certificate is None:
        form = CertificateSearchForm(initial={"ma": code[:40]})
        return _search_page(request, form, problems=[NOT_FOUND], status=404)
    is_valid = certificate.state == Certificate.State.VALID
    context = {
        "check": check_of(certificate),
        "certificate": certificate,
        "can_open": is_valid and _may_open(request.user, certificate),
    }
    answer = render(request, "events/certificate_check_page.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@signed_in
def certificate_file(request, code):
    certificate = find_certificate(code)
    if certificate is None or certificate.state != Certificate.State.VALID:
        raise Http404("Không có giấy chứng nhận này.")
    if not _may_open(request.user, certificate):
        raise Http404("Không có giấy chứng nhận này.")
    return _pdf([certificate], name=f"giay-chung-nhan-{certificate.shown_code}")


@staff(Can.ISSUE_CERTIFICATES)
def event_certificates_file(request, pk):
    """All valid certificates of one event in one file, ready for the printer.

    Without those of members whose data are restricted, who still open their own.
    """
    event = get_object_or_404(Event.objects.within(request.scope), pk=pk)
    valid = Certificate.objects.valid().filter(record__event=event, record__member__restricted_at=None)
    certificates = list(valid.order_by("year", "serial", "pk"))
    if not certificates:
        raise Http404("Sự kiện chưa có giấy chứng nhận nào.")
    return _pdf(certificates, name=f"giay-chung-nhan-su-kien-{event.pk}")
