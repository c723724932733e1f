"""The staff's desk for events."""

from events.admin.attendance import AttendanceAdmin, ScanAdmin, TrainingRecordAdmin
from events.admin.certificate import CertificateAdmin
from events.admin.event import EventAdmin
from events.admin.registration import RegistrationAdmin

__all__ = [
    "AttendanceAdmin",
    "CertificateAdmin",
    "EventAdmin",
    "RegistrationAdmin",
    "ScanAdmin",
    "TrainingRecordAdmin",
]
