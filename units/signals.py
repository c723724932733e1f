"""What the tree announces to the packages above it, inside the transaction in which it happens."""

from django.dispatch import Signal

units_asked = Signal()  # sends `units`, keys, and `day`; each receiver returns [Holding, …] of them
units_succeeded = Signal()  # sends `journal`: units end, let what hangs on them go over to their successors
