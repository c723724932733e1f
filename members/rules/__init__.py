"""What may happen to a member record, and why not."""

from members.rules.claiming import (
    WRONG_TRY,
    claim_problems,
    is_same_person,
    sending_problems,
    trying_problems,
)

__all__ = ["WRONG_TRY", "claim_problems", "is_same_person", "sending_problems", "trying_problems"]
