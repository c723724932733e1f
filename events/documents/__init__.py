"""What events print: QR codes, certificates, calendar files."""

from events.documents.calendar import calendar_file
from events.documents.certificate import certificates_pdf
from events.documents.qr import qr_svg

__all__ = ["calendar_file", "certificates_pdf", "qr_svg"]
