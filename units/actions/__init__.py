"""Everything that can happen to units and to the roles held in them."""

from units.actions.clearing import clear_reset_slips, clear_support_visits
from units.actions.closing_roles import close_ended_roles
from units.actions.edit_facts import edit_facts
from units.actions.end_role import EndingRefused, end_role
from units.actions.executing import RestructuringRefused, execute_plan, plan_that_ended, take_turn
from units.actions.grant_role import GrantRefused, grant_role
from units.actions.hand_over_role import HandOverRefused, hand_over_role
from units.actions.importing_plan import import_changes
from units.actions.journal import ChangedMeanwhile, PlanJournal
from units.actions.load_province import LoadedProvince, UnknownProvince, load_province
from units.actions.open_unit import OpeningRefused, open_unit
from units.actions.planning import (
    add_changes,
    approve_plan,
    ask_reversal,
    cancel_plan,
    draft_plan,
    edit_plan,
    remove_changes,
    reopen_plan,
)
from units.actions.resetting import ResetRefused, SlipRefused, issue_reset_slip, use_reset_slip
from units.actions.reversing import reverse_plan
from units.actions.supporting import VisitRefused, end_support_visit, start_support_visit
from units.actions.working import resume_plans, work_on_plan

__all__ = [
    "ChangedMeanwhile",
    "EndingRefused",
    "GrantRefused",
    "HandOverRefused",
    "LoadedProvince",
    "OpeningRefused",
    "PlanJournal",
    "ResetRefused",
    "RestructuringRefused",
    "SlipRefused",
    "UnknownProvince",
    "VisitRefused",
    "add_changes",
    "approve_plan",
    "ask_reversal",
    "cancel_plan",
    "clear_reset_slips",
    "clear_support_visits",
    "close_ended_roles",
    "draft_plan",
    "edit_facts",
    "edit_plan",
    "end_role",
    "end_support_visit",
    "execute_plan",
    "grant_role",
    "hand_over_role",
    "import_changes",
    "issue_reset_slip",
    "load_province",
    "open_unit",
    "plan_that_ended",
    "remove_changes",
    "reopen_plan",
    "resume_plans",
    "reverse_plan",
    "start_support_visit",
    "take_turn",
    "use_reset_slip",
    "work_on_plan",
]
