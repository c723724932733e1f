"""What the members' app writes as files."""

from members.documents.error_workbook import error_workbook

__all__ = ["error_workbook"]
