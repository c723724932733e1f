"""Reading a code shown at the door, and whether it opens it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.codes import looks_like_code, typed_code
from core.crypto import keyed_hash
from core.signing import is_signed
from events.models import Event, Registration, Scan, Session, Ticket

_PREFIX = "BDHVS1"
_DOORS_OPEN_BEFORE = timedelta(hours=6)


@dataclass(frozen=True)
class ShownTicket:
    """A code as it was read: which ticket it names, and whether its signature (if any) is ours."""

    serial: str
    event_id: int | None
    is_genuine: bool


def signed_text(event_id: int, serial: str) -> str:
    """What a ticket's signature is made over."""
    return f"ticket:v1:{event_id}:{serial}"


def read_ticket(text: str) -> ShownTicket | None:
    """The ticket a QR code or a typed serial names. None when the text is neither."""
    serial = typed_code(text)
    if looks_like_code(serial, Ticket.SERIAL_LENGTH):
        return ShownTicket(serial, None, is_genuine=True)
    prefix, *parts = text.strip().split(".")
    if prefix != _PREFIX or len(parts) != 3:
        return None
    event_id, serial, signature = parts
    if not (event_id.isascii() and event_id.isdigit() and len(event_id) < 19):
        return None
    if not looks_like_code(serial, Ticket.SERIAL_LENGTH):
        return None
    return ShownTicket(serial, int(event_id), is_signed(signed_text(int(event_id), serial), signature))


def loggable(text: str) -> str:
    """The code as the log may keep it: anything that is no ticket becomes a keyed hash.

    People hold all sorts of cards before a camera; an identity card's QR code holds its owner's data.
    """
    if read_ticket(text) is None:
        return f"không phải vé: {keyed_hash('shown-code', text)[:16]}"
    return text.strip()[:200]


def refusal_before_lookup(shown: ShownTicket | None, event: Event) -> str | None:
    """The outcome that the code alone decides, without looking any ticket up."""
    if shown is None or not shown.is_genuine:
        return Scan.Outcome.FORGED
    if shown.event_id not in (None, event.pk):
        return Scan.Outcome.FOREIGN
    return None


def refusal_of(registration: Registration | None, event: Event) -> str | None:
    """The outcome that refuses the ticket of this registration at this event's door. None: it opens."""
    if registration is None:
        return Scan.Outcome.UNKNOWN
    if registration.event_id != event.pk:
        return Scan.Outcome.FOREIGN
    is_cancelled = registration.state == Registration.State.CANCELLED
    if is_cancelled or registration.ticket.revoked_at or event.cancelled_at:
        return Scan.Outcome.REVOKED
    if registration.state != Registration.State.SEATED:
        return Scan.Outcome.NOT_SEATED
    return None


def is_early(session: Session, *, at: datetime) -> bool:
    """Whether it is still long before the session, so that this may be the wrong one."""
    return at < session.starts_at - _DOORS_OPEN_BEFORE


def moment_at_the_door(session: Session, *, device_at: datetime, server_at: datetime) -> datetime:
    """When the person came: the device's time while it is plausible, else the server's.

    A scan may arrive hours late from a phone without network; a phone's clock may be days wrong.
    """
    plausible = session.starts_at - _DOORS_OPEN_BEFORE <= device_at <= server_at
    return device_at if plausible else server_at
