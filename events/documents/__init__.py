"""What events print: certificates, calendar files."""

from events.documents.calendar import calendar_file
from events.documents.certificate import certificates_pdf

__all__ = ["calendar_file", "certificates_pdf"]
