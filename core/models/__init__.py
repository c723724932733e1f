"""The nouns of the foundation."""

from core.models.audit_entry import AuditEntry
from core.models.office_day import OfficeDay

__all__ = ["AuditEntry", "OfficeDay"]
