"""The nouns of the foundation."""

from core.models.audit_entry import AuditEntry

__all__ = ["AuditEntry"]
