"""What members announce to the packages above them, inside the transaction in which it happens."""

from django.dispatch import Signal

consent_withdrawn = Signal()  # sends `consent`, which has just ended
