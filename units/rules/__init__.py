"""Whether something may happen to a unit or a role and if not why, and how the audit trail is worded."""

from units.rules.changes import ending_problems, grant_problems, opening_problems
from units.rules.details import DETAILS, detail_words
from units.rules.wording import VERBS, target_words, verb_words

__all__ = [
    "DETAILS",
    "VERBS",
    "detail_words",
    "ending_problems",
    "grant_problems",
    "opening_problems",
    "target_words",
    "verb_words",
]
