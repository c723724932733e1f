"""The staff's desk for members, the rosters they come from, and their rights over their data."""

from members.admin import (
    affiliation,
    data_breach,
    data_request,
    duplicate_pair,
    guardian,
    member,
    member_merge,
    position,
    roster_import,
    skill,
)

__all__ = [
    "affiliation",
    "data_breach",
    "data_request",
    "duplicate_pair",
    "guardian",
    "member",
    "member_merge",
    "position",
    "roster_import",
    "skill",
]
