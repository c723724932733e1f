"""What a large write leaves for the database to clear up, done when nobody waits for it any more."""

from core.bulk import vacuum
from members.models import Affiliation, Member, Provenance, RosterBlock, RosterImport, RosterRow

State = RosterImport.State
_WRITTEN = {
    State.READY: (RosterRow, RosterBlock),
    State.APPLIED: (Member, RosterRow, Affiliation, Provenance),
    State.UNDONE: (Member, Member.history.model, RosterRow, Affiliation, Provenance),  # type: ignore[attr-defined]
}


def tidy_after(*, roster_import_id: int) -> None:
    """Tidy the tables that the work just done on the import wrote much into. Nothing depends on it but speed.

    Called by the worker, outside of any transaction, once the import stands as read, applied or undone.
    """
    state = RosterImport.objects.filter(pk=roster_import_id).values_list("state", flat=True).first()
    vacuum(*_WRITTEN.get(State(state), ()) if state else ())
