"""Everything that can happen to units and to the roles held in them."""

from units.actions.edit_facts import edit_facts
from units.actions.end_role import EndingRefused, end_role
from units.actions.grant_role import GrantRefused, grant_role
from units.actions.load_province import LoadedProvince, UnknownProvince, load_province
from units.actions.open_unit import OpeningRefused, open_unit

__all__ = [
    "EndingRefused",
    "GrantRefused",
    "LoadedProvince",
    "OpeningRefused",
    "UnknownProvince",
    "edit_facts",
    "end_role",
    "grant_role",
    "load_province",
    "open_unit",
]
