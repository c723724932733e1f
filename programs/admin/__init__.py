"""The staff's desk for programs, targets, clubs and squads."""

from programs.admin.activity import SquadActivityAdmin
from programs.admin.club import ClubAdmin
from programs.admin.program import CampaignAdmin, ProgramAdmin
from programs.admin.squad import SquadAdmin
from programs.admin.target import FigureAdmin, TargetAdmin
from programs.admin.vocabulary import IndicatorAdmin, ServiceAdmin

__all__ = [
    "CampaignAdmin",
    "ClubAdmin",
    "FigureAdmin",
    "IndicatorAdmin",
    "ProgramAdmin",
    "ServiceAdmin",
    "SquadActivityAdmin",
    "SquadAdmin",
    "TargetAdmin",
]
