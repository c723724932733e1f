"""Everything that can happen to programs, targets, figures, clubs and squads."""

from programs.actions.activities import (
    ActivityRefused,
    correct_activity,
    log_activity,
    withdraw_activity,
)
from programs.actions.assigning import AssignmentRefused, assign_group, end_waiting_group
from programs.actions.catalogue import load_catalogue
from programs.actions.clubs import ClubRefused, add_club_member, end_club_member, found_club
from programs.actions.erasing import end_stays
from programs.actions.figures import FigureRefused, declare_figure, declare_figures
from programs.actions.following import pass_to_successors
from programs.actions.joining import hold_parted, join_stays
from programs.actions.planning import (
    PlanRefused,
    create_campaign,
    create_indicator,
    create_program,
    update_campaign,
    update_program,
)
from programs.actions.squads import (
    SquadRefused,
    add_squad_member,
    disband_squad,
    end_squad_member,
    found_squad,
)
from programs.actions.targets import TargetRefused, assign_target, change_target, split_target

__all__ = [
    "ActivityRefused",
    "AssignmentRefused",
    "ClubRefused",
    "FigureRefused",
    "PlanRefused",
    "SquadRefused",
    "TargetRefused",
    "add_club_member",
    "add_squad_member",
    "assign_group",
    "assign_target",
    "change_target",
    "correct_activity",
    "create_campaign",
    "create_indicator",
    "create_program",
    "declare_figure",
    "declare_figures",
    "disband_squad",
    "end_club_member",
    "end_squad_member",
    "end_stays",
    "end_waiting_group",
    "found_club",
    "found_squad",
    "hold_parted",
    "join_stays",
    "load_catalogue",
    "log_activity",
    "pass_to_successors",
    "split_target",
    "update_campaign",
    "update_program",
    "withdraw_activity",
]
