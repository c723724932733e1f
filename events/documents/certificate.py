"""Certificates as PDF, by typst. User text reaches the layout only as data, never as its source."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from core.qr import qr_svg
from events.documents.frame import frame_svg
from events.models import Certificate

_LAYOUTS = Path(__file__).resolve().parent / "layouts"


@cache
def _fonts() -> typst.Fonts:
    """Our own font, and behind it those that come with typst, for the letters it lacks (Ê Đê "Ƀ", "→")."""
    folder = settings.BASE_DIR / "static" / "vendor" / "fonts-pdf"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


def certificates_pdf(certificates: Sequence[Certificate]) -> bytes:
    """The certificates as one tagged PDF, a page each, ready to print on A4.

    Every word is the frozen content; the QR code leads to the public check page. The same
    certificates give the same bytes. A letter that no font here has is drawn as an empty box, and the
    PDF then is not tagged, for the standard of tagged PDF refuses it.
    """
    pages = [_page(certificate) for certificate in certificates]
    compiler = typst.Compiler(
        str(_LAYOUTS / f"{pages[0]['layout']}.typ"),
        root=str(_LAYOUTS),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"pages": json.dumps(pages, ensure_ascii=False), "frame": frame_svg()},
    )
    try:
        pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
    except typst.TypstError:
        pdf = compiler.compile(format="pdf", timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf


def _page(certificate) -> dict:
    address = settings.SITE_URL + certificate.get_absolute_url()
    return certificate.content | {"qr": qr_svg(address), "groups": certificate.shown_code}
