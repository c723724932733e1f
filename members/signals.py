"""What members announce to the packages above them, inside the transaction in which it happens."""

from django.dispatch import Signal

consent_withdrawn = Signal()  # sends `consent`, which has just ended
members_merging = Signal()  # sends `journal`: whose rows are about to move; settle what both members have
members_parting = Signal()  # sends `steps` to be taken back; each receiver holds its rows, returns problems
member_erasing = Signal()  # sends `member`, still whole, and `on_request`; take out what names them
attached_asked = Signal()  # sends `members`, keys; each receiver returns {key: [(title, line), …]}
