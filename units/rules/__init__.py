"""Whether something may happen to a unit or a role and if not why, and how the audit trail is worded."""

from units.rules.accounts import HIGHER, WRONG_TRY, entering_problems, slip_problems, visit_problems
from units.rules.changes import (
    ending_problems,
    grant_problems,
    hand_over_problems,
    opening_problems,
    overlap_ends,
)
from units.rules.details import DETAILS, column_words, detail_words
from units.rules.restructuring import approval_problems, end_problems
from units.rules.wording import FORM_VERBS, VERBS, form_verb_words, target_words, verb_words

__all__ = [
    "DETAILS",
    "FORM_VERBS",
    "HIGHER",
    "VERBS",
    "WRONG_TRY",
    "approval_problems",
    "column_words",
    "detail_words",
    "end_problems",
    "ending_problems",
    "entering_problems",
    "form_verb_words",
    "grant_problems",
    "hand_over_problems",
    "opening_problems",
    "overlap_ends",
    "slip_problems",
    "target_words",
    "verb_words",
    "visit_problems",
]
