"""What may happen to programs, targets, clubs and squads, and why not."""

from programs.rules.activities import (
    MOST_HELPED,
    MOST_VOLUNTEERS,
    activity_problems,
    withdrawal_problems,
)
from programs.rules.assigning import assigning_problems, ending_problems, waiting_problems
from programs.rules.planning import campaign_problems, figure_problems, program_problems, target_problems
from programs.rules.staying import (
    club_stay_problems,
    disbanding_problems,
    leaving_problems,
    squad_stay_problems,
)

__all__ = [
    "MOST_HELPED",
    "MOST_VOLUNTEERS",
    "activity_problems",
    "assigning_problems",
    "campaign_problems",
    "club_stay_problems",
    "disbanding_problems",
    "ending_problems",
    "figure_problems",
    "leaving_problems",
    "program_problems",
    "squad_stay_problems",
    "target_problems",
    "waiting_problems",
    "withdrawal_problems",
]
