"""Everything that can happen at an event."""

from events.actions.certifying import (
    CertificatesRefused,
    issue_certificates,
    reissue_certificate,
    revoke_certificate,
)
from events.actions.clearing import clear_scans, clear_tickets
from events.actions.copying import Sitting, copy_event
from events.actions.erasing import erase_attendee
from events.actions.following import pass_events
from events.actions.joining import hold_parted, join_attendance
from events.actions.offering import (
    OfferRefused,
    accept_offer,
    decline_offer,
    move_waiting_lists,
    seat_waiting,
)
from events.actions.planning import (
    CancelRefused,
    ChangeRefused,
    PublishRefused,
    cancel_event,
    create_event,
    hold_event,
    publish_event,
    update_event,
)
from events.actions.recording import record_training, update_training_record
from events.actions.registering import (
    CancellationRefused,
    RegistrationRefused,
    cancel_registration,
    nominate_member,
    register_member,
)
from events.actions.reminding import prepare_reminders
from events.actions.scanning import (
    AttendanceRefused,
    ShownCode,
    mark_present,
    record_scan,
    record_scans,
    withdraw_attendance,
)
from events.actions.telling import stop_reminding
from events.actions.ticketing import issue_ticket, revoke_ticket

__all__ = [
    "AttendanceRefused",
    "CancelRefused",
    "CancellationRefused",
    "CertificatesRefused",
    "ChangeRefused",
    "OfferRefused",
    "PublishRefused",
    "RegistrationRefused",
    "ShownCode",
    "Sitting",
    "accept_offer",
    "cancel_event",
    "cancel_registration",
    "clear_scans",
    "clear_tickets",
    "copy_event",
    "create_event",
    "decline_offer",
    "erase_attendee",
    "hold_event",
    "hold_parted",
    "issue_certificates",
    "issue_ticket",
    "join_attendance",
    "mark_present",
    "move_waiting_lists",
    "nominate_member",
    "pass_events",
    "prepare_reminders",
    "publish_event",
    "record_scan",
    "record_scans",
    "record_training",
    "register_member",
    "reissue_certificate",
    "revoke_certificate",
    "revoke_ticket",
    "seat_waiting",
    "stop_reminding",
    "update_event",
    "update_training_record",
    "withdraw_attendance",
]
