"""The nouns of programs, clubs and squads."""

from programs.models.campaign import Campaign
from programs.models.club import Club, ClubMember
from programs.models.figure import Figure
from programs.models.indicator import Indicator
from programs.models.program import Program
from programs.models.service import Service
from programs.models.squad import Squad, SquadMember
from programs.models.squad_activity import ServiceTally, SquadActivity
from programs.models.squad_place import SquadPlace
from programs.models.target import Target

__all__ = [
    "Campaign",
    "Club",
    "ClubMember",
    "Figure",
    "Indicator",
    "Program",
    "Service",
    "ServiceTally",
    "Squad",
    "SquadActivity",
    "SquadMember",
    "SquadPlace",
    "Target",
]
