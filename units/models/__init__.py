"""The nouns of the unit tree."""

from units.models.queryset import ScopedQuerySet
from units.models.role_assignment import RoleAssignment
from units.models.unit import Unit
from units.models.unit_alias import UnitAlias
from units.models.unit_lineage import UnitLineage

__all__ = ["RoleAssignment", "ScopedQuerySet", "Unit", "UnitAlias", "UnitLineage"]
