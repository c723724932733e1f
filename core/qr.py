"""QR codes as SVG: sharp at any size, no picture file, no style attribute."""

import segno


def qr_svg(text: str, *, dark: str = "#14202e", css_class: str | None = None) -> str:
    """The QR code of the text as one <svg>, without a margin: the page keeps quiet space around it."""
    code = segno.make_qr(text, error="m", boost_error=False)
    return code.svg_inline(border=0, dark=dark, omitsize=True, svgclass=css_class, lineclass=None)
