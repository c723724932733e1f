"""The nouns of the unit tree."""

from units.models.cluster import Cluster, ClusterUnit
from units.models.queryset import ScopedQuerySet
from units.models.reset_slip import ResetSlip
from units.models.restructuring import (
    PlannedUnit,
    RestructuringChange,
    RestructuringPlan,
    RestructuringStep,
)
from units.models.role_assignment import RoleAssignment
from units.models.support_visit import SupportVisit
from units.models.unit import Unit
from units.models.unit_alias import UnitAlias
from units.models.unit_facts import UnitArea, YouthCount
from units.models.unit_lineage import UnitLineage
from units.models.unit_place import UnitPlace

__all__ = [
    "Cluster",
    "ClusterUnit",
    "PlannedUnit",
    "ResetSlip",
    "RestructuringChange",
    "RestructuringPlan",
    "RestructuringStep",
    "RoleAssignment",
    "ScopedQuerySet",
    "SupportVisit",
    "Unit",
    "UnitAlias",
    "UnitArea",
    "UnitLineage",
    "UnitPlace",
    "YouthCount",
]
