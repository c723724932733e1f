"""The web admin's foundation (`ScopedAdmin`) and the pages of units, roles, accounts and the audit trail.

Accounts and the audit trail are listed here and not in their own apps, for what a person sees of
them depends on the unit tree, which lies above those apps.
"""

from units.admin.audit_entry import AuditEntryAdmin
from units.admin.cluster import ClusterAdmin
from units.admin.filters import DaysFilter, PickFilter
from units.admin.office_day import OfficeDayAdmin
from units.admin.restructuring import RestructuringPlanAdmin
from units.admin.role_assignment import RoleAssignmentAdmin
from units.admin.scoped import ScopedAdmin
from units.admin.scoped_inline import ScopedStackedInline, ScopedTabularInline
from units.admin.unit import UnitAdmin
from units.admin.user import UserAdmin
from units.admin.vocabulary import Vocabulary

__all__ = [
    "AuditEntryAdmin",
    "ClusterAdmin",
    "DaysFilter",
    "OfficeDayAdmin",
    "PickFilter",
    "RestructuringPlanAdmin",
    "RoleAssignmentAdmin",
    "ScopedAdmin",
    "ScopedStackedInline",
    "ScopedTabularInline",
    "UnitAdmin",
    "UserAdmin",
    "Vocabulary",
]
